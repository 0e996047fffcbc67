//! Finds Chromium, which tests and measures the pages.

use std::path::PathBuf;

use crate::process::on_path;

/// The first Chromium on PATH, or the one that the variable CHROMIUM names.
pub fn find() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("CHROMIUM") {
        return Some(PathBuf::from(path)).filter(|path| path.is_file());
    }
    ["chromium", "chromium-browser", "google-chrome"]
        .iter()
        .find_map(|name| on_path(name))
}
