//! The command line.

use anyhow::Result;
use clap::Parser;

use crate::commands::{self, Status};

/// Check the book's listings, render the book, and serve it
#[derive(Debug, Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    disable_help_subcommand = true
)]
pub enum Command {
    Test(commands::test::Args),
    TestListings(commands::test_listings::Args),
    NewListing(commands::new_listing::Args),
    Exercise(commands::exercise::Args),
    Build(commands::build::Args),
    Times(commands::times::Args),
    Bench(commands::bench::Args),
    Serve(commands::serve::Args),
    Preprocess(commands::preprocess::Args),
    Trace(commands::trace::Args),
}

/// Does what the command line asks for.
///
/// # Errors
///
/// When the command cannot do its work.
pub fn run(command: Command) -> Result<Status> {
    match command {
        Command::Test(args) => commands::test::run(args),
        Command::Exercise(args) => commands::exercise::run(args),
        Command::TestListings(args) => commands::test_listings::run(args),
        Command::NewListing(args) => commands::new_listing::run(args),
        Command::Build(args) => commands::build::run(args),
        Command::Times(args) => commands::times::run(args),
        Command::Bench(args) => commands::bench::run(args),
        Command::Serve(args) => commands::serve::run(args),
        Command::Preprocess(args) => commands::preprocess::run(args),
        Command::Trace(args) => commands::trace::run(args),
    }
}
