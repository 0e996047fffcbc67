//! Builds the program that holds every traced listing: one root around all of them, compiled once, for
//! `wasm32-wasi` with debug information. Depends on the Zig toolchain.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use book_support::bounded::{LARGE, renew_zig_cache, zig_cache};
use book_support::files::empty_folder;
use book_support::lock::lock;
use book_support::process::Spec;

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
pub struct Entry {
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
pub struct Builder<'b> {
    pub zig: &'b Path,
    /// A folder of the builder's own: sources, the compiler's cache, the program.
    pub work: PathBuf,
    /// Called when another run holds that folder, before it is waited for.
    pub waiting: &'b (dyn Fn() + Sync),
}

/// Entries that do not compile, with what the compiler says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    pub name: String,
    pub errors: String,
}

/// A program that was built.
pub struct Built {
    pub wasm: Vec<u8>,
    /// Where the compiler saw the sources.
    pub root: PathBuf,
    /// By the number that selects them.
    pub entries: Vec<Entry>,
    pub broken: Vec<Broken>,
}

impl Builder<'_> {
    /// Builds `entries`; `files` are all sources they need, by their paths. What does not compile is set aside.
    ///
    /// # Errors
    ///
    /// When Zig cannot be run, or breaks down.
    pub fn build(&self, entries: &[Entry], files: &BTreeMap<String, Vec<u8>>) -> Result<Built> {
        let _lock = lock(&self.work, self.waiting)?;
        // Nothing of an earlier program lies there: what a listing does not name it cannot read.
        let root = empty_folder(&self.work.join("stage"))?;
        for (path, bytes) in files {
            write(&root.join(path), bytes)?;
        }
        let mut entries = entries.to_vec();
        let mut broken = Vec::new();
        loop {
            if entries.is_empty() {
                return Ok(Built {
                    wasm: Vec::new(),
                    root,
                    entries,
                    broken,
                });
            }
            for (name, text) in roots(&entries) {
                write(&root.join(name), text.as_bytes())?;
            }
            let output = match self.compile(&root)? {
                Ok(wasm) => {
                    return Ok(Built {
                        wasm,
                        root,
                        entries,
                        broken,
                    });
                }
                Err(output) => output,
            };
            let culprits = culprits(&entries, &output);
            if culprits.is_empty() {
                bail!("Zig cannot build the traced listings:\n{output}");
            }
            broken.extend(
                entries
                    .iter()
                    .filter(|entry| culprits.contains(&entry.name))
                    .map(|entry| Broken {
                        name: entry.name.clone(),
                        errors: errors_of(&output, &entry.path),
                    }),
            );
            entries.retain(|entry| !culprits.contains(&entry.name));
        }
    }

    /// The program, or what the compiler says.
    fn compile(&self, root: &Path) -> Result<Result<Vec<u8>, String>> {
        let program = self.work.join("traced.wasm");
        renew_zig_cache(&self.work, LARGE)?;
        let cache = zig_cache(&self.work);
        let finished = Spec::new(self.zig)
            .clean_environment()
            .args(arguments())
            .arg("--cache-dir")
            .arg(&cache)
            .arg("--global-cache-dir")
            .arg(&cache)
            .arg(format!("-femit-bin={}", program.display()))
            .folder(root)
            .timeout(Duration::from_secs(600))
            .run()?;
        if !finished.success() {
            return Ok(Err(finished.text()));
        }
        let wasm =
            fs::read(&program).with_context(|| format!("cannot read {}", program.display()))?;
        Ok(Ok(wasm))
    }
}

/// What the compiler is told, but for where its caches and the program are. It runs in the folder that holds the sources
/// and those of [`roots`].
pub fn arguments() -> Vec<String> {
    let mut arguments: Vec<String> = [
        "test",
        ROOT_FILE,
        "--test-runner",
        RUNNER_FILE,
        "--test-no-exec",
        "-target",
        "wasm32-wasi",
        "-O",
        "debug",
        "-fllvm",
        "--color",
        "off",
    ]
    .map(str::to_string)
    .to_vec();
    arguments.extend(["--stack".to_string(), STACK.to_string()]);
    arguments.push(format!("--initial-memory={MEMORY}"));
    arguments
}

/// The files that are compiled around `entries`: their names and texts.
pub fn roots(entries: &[Entry]) -> [(&'static str, String); 2] {
    [
        (ROOT_FILE, root_source(entries)),
        (RUNNER_FILE, RUNNER.to_string()),
    ]
}

/// The root's source, with the table of entries.
fn root_source(entries: &[Entry]) -> String {
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

/// The entries whose files an error message names.
fn culprits(entries: &[Entry], output: &str) -> BTreeSet<String> {
    entries
        .iter()
        .filter(|entry| {
            let folder = entry.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            output.lines().any(|line| {
                let is_error = line.contains(": error: ");
                is_error && line.starts_with(&format!("{}:", entry.path))
                    // A file that several listings import names none of them.
                    || is_error
                        && line.starts_with(&format!("{folder}/"))
                        && !entries.iter().any(|other| line.starts_with(&format!("{}:", other.path)))
            })
        })
        .map(|entry| entry.name.clone())
        .collect()
}

/// The errors that name a file, or all if none does.
fn errors_of(output: &str, path: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for line in output.lines() {
        if line.contains(": error: ") {
            inside = line.starts_with(&format!("{path}:"));
        }
        if inside {
            text.push_str(line);
            text.push('\n');
        }
    }
    if text.is_empty() {
        output.to_string()
    } else {
        text
    }
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
