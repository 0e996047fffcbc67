//! The accessibility checker that the tests run in every page. Listings do not depend on it.

use std::path::PathBuf;

use anyhow::{Result, ensure};

use super::pip::pip_install;
use book_support::project::Project;

/// The version of the package in `toolchain/axe.txt`.
pub const VERSION: &str = "0.1.8";

/// The script of axe-core, which is installed if it is not there.
///
/// # Errors
///
/// When it cannot be installed.
pub fn find_or_install(project: &Project) -> Result<PathBuf> {
    let folder = project.toolchains().join(format!("axe-{VERSION}"));
    let script = folder.join("axe_playwright_python").join("axe.min.js");
    if !folder.is_dir() {
        pip_install(project, "axe.txt", &folder, "the accessibility checker")?;
    }
    ensure!(
        script.is_file(),
        "{} is there, but {} is not in it\n  hint: remove the folder and run the command again",
        project.relative(&folder).display(),
        project.relative(&script).display()
    );
    Ok(script)
}
