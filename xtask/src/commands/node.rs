//! Has ESLint and TypeScript look at the scripts of the pages, and finds Lighthouse, which measures the pages. `toolchain/`
//! says which versions, and what the first two look for; they are installed into `.toolchain/` and need Node.js, which
//! nothing else of the book does.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use book_support::process::{Spec, on_path};
use book_support::project::Project;

pub const NAME: &str = "Node.js with npm";

/// What Debian calls it.
pub const PACKAGES: &str = "nodejs npm";

/// Programs that Node.js runs.
struct NodePrograms {
    /// Where their versions are pinned, below `toolchain/`, and where they are installed, below `.toolchain/`.
    folder: &'static str,
    names: &'static str,
}

const CHECKERS: NodePrograms = NodePrograms {
    folder: "scripts",
    names: "ESLint and TypeScript",
};
const LIGHTHOUSE: NodePrograms = NodePrograms {
    folder: "lighthouse",
    names: "Lighthouse",
};

pub fn is_installed() -> bool {
    on_path("node").is_some() && on_path("npm").is_some()
}

/// Checks the scripts, where Node.js is installed. Whether they are as they must be.
///
/// # Errors
///
/// When the checkers cannot be installed or run.
pub fn check(project: &Project) -> Result<bool> {
    if !is_installed() {
        println!("NOT TESTED: {NAME} is not installed (Debian: apt install {PACKAGES})");
        return Ok(true);
    }
    let modules = CHECKERS.install(project)?.join("node_modules");
    let own = CHECKERS.own(project);
    let attached = |program: &str, arguments: &[&str]| -> Result<bool> {
        let spec = Spec::new("node").arg(modules.join(program)).args(arguments);
        Ok(spec.folder(project.root()).run_attached()?.success())
    };
    let settings = own.join("eslint.config.mjs");
    let settings = settings.to_str().context("a path that is no text")?;
    let mut fine = attached(
        "eslint/bin/eslint.js",
        &[
            "--no-config-lookup",
            "--config",
            settings,
            "--max-warnings=0",
            "theme/js",
        ],
    )?;
    for settings in ["tsconfig.json", "tsconfig.workers.json"] {
        let settings = own.join(settings);
        let settings = settings.to_str().context("a path that is no text")?;
        fine &= attached("typescript/bin/tsc", &["--project", settings])?;
    }
    Ok(fine)
}

/// The script of Lighthouse, for `node`; installed if it is not there.
///
/// # Errors
///
/// When it cannot be installed.
pub fn lighthouse(project: &Project) -> Result<PathBuf> {
    let folder = LIGHTHOUSE.install(project)?;
    Ok(folder.join("node_modules/lighthouse/cli/index.js"))
}

impl NodePrograms {
    /// Where they are pinned.
    fn own(&self, project: &Project) -> PathBuf {
        project.root().join("toolchain").join(self.folder)
    }

    /// Installs what the lock file pins, unless it is there.
    fn install(&self, project: &Project) -> Result<PathBuf> {
        let names = self.names;
        let own = self.own(project);
        let read = |name: &str| {
            let path = own.join(name);
            fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
        };
        let (package, lock) = (read("package.json")?, read("package-lock.json")?);
        let folder = project.toolchains().join(self.folder);
        // What is installed completely, written at the end.
        let done = folder.join("installed");
        if fs::read(&done).is_ok_and(|installed| installed == lock) {
            return Ok(folder);
        }
        eprintln!(
            "installing {names} into {} …",
            project.relative(&folder).display()
        );
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("package.json"), package)?;
        fs::write(folder.join("package-lock.json"), &lock)?;
        let installed = Spec::new("npm")
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .args(["--loglevel", "error"])
            .folder(&folder)
            .timeout(Duration::from_secs(600))
            .run_attached()?;
        if !installed.success() {
            bail!(
                "cannot install {names}\n  hint: the first run needs the network; see what npm says above"
            );
        }
        fs::write(done, lock)?;
        Ok(folder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;
    use std::path::Path;

    #[test]
    fn a_script_that_uses_what_it_does_not_import_is_refused() {
        if !is_installed() {
            eprintln!("NOT TESTED: {NAME} is not installed");
            return;
        }
        let wrong = [
            "export const a = showLanguage('zig');\n",
            "import { root } from './dom.js';\n",
            "export const a = \"b\" ;\n",
        ];
        std::thread::scope(|scope| {
            scope.spawn(|| assert!(is_fine(None), "the scripts of the book"));
            for wrong in wrong {
                scope.spawn(move || assert!(!is_fine(Some(wrong)), "{wrong}"));
            }
        });
    }

    /// What is said of the book's scripts and this one.
    fn is_fine(more: Option<&str>) -> bool {
        let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(repository.join(".toolchain")).unwrap();
        symlink(repository.join(".toolchain"), at(".toolchain")).unwrap();
        fs::create_dir_all(at("theme/js")).unwrap();
        fs::create_dir_all(at("toolchain/scripts")).unwrap();
        fs::create_dir(at("listings")).unwrap();
        fs::write(at("listings/Cargo.toml"), "").unwrap();
        fs::write(at("book.toml"), "").unwrap();
        for name in ["toolchain/scripts", "theme/js"] {
            for entry in fs::read_dir(repository.join(name)).unwrap() {
                let entry = entry.unwrap();
                fs::copy(entry.path(), at(name).join(entry.file_name())).unwrap();
            }
        }
        if let Some(more) = more {
            fs::write(at("theme/js/more.js"), more).unwrap();
        }
        check(&Project::find(folder.path()).unwrap()).unwrap()
    }
}
