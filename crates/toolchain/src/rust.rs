//! Rust as `rust-toolchain.toml` pins it: whoever runs the tool has it already.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use book_support::process::Spec;
use book_support::project::Project;

/// The toolchain that `rust-toolchain.toml` pins.
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

/// What cargo and rustc get of the tool's environment: where they and their packages are, and how to get packages.
/// None of it decides what a program does: the toolchain is the pinned one, packages are those of the lock file.
const INHERITED: [&str; 22] = [
    "PATH",
    "HOME",
    "CARGO_HOME",
    "RUSTUP_HOME",
    "RUSTUP_DIST_SERVER",
    "RUSTUP_UPDATE_ROOT",
    "RUSTUP_AUTO_INSTALL",
    "CARGO_NET_OFFLINE",
    "CARGO_NET_GIT_FETCH_WITH_CLI",
    "CARGO_HTTP_PROXY",
    "CARGO_HTTP_CAINFO",
    "CARGO_HTTP_TIMEOUT",
    "CARGO_HTTP_CHECK_REVOKE",
    "http_proxy",
    "https_proxy",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "no_proxy",
    "NO_PROXY",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "SDKROOT",
];

/// The environment in which cargo and rustc build listings and exercises.
pub fn environment(spec: Spec) -> Spec {
    spec.inherit(&INHERITED)
}

/// What is written in the files that cargo reads beside the manifests when it works below `folder`: profiles, flags
/// and linkers can be set there, for a person or for a folder.
pub fn settings(folder: &Path) -> String {
    let home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    let folders = folder.ancestors().map(|folder| folder.join(".cargo"));
    let mut settings = String::new();
    for folder in folders.chain(home) {
        for name in ["config.toml", "config"] {
            if let Ok(text) = std::fs::read_to_string(folder.join(name)) {
                settings.push_str(&text);
                settings.push('\0');
            }
        }
    }
    settings
}

/// Asks `rustc` for its version.
///
/// # Errors
///
/// When there is no Rust, or another one than the pinned.
pub fn find(project: &Project) -> Result<Rust> {
    let pinned = pinned(project)?;
    let answer = environment(Spec::new("rustc"))
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
