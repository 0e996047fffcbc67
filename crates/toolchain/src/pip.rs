//! Installs pinned packages into a folder of the repository, by pip as people have it: whatever their settings of pip
//! say of *where* to install, and even where Python has no pip.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use super::pip_settings::{PipSettings, environment_of};
use super::python::{self, Python};
use book_support::files::empty_folder;
use book_support::lock::lock;
use book_support::process::{Finished, Spec, on_path};
use book_support::project::Project;

/// What uv is told about the way to an index of packages. Its other variables are hidden from it.
const UV_SETTINGS: [&str; 11] = [
    "UV_INDEX",
    "UV_DEFAULT_INDEX",
    "UV_EXTRA_INDEX_URL",
    "UV_FIND_LINKS",
    "UV_NO_INDEX",
    "UV_OFFLINE",
    "UV_NATIVE_TLS",
    "UV_SYSTEM_CERTS",
    "UV_INSECURE_HOST",
    "UV_HTTP_TIMEOUT",
    "UV_KEYRING_PROVIDER",
];

/// What installs packages on this machine.
enum Installer {
    Pip {
        python: PathBuf,
        settings: PipSettings,
        /// The environment that was made for pip, where Python has none.
        _environment: Option<TempDir>,
    },
    Uv {
        uv: PathBuf,
        python: PathBuf,
    },
}

/// Installs `requirements` (a file of `toolchain/`) into `folder`, all or nothing.
///
/// # Errors
///
/// When Python, or any way to install with it, is missing, the network cannot be reached, or the disk is full; each as
/// one sentence with what mends it.
pub(super) fn pip_install(
    project: &Project,
    requirements: &str,
    folder: &Path,
    what: &str,
) -> Result<()> {
    // One thread of one run downloads, for all that need it.
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN.lock();
    let name = folder.file_name().unwrap_or_default();
    let _lock = lock(&project.work().join("installing").join(name), || {
        eprintln!("waiting for another run to install {what} …");
    })?;
    if folder.exists() {
        return Ok(());
    }
    let python = python::interpreter()?;
    let parent = folder.parent().expect("a folder inside the repository");
    std::fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
    let staging = tempfile::Builder::new()
        .prefix("installing-")
        .tempdir_in(parent)
        .with_context(|| format!("cannot make a folder in {}", parent.display()))?;
    eprintln!(
        "installing {what} into {} …",
        project.relative(folder).display()
    );
    let file = project.root().join("toolchain").join(requirements);
    let installer = Installer::find(&python, parent, what)?;
    let downloads = parent.join("downloads").join(requirements);
    let install = installer.install(staging.path(), &file, &downloads)?;
    // Whatever it was worth. The folder around it goes with the last.
    let _ = std::fs::remove_dir_all(&downloads);
    let _ = std::fs::remove_dir(parent.join("downloads"));
    if !install.success() {
        let failure = PipFailure {
            text: &install.text(),
            installer: installer.name(),
            what,
            requirements,
            python: &python,
        };
        bail!("{}", failure.sentence(&installer.settings()));
    }
    // Another machine that shares the folder may have been faster; what it put there is the same.
    if !folder.exists() {
        let staged = staging.keep();
        if let Err(error) = std::fs::rename(&staged, folder) {
            let _ = std::fs::remove_dir_all(&staged);
            if !folder.exists() {
                return Err(error).with_context(|| format!("cannot make {}", folder.display()));
            }
        }
    }
    Ok(())
}

impl Installer {
    /// Python's own pip; or that of an environment made in `parent` for this once; or uv.
    fn find(python: &Python, parent: &Path, what: &str) -> Result<Installer> {
        // Python looks for modules in the current folder first: an empty one holds none.
        let empty = tempfile::Builder::new()
            .prefix("empty-")
            .tempdir_in(parent)
            .with_context(|| format!("cannot make a folder in {}", parent.display()))?;
        let without_pip = match PipSettings::ask(&python.path, empty.path())? {
            Ok(settings) => {
                return Ok(Installer::Pip {
                    python: python.path.clone(),
                    settings,
                    _environment: None,
                });
            }
            Err(said) => said,
        };
        if !without_pip.contains("No module named pip") {
            bail!(
                "cannot install {what}: pip does not start\n  \
                 hint: see what it says below; the setting that it names is in a file that \
                 `{} -m pip config debug` lists, or in the environment\n  pip says: {}",
                python.path.display(),
                one_line(&without_pip)
            );
        }
        let environment = tempfile::Builder::new()
            .prefix("pip-")
            .tempdir_in(parent)
            .with_context(|| format!("cannot make a folder in {}", parent.display()))?;
        let made = environment_of(&python.path)
            .args(["-E", "-s", "-m", "venv"])
            .arg(environment.path())
            .folder(empty.path())
            .run()?;
        let own = environment.path().join("bin").join("python");
        if made.success()
            && let Ok(settings) = PipSettings::ask(&own, empty.path())?
        {
            return Ok(Installer::Pip {
                python: own,
                settings,
                _environment: Some(environment),
            });
        }
        if let Some(uv) = on_path("uv") {
            return Ok(Installer::Uv {
                uv,
                python: python.path.clone(),
            });
        }
        let path = python.path.display();
        bail!(
            "cannot install {what}: Python has no pip ({path}, version {}), cannot make an environment that has one, \
             and `uv` is not on PATH\n  \
             hint: install pip (Debian: apt install python3-pip; elsewhere: {path} -m ensurepip) \
             and run the command again",
            python.version
        )
    }

    /// Installs from what was downloaded already, and otherwise from the network.
    fn install(&self, target: &Path, requirements: &Path, downloads: &Path) -> Result<Finished> {
        // Nothing lies in the folder yet that Python could take for a module.
        let attempt = |spec: Spec| {
            spec.arg("--target")
                .arg(target)
                .arg("--requirement")
                .arg(requirements)
                .folder(target)
                .timeout(Duration::from_secs(1800))
                .run()
        };
        let run = |spec: Spec| {
            if downloads.is_dir() {
                let offline = spec.clone().arg("--no-index");
                let installed = attempt(offline.arg("--find-links").arg(downloads))?;
                if installed.success() {
                    return Ok(installed);
                }
                // What an installer leaves when it fails would be in the way of the next.
                empty_folder(target)?;
            }
            attempt(spec)
        };
        match self {
            Installer::Pip {
                python, settings, ..
            } => run(settings
                .apply(environment_of(python))
                .args(["-E", "-m", "pip", "install", "--quiet"])
                .args(["--disable-pip-version-check", "--no-input"])
                .args(["--no-deps", "--no-cache-dir", "--only-binary=:all:"])
                .args(["--require-hashes", "--no-warn-script-location"])),
            Installer::Uv { uv, python } => {
                let kept = UV_SETTINGS
                    .into_iter()
                    .filter_map(|name| Some((name, std::env::var_os(name)?)));
                let spec = kept
                    .fold(environment_of(uv), |spec, (name, value)| {
                        spec.env(name, value)
                    })
                    .args(["pip", "install", "--quiet", "--no-cache", "--no-deps"])
                    .args(["--only-binary", ":all:", "--require-hashes"])
                    .arg("--python")
                    .arg(python);
                // Its files may say what to install, and where. They are read only where the packages cannot be had
                // without them, as they may name the index.
                let without_files = run(spec.clone().arg("--no-config"))?;
                if without_files.success() {
                    return Ok(without_files);
                }
                run(spec)
            }
        }
    }

    /// The program's name.
    fn name(&self) -> &'static str {
        match self {
            Installer::Pip { .. } => "pip",
            Installer::Uv { .. } => "uv",
        }
    }

    fn settings(&self) -> PipSettings {
        match self {
            Installer::Pip { settings, .. } => settings.clone(),
            Installer::Uv { .. } => PipSettings::default(),
        }
    }
}

/// The line of `text` that says what went wrong.
fn last_error(text: &str) -> &str {
    text.lines()
        .rfind(|line| line.to_lowercase().contains("error"))
        .or_else(|| text.lines().rfind(|line| !line.trim().is_empty()))
        .unwrap_or("nothing")
        .trim()
}

/// `text` without its line ends, and not longer than a person reads.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(400).collect()
}

/// An installation that failed.
struct PipFailure<'a> {
    /// What the installer printed, and its name.
    text: &'a str,
    installer: &'a str,
    what: &'a str,
    requirements: &'a str,
    python: &'a Python,
}

impl PipFailure<'_> {
    /// What went wrong, from the installer's own words.
    fn sentence(&self, settings: &PipSettings) -> String {
        let has = |words: &[&str]| words.iter().any(|word| self.text.contains(word));
        let nothing_found = has(&["No matching distribution", "Could not find a version"]);
        let (problem, hint) = if has(&["No space left"]) {
            (
                "the disk is full",
                "free about 500 MB and run the command again; nothing half-installed is left",
            )
        } else if has(&[
            "do not match the hashes",
            "DO NOT MATCH THE HASHES",
            "Hash mismatch",
        ]) {
            (
                "the downloaded file is not the pinned one",
                "do not use that package index; the hashes are in `toolchain/`",
            )
        } else if nothing_found && settings.asks_no_index() {
            (
                "pip's settings say that it must not ask a package index (no-index), and the pinned file is not where it may look",
                "run the command again with PIP_NO_INDEX=0 before it",
            )
        } else if has(&[
            "NewConnectionError",
            "Name or service not known",
            "Temporary failure",
            "ConnectTimeout",
            "ProxyError",
            "SSLError",
            "CERTIFICATE_VERIFY_FAILED",
            "Network is unreachable",
            "Max retries",
            "error sending request",
            // What pip says in the end, when it is told to be quiet about its attempts.
            "from versions: none",
        ]) {
            (
                "the package index cannot be reached",
                "the first run needs the network; connect and run the command again (the installer's settings of index, proxy and certificate are respected)",
            )
        } else if nothing_found {
            (
                "the package index has no such version for this machine",
                "see what is said below; without the network, connect and run the command again",
            )
        } else {
            ("it failed", "see what is said below")
        };
        format!(
            "cannot install {} (`toolchain/{}`) with Python {}: {problem}\n  hint: {hint}\n  {} says: {}",
            self.what,
            self.requirements,
            self.python.version,
            self.installer,
            last_error(self.text)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pips_failures_become_one_sentence_with_a_mend() {
        let python = Python::for_tests();
        for (text, problem) in [
            (
                "ERROR: Could not install packages: [Errno 28] No space left on device",
                "the disk is full",
            ),
            (
                "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
                "not the pinned one",
            ),
            (
                "WARNING: Retrying … NewConnectionError\nERROR: No matching distribution found for ziglang",
                "cannot be reached",
            ),
            (
                "ERROR: No matching distribution found for ziglang==0.17.1 (from versions: 0.1)",
                "no such version for this machine",
            ),
        ] {
            let failure = PipFailure {
                text,
                installer: "pip",
                what: "Zig",
                requirements: "zig.txt",
                python: &python,
            };
            let message = failure.sentence(&PipSettings::default());
            assert!(message.contains(problem), "{message}");
            assert!(message.contains("hint: "), "{message}");
        }
    }
}
