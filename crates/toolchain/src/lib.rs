//! Finds the pinned toolchains, and installs what can be installed into the repository's ignored folder.
//! Nothing is installed anywhere else.

pub mod axe;
pub mod browser;
pub mod python;
pub mod rust;
pub mod zig;
pub mod zig_errors;

use std::path::Path;

use anyhow::{Context, Result, bail};

use book_support::process::Spec;
use book_support::project::Project;

/// Changes with the sources of whatever finds toolchains and reads what they say.
pub const SOURCE_HASH: &str = env!("SOURCE_HASH");

/// Installs `requirements` (a file of `toolchain/`) by pip into `folder`, all or nothing.
///
/// # Errors
///
/// When Python or pip is missing, the network cannot be reached, or the disk is full; each as one sentence
/// with what mends it.
fn pip_install(project: &Project, requirements: &str, folder: &Path, what: &str) -> Result<()> {
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
    let install = Spec::new(&python.path)
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
            "--no-cache-dir",
        ])
        .args([
            "--only-binary=:all:",
            "--no-warn-script-location",
            "--target",
        ])
        .arg(staging.path())
        .arg("--requirement")
        .arg(project.root().join("toolchain").join(requirements))
        .timeout(std::time::Duration::from_secs(1800))
        .run()?;
    if !install.success() {
        bail!("{}", pip_failure(&install.text(), what, requirements));
    }
    // Another run may have been faster; what it put there is the same.
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

/// What went wrong, from pip's own words.
fn pip_failure(text: &str, what: &str, requirements: &str) -> String {
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let (problem, hint) = if has(&["No module named pip"]) {
        (
            "Python has no pip",
            "install pip (Debian: apt install python3-pip) and run the command again",
        )
    } else if has(&["No space left"]) {
        (
            "the disk is full",
            "free about 500 MB and run the command again; nothing half-installed is left",
        )
    } else if has(&["do not match the hashes"]) {
        (
            "the downloaded file is not the pinned one",
            "do not use that package index; the hashes are in `toolchain/`",
        )
    } else if has(&[
        "NewConnectionError",
        "Name or service not known",
        "Temporary failure",
        "ConnectTimeout",
        "ProxyError",
        "Network is unreachable",
        "Max retries",
        // What pip says in the end, when it is told to be quiet about its attempts.
        "from versions: none",
    ]) {
        (
            "the package index cannot be reached",
            "the first run needs the network; connect and run the command again",
        )
    } else if has(&["No matching distribution", "Could not find a version"]) {
        (
            "the package index has no such version for this machine",
            "see what pip says below; without the network, connect and run the command again",
        )
    } else {
        ("pip failed", "see what pip says below")
    };
    let last: Vec<&str> = text
        .lines()
        .filter(|line| line.contains("ERROR") || line.contains("error"))
        .collect();
    let said = last.last().copied().unwrap_or_else(|| text.trim());
    format!(
        "cannot install {what} (`toolchain/{requirements}`): {problem}\n  hint: {hint}\n  pip says: {said}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pips_failures_become_one_sentence_with_a_mend() {
        for (text, problem) in [
            ("/usr/bin/python3: No module named pip", "Python has no pip"),
            (
                "ERROR: Could not install packages: [Errno 28] No space left on device",
                "the disk is full",
            ),
            (
                "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES… do not match the hashes",
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
            let message = pip_failure(text, "Zig", "zig.txt");
            assert!(message.contains(problem), "{message}");
            assert!(message.contains("hint: "), "{message}");
        }
    }
}
