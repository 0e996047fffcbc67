//! Files that are there whole or not at all.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Writes a file so that it is there whole or not at all.
///
/// # Errors
///
/// When it cannot be written; what was there before stays.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let write = || -> std::io::Result<()> {
        let file = written_beside(path, bytes)?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    write()
        .map_err(|error| explain(error, path))
        .with_context(|| format!("cannot write {}", path.display()))
}

/// Writes a file that is not there yet, so that it is there whole or not at all. Whether it was written: what is there
/// already stays, even if it appears at this very moment.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<bool> {
    let write = || match written_beside(path, bytes)?.persist_noclobber(path) {
        Ok(_) => Ok(true),
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error.error),
    };
    write()
        .map_err(|error| explain(error, path))
        .with_context(|| format!("cannot write {}", path.display()))
}

/// The bytes in a temporary file of the path's folder.
fn written_beside(path: &Path, bytes: &[u8]) -> std::io::Result<tempfile::NamedTempFile> {
    let folder = path.parent().expect("a file is in a folder");
    fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new()
        .prefix(".writing-")
        .tempfile_in(folder)?;
    file.write_all(bytes)?;
    let mut permissions = file.as_file().metadata()?.permissions();
    set_usual_mode(&mut permissions);
    file.as_file().set_permissions(permissions)?;
    Ok(file)
}

/// A temporary file is its owner's alone; what stays is everybody's to read.
fn set_usual_mode(permissions: &mut fs::Permissions) {
    use std::os::unix::fs::PermissionsExt;
    permissions.set_mode(0o644);
}

/// The text with line feeds alone, as the book's files are kept. An editor or a checkout may have put a carriage return
/// before each; nothing that is checked or shown depends on it.
pub fn with_line_feeds(text: String) -> String {
    if text.contains("\r\n") {
        text.replace("\r\n", "\n")
    } else {
        text
    }
}

/// The text without the mark of its encoding, which some editors put at the beginning of a file.
pub fn without_mark(text: String) -> String {
    match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_string(),
        None => text,
    }
}

fn explain(error: std::io::Error, path: &Path) -> anyhow::Error {
    let hint = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "the disk is full: free some space and run the command again"
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            "the folder cannot be written to: see its permissions"
        }
        _ => return error.into(),
    };
    anyhow::anyhow!(
        "{error}\n  hint: {hint} ({})",
        path.parent().unwrap_or(path).display()
    )
}
/// Makes an empty folder at `path`, whatever lay there before, and returns where it really is.
///
/// # Errors
///
/// When what lies there cannot be removed, or the folder cannot be made.
pub fn empty_folder(path: &Path) -> Result<PathBuf> {
    if path.exists() {
        fs::remove_dir_all(path).with_context(|| format!("cannot remove {}", path.display()))?;
    }
    fs::create_dir_all(path).with_context(|| format!("cannot make {}", path.display()))?;
    path.canonicalize()
        .with_context(|| format!("cannot read {}", path.display()))
}
