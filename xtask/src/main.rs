//! The tool's entry: parses the command line, runs the command, turns its end into an exit status.

mod cli;
mod commands;

use std::process::ExitCode;

use clap::Parser;
use cli::Command;
use commands::CANNOT;

fn main() -> ExitCode {
    let command = Command::parse();
    book_support::process::stop_children_when_interrupted();
    match cli::run(command) {
        Ok(status) => status.into(),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(CANNOT)
        }
    }
}
