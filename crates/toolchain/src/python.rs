//! Python 3.10 or newer, and the packages that Python twins may import.

use std::path::PathBuf;
use std::sync::OnceLock;

use anyhow::{Result, bail};

use super::pip_install;
use book_support::process::Spec;
use book_support::project::Project;

/// The oldest version that runs every listing.
const OLDEST: (u32, u32) = (3, 10);

#[derive(Clone, Debug)]
pub struct Python {
    pub path: PathBuf,
    /// For example `3.11.7`.
    pub version: String,
}

/// What was found; Python takes longer to start than a whole check in which nothing has changed.
static FOUND: OnceLock<Result<Python, String>> = OnceLock::new();

/// Begins to look for Python, so that whoever asks later need not wait for it to start.
pub fn look_ahead() {
    std::thread::spawn(|| {
        let _ = interpreter();
    });
}

/// The first of `python3` and `python` on PATH.
///
/// # Errors
///
/// When there is none, or it is too old.
pub fn interpreter() -> Result<Python> {
    FOUND
        .get_or_init(|| find().map_err(|error| format!("{error:#}")))
        .clone()
        .map_err(anyhow::Error::msg)
}

fn find() -> Result<Python> {
    let asked = "import sys; print(sys.executable); print('%d.%d.%d' % sys.version_info[:3])";
    for name in ["python3", "python"] {
        let Ok(finished) = Spec::new(name).args(["-c", asked]).run_split() else {
            continue;
        };
        let text = String::from_utf8_lossy(&finished.stdout).into_owned();
        let mut lines = text.lines();
        let (Some(path), Some(version)) = (lines.next(), lines.next()) else {
            continue;
        };
        let mut numbers = version
            .split('.')
            .filter_map(|number| number.parse::<u32>().ok());
        let found = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
        if found < OLDEST {
            bail!(
                "Python {version} is too old: the book's listings want Python {}.{} or newer\n  \
                 hint: install a newer Python and put it first on PATH",
                OLDEST.0,
                OLDEST.1
            );
        }
        return Ok(Python {
            path: PathBuf::from(path),
            version: version.to_string(),
        });
    }
    bail!(
        "Python is not installed: `python3` is not on PATH\n  \
         hint: install Python {}.{} or newer with pip (Debian: apt install python3 python3-pip)",
        OLDEST.0,
        OLDEST.1
    )
}

/// The folder with the packages of `toolchain/python.txt`, which is installed if it is not there.
///
/// # Errors
///
/// When they cannot be installed.
pub fn packages(project: &Project, python: &Python) -> Result<PathBuf> {
    let requirements = std::fs::read(project.root().join("toolchain").join("python.txt"))?;
    let minor = python
        .version
        .rsplit_once('.')
        .map_or(python.version.as_str(), |(minor, _)| minor);
    let hash = blake3::hash(&requirements).to_hex();
    let folder = project
        .toolchains()
        .join(format!("python-{minor}-{}", &hash[..12]));
    if !folder.is_dir() {
        pip_install(
            project,
            "python.txt",
            &folder,
            "the Python packages of the listings",
        )?;
    }
    Ok(folder)
}
