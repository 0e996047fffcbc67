//! `cargo xtask serve`

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use anyhow::Result;

use super::Status;
use book_site::book;
use book_site::preprocess::chain::ChapterOptions;
use book_site::serve::{self, Serving};
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
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST), value_parser = host)]
    host: IpAddr,
    /// A further name under which browsers may ask, such as that of a proxy (can be given again). The proxy may speak
    /// TLS and put the book under a path, if it takes that off again
    #[arg(long = "allow-host", value_name = "NAME")]
    allowed: Vec<String>,
    /// Compile what readers write in the pages although --host lets other machines in; on this machine alone it is on
    #[arg(long)]
    lab: bool,
    /// Look at all files twice a second, instead of having the system report changes: where it does not, this is found
    /// out, but only after some seconds
    #[arg(long)]
    poll: bool,
    /// Render although chapters do not show every listing yet
    #[arg(long)]
    draft: bool,
}

/// An address as people write it.
fn host(text: &str) -> Result<IpAddr, &'static str> {
    if text.eq_ignore_ascii_case("localhost") {
        return Ok(Ipv4Addr::LOCALHOST.into());
    }
    let bare = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'));
    bare.unwrap_or(text).parse().map_err(|_| {
        "write one of this machine's addresses, such as 127.0.0.1 or ::1, or 0.0.0.0 for all of them; \
         a name under which browsers ask is for --allow-host"
    })
}

pub fn run(args: Args) -> Result<Status> {
    book::show_log();
    let project = Project::current()?;
    let address = SocketAddr::new(args.host, args.port);
    let serving = Serving {
        address,
        allowed: args.allowed,
        poll: args.poll,
        open: args.open,
        lab: args.lab || args.host.is_loopback(),
    };
    serve::run(&project, &serving, ChapterOptions { draft: args.draft })?;
    Ok(Status::Fine)
}
