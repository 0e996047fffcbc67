//! Compiles one program to WebAssembly, out of files given in memory, and keeps the module by content.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};

use book_support::bounded::zig_cache;
use book_support::files::write_whole;
use book_support::kept;
use book_support::process::Spec;
use book_support::project::Project;
use book_toolchain as toolchain;

/// The extension under which a module is kept.
pub const MODULE: &str = "wasm";

/// A program to compile.
#[derive(Clone, Debug, Default)]
pub struct Compilation {
    /// Its files by their paths, in the folder in which Zig runs.
    pub files: Vec<(String, Vec<u8>)>,
    /// Arguments of `zig build-exe`, without those that name caches and the module.
    pub arguments: Vec<String>,
}

/// What became of a program.
pub enum Built {
    Module(Vec<u8>),
    /// It does not compile: what Zig says, and the folder that stands before its paths.
    Broken {
        text: String,
        folder: PathBuf,
    },
}

impl Compilation {
    /// A name for everything that the module depends on.
    fn key(&self, project: &Project) -> String {
        let zig = toolchain::zig::identity(project);
        let arguments = self.arguments.iter().map(|argument| argument.as_bytes());
        let files = self.files.iter();
        let files = files.flat_map(|(path, bytes)| [path.as_bytes(), bytes.as_slice()]);
        kept::key(
            std::iter::once(zig.as_bytes())
                .chain(arguments)
                .chain(files),
        )
    }

    /// Something of this program that was kept, by the extension of its file.
    pub fn known(&self, project: &Project, extension: &str) -> Option<Vec<u8>> {
        let key = self.key(project);
        kept::read(&modules(project).join(format!("{key}.{extension}")), &key)
    }

    /// Keeps something of this program.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn keep(&self, project: &Project, extension: &str, bytes: &[u8]) -> Result<()> {
        let key = self.key(project);
        kept::write(
            &modules(project).join(format!("{key}.{extension}")),
            &key,
            bytes,
        )
    }

    /// Builds it, unless it was built before.
    ///
    /// # Errors
    ///
    /// When Zig cannot be found or started, or a file cannot be written.
    pub fn build(&self, project: &Project) -> Result<Built> {
        if let Some(module) = self.known(project, MODULE) {
            return Ok(Built::Module(module));
        }
        let zig = toolchain::zig::find_or_install(project)?;
        let modules = modules(project);
        fs::create_dir_all(&modules)
            .with_context(|| format!("cannot make {}", modules.display()))?;
        let folder = tempfile::Builder::new()
            .prefix("building-")
            .tempdir_in(&modules)
            .context("cannot make a folder to build in")?;
        for (path, bytes) in &self.files {
            write_whole(&folder.path().join(path), bytes)?;
        }
        let cache = zig_cache(&project.work());
        let module = folder.path().join("module.wasm");
        let finished = Spec::new(&zig.path)
            .clean_environment()
            .arg("build-exe")
            .args(&self.arguments)
            .args(["--color", "off"])
            .arg(format!("-femit-bin={}", module.display()))
            .arg("--cache-dir")
            .arg(&cache)
            .arg("--global-cache-dir")
            .arg(&cache)
            .folder(folder.path())
            .timeout(Duration::from_secs(600))
            .run()?;
        if !finished.success() {
            return Ok(Built::Broken {
                text: finished.text(),
                folder: folder.path().to_path_buf(),
            });
        }
        let bytes = fs::read(&module).context("Zig wrote no module")?;
        self.keep(project, MODULE, &bytes)?;
        Ok(Built::Module(bytes))
    }
}

/// Modules that were built, and what was seen of them, by content.
pub fn modules(project: &Project) -> PathBuf {
    project.work().join("wasm")
}
