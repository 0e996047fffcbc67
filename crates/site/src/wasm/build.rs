//! Compiles one program to WebAssembly, out of files given in memory, and keeps the module by content.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use book_support::files::write_whole;
use book_support::kept;
use book_support::project::Project;
use book_toolchain as toolchain;
use book_toolchain::compile::{Compilation, CompileLimits, Compiled};
use book_toolchain::zig_errors::ZigError;

/// The extension under which a module is kept.
pub(crate) const MODULE: &str = "wasm";
/// The maker of a module.
pub(crate) const ZIG_ALONE: &str = "";

/// A program to compile.
#[derive(Clone, Debug)]
pub(crate) struct WasmProgram {
    /// What it is, for whoever reads that it could not be built.
    pub what: String,
    /// Its files by their paths, in the folder in which Zig runs.
    pub files: Vec<(String, Vec<u8>)>,
    /// The file among them that the tool made to gather the others, if it did.
    pub root: Option<&'static str>,
    /// Arguments of `zig build-exe`, but for what is the same for all programs.
    pub arguments: Vec<String>,
}

/// What became of a program.
pub(crate) enum BuiltModule {
    Module(Vec<u8>),
    /// It does not compile.
    Broken(Vec<ZigError>),
}

impl WasmProgram {
    /// A name for everything that what `maker` makes of the program depends on: a version, or nothing where Zig alone makes
    /// it.
    pub(crate) fn key(&self, project: &Project, maker: &str) -> String {
        let zig = toolchain::zig::identity(project);
        let arguments = self.arguments.iter().map(|argument| argument.as_bytes());
        let files = self.files.iter();
        let files = files.flat_map(|(path, bytes)| [path.as_bytes(), bytes.as_slice()]);
        kept::key(
            [zig.as_bytes(), maker.as_bytes()]
                .into_iter()
                .chain(arguments)
                .chain(files),
        )
    }

    /// Whether the file at this path is one that somebody wrote.
    fn is_source(&self, path: &str) -> bool {
        self.root != Some(path) && self.files.iter().any(|(file, _)| file == path)
    }

    /// Something of this program that was kept, by the extension of its file and the version of what makes it.
    pub(crate) fn known(&self, project: &Project, extension: &str, maker: &str) -> Option<Vec<u8>> {
        let key = self.key(project, maker);
        kept::read(&modules(project).join(format!("{key}.{extension}")), &key)
    }

    /// Keeps something of this program.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub(crate) fn keep(
        &self,
        project: &Project,
        extension: &str,
        maker: &str,
        bytes: &[u8],
    ) -> Result<()> {
        let key = self.key(project, maker);
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
    pub(crate) fn build(&self, project: &Project) -> Result<BuiltModule> {
        if let Some(module) = self.known(project, MODULE, ZIG_ALONE) {
            return Ok(BuiltModule::Module(module));
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
        let module = folder.path().join("module.wasm");
        let arguments =
            std::iter::once("build-exe").chain(self.arguments.iter().map(String::as_str));
        let compiled = Compilation {
            zig: &zig.path,
            folder: folder.path(),
            work: &project.work(),
            what: &self.what,
            arguments: arguments.map(OsString::from).collect(),
            program: Some(&module),
            is_source: &|path| self.is_source(path),
            gathered: self.root.is_some(),
            limits: CompileLimits::default(),
            canceled: None,
        };
        match compiled.compile()? {
            Compiled::Built => {}
            Compiled::Errors(errors) => return Ok(BuiltModule::Broken(errors)),
            Compiled::Stopped(..) => bail!("Zig came to no end while it built {}", self.what),
        }
        let bytes = fs::read(&module).context("Zig wrote no module")?;
        self.keep(project, MODULE, ZIG_ALONE, &bytes)?;
        Ok(BuiltModule::Module(bytes))
    }
}

/// Modules that were built, and what was seen of them, by content.
pub(crate) fn modules(project: &Project) -> PathBuf {
    project.work().join("wasm")
}
