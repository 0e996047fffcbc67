//! Python, in one of the versions that the book's packages exist for, and the packages that Python twins may import.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::{Context, Result, bail};

use super::pip::pip_install;
use super::pip_settings::environment_of;
use book_support::files::with_line_feeds;
use book_support::process::on_path;
use book_support::project::Project;

/// The oldest version that runs every listing.
const OLDEST: (u32, u32) = (3, 10);
/// The newest version that every package of `toolchain/python.txt` has a file for.
const NEWEST: (u32, u32) = (3, 14);

/// What every candidate is asked. The answer stands on a line that nothing else prints, because what starts with
/// Python may print, too. Python 2 understands it as well.
const QUESTION: &str = r#"
import os, sys
version = sys.version_info
answer = "\nbook-python=%d.%d.%d|%s|" % (version[0], version[1], version[2], getattr(sys, "abiflags", ""))
path = os.fsencode(sys.executable or "") if version[0] > 2 else b""
os.write(1, answer.encode("ascii") + path + b"\n")
"#;

/// A Python that can set up and run the book's listings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Python {
    /// The interpreter.
    pub path: PathBuf,
    /// For example `3.11.7`.
    pub version: String,
    /// What packages are built for: `3.11`, or `3.13t` for a Python without the global lock.
    abi: String,
}

#[cfg(test)]
impl Python {
    pub(super) fn for_tests() -> Python {
        Python {
            path: "/usr/bin/python3".into(),
            version: "3.11.7".into(),
            abi: "3.11".into(),
        }
    }
}

/// What was found; Python takes longer to start than a whole check in which nothing has changed.
static FOUND: OnceLock<Result<Python, String>> = OnceLock::new();

/// Begins to look for Python, so that whoever asks later need not wait for it to start.
pub fn look_ahead() {
    std::thread::spawn(|| {
        let _ = interpreter();
    });
}

/// The first of `python3`, `python`, `python3.14` and so on that runs and has a version that works.
///
/// # Errors
///
/// When there is none; says what each answered, which versions work, and what to type.
pub fn interpreter() -> Result<Python> {
    FOUND
        .get_or_init(|| find().map_err(|error| format!("{error:#}")))
        .clone()
        .map_err(anyhow::Error::msg)
}

/// Why a program of that name is not the Python to use.
#[derive(Clone, Debug, PartialEq, Eq)]
enum UnfitPython {
    TooOld(String),
    TooNew(String),
    /// It did not answer, and this is what it said.
    Broken(String),
}

fn find() -> Result<Python> {
    let exact = (OLDEST.1..=NEWEST.1).rev().map(|minor| {
        let major = OLDEST.0;
        format!("python{major}.{minor}")
    });
    let names = ["python3".to_string(), "python".to_string()];
    let mut unfit: Vec<(String, UnfitPython)> = Vec::new();
    for name in names.into_iter().chain(exact) {
        if on_path(&name).is_none() {
            continue;
        }
        match ask(&name) {
            Ok(python) => return Ok(python),
            Err(why) => unfit.push((name, why)),
        }
    }
    bail!("{}", none_fits(&unfit))
}

/// What the program `name` says of itself. What the environment tells Python is hidden: `-E` leaves some of it, such as
/// `PYTHONEXECUTABLE`.
fn ask(name: &str) -> Result<Python, UnfitPython> {
    let finished = environment_of(Path::new(name))
        .args(["-E", "-s", "-c", QUESTION])
        .run_split()
        .map_err(|error| UnfitPython::Broken(format!("{error:#}")))?;
    let broken = || {
        let said = finished.text();
        let line = said.lines().find(|line| !line.trim().is_empty());
        UnfitPython::Broken(line.unwrap_or("nothing").trim().to_string())
    };
    if !finished.success() {
        return Err(broken());
    }
    let (version, abi_flags, path) = answer(&finished.stdout).ok_or_else(broken)?;
    let mut numbers = version.split('.').map(|number| number.parse::<u32>().ok());
    let (Some(Some(major)), Some(Some(minor))) = (numbers.next(), numbers.next()) else {
        return Err(broken());
    };
    if (major, minor) < OLDEST {
        return Err(UnfitPython::TooOld(version));
    }
    if (major, minor) > NEWEST {
        return Err(UnfitPython::TooNew(version));
    }
    let path = if path.as_os_str().is_empty() {
        on_path(name).unwrap_or_else(|| name.into())
    } else {
        path
    };
    Ok(Python {
        path,
        version,
        abi: format!("{major}.{minor}{abi_flags}"),
    })
}

/// The version, the flags of the binary interface and the program's path in the answer to [`QUESTION`].
fn answer(stdout: &[u8]) -> Option<(String, String, PathBuf)> {
    let line = stdout
        .split(|&byte| byte == b'\n')
        .find_map(|line| line.strip_prefix(b"book-python="))?;
    let mut parts = line.splitn(3, |&byte| byte == b'|');
    let mut word = || std::str::from_utf8(parts.next()?).ok().map(str::to_string);
    let (version, flags) = (word()?, word()?);
    let path = PathBuf::from(OsStr::from_bytes(parts.next()?));
    Some((version, flags, path))
}

/// What to say when no Python fits.
fn none_fits(unfit: &[(String, UnfitPython)]) -> String {
    let range = format!("{}.{} to {}.{}", OLDEST.0, OLDEST.1, NEWEST.0, NEWEST.1);
    let newest = format!("{}.{}", NEWEST.0, NEWEST.1);
    let install = format!(
        "install a Python of {range} and put it first on PATH (Debian: apt install python3 python3-pip; \
         with uv: uv python install {newest}; with pyenv: pyenv install {newest} && pyenv shell {newest})"
    );
    let Some((name, first)) = unfit.first() else {
        return format!(
            "Python is not installed: `python3` is not on PATH, nor is `python`\n  hint: {install}"
        );
    };
    let (problem, hint) = match first {
        UnfitPython::TooOld(version) => (
            format!("Python {version} is too old: the book's listings want {range}"),
            install,
        ),
        UnfitPython::TooNew(version) => (
            format!(
                "Python {version} is too new: the book's listings want {range}, as their packages exist for these"
            ),
            install,
        ),
        UnfitPython::Broken(said) => (
            format!(
                "`{name}` is on PATH and does not start; the book's listings want Python {range}"
            ),
            if said.contains("pyenv") {
                format!(
                    "pyenv install {newest}, or choose one that is there: pyenv versions, then pyenv shell VERSION"
                )
            } else {
                install
            },
        ),
    };
    let mut text = format!("{problem}\n  hint: {hint}");
    for (name, why) in unfit {
        let said = match why {
            UnfitPython::TooOld(version) | UnfitPython::TooNew(version) => {
                format!("is Python {version}")
            }
            UnfitPython::Broken(said) => format!("says: {said}"),
        };
        text.push_str(&format!("\n  `{name}` {said}"));
    }
    text
}

/// The folder with the packages of `toolchain/python.txt`, which is installed if it is not there, or not whole: what is
/// missing there would be laid at the listing that needs it.
///
/// # Errors
///
/// When they cannot be installed.
pub fn packages(project: &Project, python: &Python) -> Result<PathBuf> {
    let file = project.root().join("toolchain").join("python.txt");
    let requirements =
        fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let hash = blake3::hash(with_line_feeds(requirements).as_bytes()).to_hex();
    let folder = project
        .toolchains()
        .join(format!("python-{}-{}", python.abi, &hash[..12]));
    if folder.is_dir() && !is_whole(&folder) {
        eprintln!(
            "{} is damaged, and is made again",
            project.relative(&folder).display()
        );
        fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
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

/// Whether every file of the packages in `folder` is there, in the size that its package's list says.
fn is_whole(folder: &Path) -> bool {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let lists: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end == "dist-info"))
        .map(|path| path.join("RECORD"))
        .collect();
    let is_there = |line: &str| {
        let mut parts = line.rsplitn(3, ',');
        let size: Option<u64> = parts.next().and_then(|size| size.parse().ok());
        let path = parts.nth(1).unwrap_or_default();
        // Programs lie elsewhere than the list says, and what Python compiled may be gone.
        if path.starts_with(['.', '"']) || path.ends_with(".pyc") {
            return true;
        }
        let found = fs::metadata(folder.join(path));
        found.is_ok_and(|found| size.is_none_or(|size| found.len() == size))
    };
    !lists.is_empty()
        && lists
            .iter()
            .all(|list| fs::read_to_string(list).is_ok_and(|text| text.lines().all(is_there)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_found_between_what_others_print() {
        let stdout = b"3.9.9\nhello\nbook-python=3.13.1|t|/opt/my py/bin/python\nbye\n";
        let (version, flags, path) = answer(stdout).unwrap();
        assert_eq!((version.as_str(), flags.as_str()), ("3.13.1", "t"));
        assert_eq!(path, PathBuf::from("/opt/my py/bin/python"));
        assert_eq!(answer(b"/usr/bin/python3\n3.11.7\n"), None);
    }

    #[test]
    fn a_python_that_does_not_fit_is_named_with_the_range_that_does() {
        let text = |why: UnfitPython| none_fits(&[("python3".to_string(), why)]);
        for (said, problem) in [
            (none_fits(&[]), "Python is not installed"),
            (
                text(UnfitPython::TooOld("3.9.18".into())),
                "Python 3.9.18 is too old",
            ),
            (
                text(UnfitPython::TooNew("3.15.0".into())),
                "Python 3.15.0 is too new",
            ),
            (
                text(UnfitPython::Broken("Fatal Python error".into())),
                "`python3` says: Fatal Python error",
            ),
        ] {
            assert!(said.contains(problem), "{said}");
            assert!(said.contains("3.10 to 3.14"), "{said}");
            assert!(said.contains("hint: "), "{said}");
        }
        let shim = text(UnfitPython::Broken(
            "pyenv: version `3.14' is not installed".into(),
        ));
        assert!(shim.contains("hint: pyenv install"), "{shim}");
    }
}
