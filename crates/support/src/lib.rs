//! What every part of the tool stands on: processes, whole files, locks, work side by side, where the parts of the
//! repository are, how a problem is told, and how text becomes HTML. Knows nothing of listings or books.

// On another system this is all that the compiler says: what builds on this crate is not looked at.
#[cfg(not(unix))]
compile_error!(
    "the book's tool runs on Linux and macOS, and on Windows inside WSL (https://learn.microsoft.com/windows/wsl/install): \
     clone the repository in there and run the command again"
);

/// Changes with the source of what runs processes and keeps files.
pub const SOURCE_HASH: &str = env!("SOURCE_HASH");

#[cfg(unix)]
pub mod bounded;
#[cfg(unix)]
pub mod diagnostic;
#[cfg(unix)]
pub mod files;
#[cfg(unix)]
pub mod html;
#[cfg(unix)]
pub mod kept;
#[cfg(unix)]
pub mod leftover;
#[cfg(unix)]
pub mod lock;
#[cfg(unix)]
pub mod modules;
#[cfg(unix)]
pub mod nearest;
#[cfg(unix)]
pub mod parallel;
#[cfg(unix)]
pub mod patience;
#[cfg(unix)]
pub mod process;
#[cfg(unix)]
pub mod project;
#[cfg(unix)]
pub mod visible;
#[cfg(unix)]
pub mod written;
