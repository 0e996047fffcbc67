//! The commands, one a file: its `Args`, whose doc comments are the help, and its `run`.

pub mod bench;
pub mod build;
pub mod exercise;
pub mod new_listing;
mod node;
pub mod preprocess;
pub mod serve;
pub mod test;
pub mod test_listings;
pub mod times;
pub mod trace;

use std::process::ExitCode;

use anyhow::{Error, Result};

use book_site::preprocess::chain::BookRefused;

/// How a command ends, for scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// All is well.
    Fine,
    /// Something in the book is wrong; it has been said what.
    Wrong,
}

/// Says what is wrong in the book. Any other error is the command's own.
fn refused(error: Error) -> Result<Status> {
    let refused = error.downcast::<BookRefused>()?;
    eprintln!("{refused}");
    Ok(Status::Wrong)
}

/// The command could not do its work: a toolchain is missing, a file cannot be written.
pub const CANNOT: u8 = 3;

impl From<Status> for ExitCode {
    fn from(status: Status) -> ExitCode {
        match status {
            Status::Fine => ExitCode::SUCCESS,
            Status::Wrong => ExitCode::from(1),
        }
    }
}
