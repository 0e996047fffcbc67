//! `cargo xtask serve`

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use anyhow::Result;

use super::Status;
use book_site::book;
use book_site::preprocess::chain::Options;
use book_site::serve;
use book_support::project::Project;

/// Check the book, render it, and serve it; a save checks what changed
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Open the book in a browser
    #[arg(long)]
    open: bool,
    /// The port to listen on
    #[arg(long, default_value_t = 3000)]
    port: u16,
    /// The address to listen on; by default only this machine can read the book
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Render although chapters do not show every listing yet
    #[arg(long)]
    draft: bool,
}

pub fn run(args: Args) -> Result<Status> {
    book::show_log();
    let project = Project::current()?;
    let address = SocketAddr::new(args.host, args.port);
    serve::run(&project, address, args.open, Options { draft: args.draft })?;
    Ok(Status::Fine)
}
