//! Builds the program that holds every traced listing: one root around all of them, compiled once, for
//! `wasm32-wasi` with debug information. Depends on the Zig toolchain.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use book_support::bounded::{LARGE, is_due, renew_zig_cache};
use book_support::files::empty_folder;
use book_support::lock::lock;
use book_toolchain::compile::{
    Compilation, CompileLimits, Compiled, FUZZ, as_declared, owners, without_culprits,
};

const ROOT: &str = include_str!("../zig/trace_root.zig");
const RUNNER: &str = include_str!("../zig/trace_runner.zig");
const ROOT_FILE: &str = "trace_root.zig";
const RUNNER_FILE: &str = "trace_runner.zig";

/// Memory that a program starts with, in bytes: more than its stack and static data, so that what allocators
/// ask for begins at the same address whatever else is in the program.
const MEMORY: u32 = 32 << 20;
/// In bytes. The stack begins at this address and grows down.
const STACK: u32 = 16 << 20;

/// Something to trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceEntry {
    /// For example `03_allocator/caller_owns`.
    pub name: String,
    /// Its file, relative to the listings folder.
    pub path: String,
    /// Whether its tests are traced, and not its `main`.
    pub is_test: bool,
    /// Only the tests whose names begin so.
    pub test: Option<String>,
}

/// Where and with what to build.
pub struct TraceBuilder<'b> {
    /// The compiler's program.
    pub zig: &'b Path,
    /// The work folder, in which the compiler has its cache.
    pub work: PathBuf,
    /// The builder's own folder in there: sources and the program.
    pub name: &'static str,
    /// Called when another run holds that folder, before it is waited for.
    pub waiting: &'b (dyn Fn() + Sync),
}

/// Entries that do not compile, with what the compiler says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenEntry {
    /// The entry's name.
    pub name: String,
    /// Paths as the compiler saw them, in the folder that it ran in.
    pub errors: String,
}

/// A program that was built.
pub struct TracedProgram {
    /// With its debug information, and not instrumented.
    pub wasm: Vec<u8>,
    /// Where the compiler saw the sources.
    pub root: PathBuf,
    /// By the number that selects them.
    pub entries: Vec<TraceEntry>,
    /// Those that are not in the program.
    pub broken: Vec<BrokenEntry>,
}

impl TraceBuilder<'_> {
    /// Builds `entries`; `files` are all sources they need, by their paths. What does not compile is set aside.
    ///
    /// # Errors
    ///
    /// When Zig cannot be run, or breaks down.
    pub fn build(
        &self,
        entries: &[TraceEntry],
        files: &BTreeMap<String, Vec<u8>>,
    ) -> Result<TracedProgram> {
        let folder = self.work.join(self.name);
        let _lock = lock(&folder, self.waiting)?;
        // Nothing of an earlier program lies there: what a listing does not name it cannot read.
        let root = empty_folder(&folder.join("stage"))?;
        for (path, bytes) in files {
            write(&root.join(path), bytes)?;
        }
        let program = folder.join("traced.wasm");
        if is_due(&folder)? {
            renew_zig_cache(&self.work, LARGE)?;
        }
        let is_source = |path: &str| files.contains_key(path);
        let compile = |entries: &[TraceEntry]| {
            for (name, text) in roots(entries) {
                write(&root.join(name), text.as_bytes())?;
            }
            let compilation = Compilation {
                zig: self.zig,
                folder: &root,
                work: &self.work,
                what: "the traced listings",
                arguments: arguments(),
                program: Some(&program),
                is_source: &is_source,
                gathered: true,
                limits: CompileLimits::default(),
                canceled: None,
            };
            compilation.compile()
        };
        let gathered = without_culprits(entries.to_vec(), compile, |entries, errors| {
            Ok(owners(entries, errors, |entry, path| {
                owns(entries, entry, path)
            }))
        })?;
        let wasm = match gathered.compiled {
            None => Vec::new(),
            Some(Compiled::Built) => {
                fs::read(&program).with_context(|| format!("cannot read {}", program.display()))?
            }
            Some(_) => bail!("Zig came to no end while it built the traced listings"),
        };
        let broken = gathered.culprits.into_iter();
        Ok(TracedProgram {
            wasm,
            root,
            entries: gathered.entries,
            broken: broken
                .map(|(entry, errors)| BrokenEntry {
                    name: entry.name,
                    errors,
                })
                .collect(),
        })
    }
}

/// What the compiler is told, but for what is the same for all programs. It runs in the folder that holds the sources and
/// those of [`roots`].
pub fn arguments() -> Vec<OsString> {
    let stack = STACK.to_string();
    let memory = format!("--initial-memory={MEMORY}");
    let runner = ["--test-runner", RUNNER_FILE, "--test-no-exec"];
    let target = ["-target", "wasm32-wasi", "-O", "debug", "-fllvm"];
    let arguments = ["test", ROOT_FILE].into_iter().chain(runner).chain(target);
    let arguments = arguments.chain(["--stack", &stack, &memory]);
    arguments.map(OsString::from).collect()
}

/// The files that are compiled around `entries`: their names and texts.
pub fn roots(entries: &[TraceEntry]) -> [(&'static str, String); 2] {
    [
        (ROOT_FILE, root_source(entries)),
        (
            RUNNER_FILE,
            format!("{RUNNER}\n{FUZZ}\npub const panic = told_panic;\n"),
        ),
    ]
}

/// The name by which the root and the runner import a program that is traced alone.
const PROGRAM: &str = "program";

/// For one program that has nothing beside it: the files that are compiled around it, and what the compiler is told. What
/// its `main` file declares for the standard library counts, as it does without the tool.
pub fn alone(entry: &TraceEntry) -> ([(&'static str, String); 2], Vec<OsString>) {
    let mut arguments = arguments();
    if entry.is_test {
        // As for `zig test`: what counts is declared by the runner.
        return (roots(std::slice::from_ref(entry)), arguments);
    }
    let module = TraceEntry {
        path: PROGRAM.to_string(),
        ..entry.clone()
    };
    let root = (ROOT_FILE, root_source(&[module]));
    let declared = as_declared(PROGRAM, "told_panic");
    let runner = (RUNNER_FILE, format!("{RUNNER}\n{FUZZ}\n{declared}"));
    arguments.retain(|argument| argument != ROOT_FILE);
    arguments.extend(["--dep".into(), PROGRAM.into()]);
    arguments.push(format!("-Mroot={ROOT_FILE}").into());
    arguments.push(format!("-M{PROGRAM}={}", entry.path).into());
    ([root, runner], arguments)
}

/// The root's source, with the table of entries.
fn root_source(entries: &[TraceEntry]) -> String {
    let mut source = ROOT.to_string();
    source.push_str("\nconst listings = .{\n");
    for entry in entries {
        let tests = if entry.is_test {
            let module = entry.path.trim_end_matches(".zig").replace('/', ".");
            match &entry.test {
                Some(test) => format!("{module}.{test}"),
                None => format!("{module}."),
            }
        } else {
            String::new()
        };
        writeln!(
            source,
            "    .{{ .tests = {tests:?}, .file = @import({:?}) }},",
            entry.path
        )
        .expect("a string takes all");
    }
    source.push_str("};\n");
    // Tests count only in files that a test names.
    for entry in entries.iter().filter(|entry| entry.is_test) {
        writeln!(source, "test {{\n    _ = @import({:?});\n}}", entry.path)
            .expect("a string takes all");
    }
    source
}

/// Whether a file is the entry's: its own, or one beside it that is no other entry's. Which of several entries imports that
/// is not known, so it is all of theirs.
fn owns(entries: &[TraceEntry], entry: &TraceEntry, path: &str) -> bool {
    let folder = entry.path.rfind('/').map_or(0, |at| at + 1);
    entry.path == path
        || path.starts_with(&entry.path[..folder])
            && !entries.iter().any(|other| other.path == path)
}

/// Writes a file, unless it is there already: the compiler goes by dates.
fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if fs::read(path).ok().as_deref() == Some(bytes) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}
