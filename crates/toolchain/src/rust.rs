//! Rust as `rust-toolchain.toml` pins it: whoever runs the tool has it already.

use anyhow::{Context, Result, bail};

use book_support::process::Spec;
use book_support::project::Project;

#[derive(Clone, Debug)]
pub struct Rust {
    /// What `rustc --version` says.
    pub version: String,
}

/// The version that `rust-toolchain.toml` pins.
///
/// # Errors
///
/// When the file cannot be read or pins none.
pub fn pinned(project: &Project) -> Result<String> {
    let path = project.root().join("rust-toolchain.toml");
    let text = std::fs::read_to_string(&path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    let table: toml::Table = text
        .parse()
        .with_context(|| format!("cannot read {}", path.display()))?;
    let channel = table
        .get("toolchain")
        .and_then(|table| table.get("channel"))
        .and_then(|channel| channel.as_str());
    Ok(channel
        .with_context(|| format!("{} names no channel", path.display()))?
        .to_string())
}

/// Asks `rustc` for its version.
///
/// # Errors
///
/// When there is no Rust, or another one than the pinned.
pub fn find(project: &Project) -> Result<Rust> {
    let pinned = pinned(project)?;
    let answer = Spec::new("rustc")
        .arg("--version")
        .folder(project.root())
        .run();
    let Ok(finished) = answer else {
        bail!(
            "Rust is not installed\n  hint: install it from https://rustup.rs and run the command again"
        );
    };
    let text = finished.text().trim().to_string();
    // A toolchain that rustup has just installed is announced first.
    let version = text
        .lines()
        .rev()
        .find(|line| line.starts_with("rustc "))
        .unwrap_or(&text)
        .to_string();
    if version.split_whitespace().nth(1) != Some(pinned.as_str()) {
        bail!(
            "the book is checked with Rust {pinned}, and `rustc --version` says: {version}\n  \
             hint: rustup toolchain install {pinned} --profile minimal --component rustfmt,clippy"
        );
    }
    Ok(Rust { version })
}
