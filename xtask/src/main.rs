//! The tool's entry: parses the command line, runs the command, turns its end into an exit status.

#![allow(
    unreachable_pub,
    reason = "nobody imports a program: what is public in it is so among its modules"
)]

mod cli;
mod commands;

use std::io::Write;
use std::panic::{self, PanicHookInfo};
use std::process::ExitCode;

use clap::Parser;

use book_support::process;
use book_support::visible::for_terminal;
use cli::CommandLine;
use commands::CANNOT;

fn main() -> ExitCode {
    end_when_nobody_listens();
    let line = CommandLine::parse();
    process::stop_children_when_interrupted();
    match cli::run(line) {
        Ok(status) => status.into(),
        Err(error) => {
            eprintln!("error: {}", for_terminal(&format!("{error:#}")));
            ExitCode::from(CANNOT)
        }
    }
}

/// Ends the tool where what it prints cannot be written: a reader of a pipe that has gone (`| head`) is no news, and a
/// full disk is one sentence. The standard library's printing panics for both, in whichever thread prints.
fn end_when_nobody_listens() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |info: &PanicHookInfo<'_>| {
        let said = info.payload_as_str().unwrap_or_default();
        let Some(why) = said.strip_prefix("failed printing to std") else {
            return usual(info);
        };
        process::stop_children();
        if !why.contains("Broken pipe") {
            let _ = writeln!(
                std::io::stderr(),
                "error: cannot write to std{why}\n  hint: free some space, or let the output go elsewhere"
            );
        }
        std::process::exit(i32::from(CANNOT));
    }));
}
