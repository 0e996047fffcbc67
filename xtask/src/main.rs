//! The tool's entry: parses the command line, runs the command, turns its end into an exit status.

use std::process::ExitCode;

use clap::Parser;
use xtask::cli::{self, Command};
use xtask::commands::CANNOT;

fn main() -> ExitCode {
    let command = Command::parse();
    xtask::process::stop_children_when_interrupted();
    match cli::run(command) {
        Ok(status) => status.into(),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(CANNOT)
        }
    }
}
