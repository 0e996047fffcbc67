//! What `cargo xtask` runs: has cargo build the tool, and becomes it. Where that was never built, compiling takes minutes in
//! which nothing would be asked of the network: meanwhile it downloads what the tool is going to install. Of the standard
//! library alone, so that it is there within a second.

#[cfg(unix)]
mod start;

#[cfg(unix)]
fn main() -> std::process::ExitCode {
    start::run()
}

// On another system this is all that the compiler says.
#[cfg(not(unix))]
fn main() {
    compile_error!(
        "the book's tool runs on Linux and macOS, and on Windows inside WSL (https://learn.microsoft.com/windows/wsl/install): \
         clone the repository in there and run the command again"
    );
}
