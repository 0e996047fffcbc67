//! The command line.

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::commands::{self, Status};
use book_support::patience;

/// Check the book's listings, render the book, and serve it
#[derive(Debug, Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    disable_help_subcommand = true
)]
pub struct CommandLine {
    #[command(subcommand)]
    command: Command,
    /// Let compilers and programs of readers go on so many times longer before they are stopped: for slow machines
    #[arg(long, global = true, value_name = "TIMES", default_value_t = 1.0, value_parser = times)]
    patience: f64,
}

#[derive(Debug, Subcommand)]
enum Command {
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

fn times(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(times) if (0.1..=100.0).contains(&times) => Ok(times),
        _ => Err("a number from 0.1 to 100 is meant".into()),
    }
}

/// Does what the command line asks for.
///
/// # Errors
///
/// When the command cannot do its work.
pub fn run(line: CommandLine) -> Result<Status> {
    patience::set(line.patience);
    match line.command {
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
