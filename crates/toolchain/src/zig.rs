//! The pinned Zig: the repository's own, or a `zig` of exactly that version on PATH.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::pip::pip_install;
use book_support::process::Spec;
use book_support::project::Project;

/// The version that the book is written for.
pub const VERSION: &str = "0.17.1";

/// A Zig of exactly [`VERSION`].
#[derive(Clone, Debug)]
pub struct Zig {
    /// The compiler.
    pub path: PathBuf,
}

/// Finds Zig, and installs it if it is nowhere.
///
/// # Errors
///
/// When it cannot be installed.
pub fn find_or_install(project: &Project) -> Result<Zig> {
    let folder = project.toolchains().join(format!("zig-{VERSION}"));
    let own = own(project);
    if own.is_file() {
        // Zig names its own files by their real path.
        let path = own.canonicalize().unwrap_or(own);
        return Ok(Zig { path });
    }
    if let Some(path) = on_path() {
        return Ok(Zig { path });
    }
    if folder.exists() {
        bail!(
            "{} is there, but {} is not in it\n  hint: remove the folder and run the command again",
            project.relative(&folder).display(),
            project.relative(&own).display()
        );
    }
    pip_install(project, "zig.txt", &folder, &format!("Zig {VERSION}"))?;
    if version_of(&own).as_deref() != Some(VERSION) {
        bail!(
            "the Zig just installed does not start: {}\n  hint: see whether this platform has a wheel in `toolchain/zig.txt`",
            own.display()
        );
    }
    Ok(Zig { path: own })
}

/// Which Zig builds the listings, for keys: the pinned one is known by its version; one from elsewhere may be anything
/// that says so, and is known by its file.
pub fn identity(project: &Project) -> String {
    let own = own(project);
    let elsewhere = (!own.is_file()).then(|| book_support::process::on_path("zig"));
    let Some(path) = elsewhere.flatten() else {
        return VERSION.to_string();
    };
    let path = path.canonicalize().unwrap_or(path);
    let file = std::fs::metadata(&path).ok();
    let size = file.as_ref().map(std::fs::Metadata::len);
    let changed = file.and_then(|file| file.modified().ok());
    format!("{VERSION} {} {size:?} {changed:?}", path.display())
}

/// Where the repository's own Zig is, if it is installed.
fn own(project: &Project) -> PathBuf {
    let folder = project.toolchains().join(format!("zig-{VERSION}"));
    folder.join("ziglang").join("zig")
}

/// A `zig` of the right version on PATH, by its real path: it may be a link or a script that starts Zig, and
/// Zig names the files of its library by where they are.
fn on_path() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join("zig"))
        .filter(|candidate| candidate.is_file())
        .find(|candidate| version_of(candidate).as_deref() == Some(VERSION))
        .map(|candidate| real_path(&candidate).unwrap_or(candidate))
}

/// What `zig env` says of where the compiler is: a line `.zig_exe = "/opt/zig/zig",`.
fn real_path(zig: &Path) -> Option<PathBuf> {
    let finished = Spec::new(zig).arg("env").run().ok()?;
    let text = finished.text();
    let line = text
        .lines()
        .find_map(|line| line.trim().strip_prefix(".zig_exe = \""))?;
    let path = PathBuf::from(line.strip_suffix("\",")?);
    Some(path.canonicalize().unwrap_or(path))
}

fn version_of(zig: &Path) -> Option<String> {
    let finished = Spec::new(zig).arg("version").run().ok()?;
    finished
        .success()
        .then(|| finished.text().trim().to_string())
}
