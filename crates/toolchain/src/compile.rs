//! Compiles Zig, for whatever needs a program: listings, traces, modules for pages, attempts, the tool's own helpers.
//! A program, the errors by file and line, or the limit at which the compiler was stopped; whose fault an error is, and a
//! program of many sources without those that do not compile ([`without_culprits`]).

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use anyhow::{Error, Result, anyhow, bail};

use super::zig_errors::{ZigError, all_texts, zig_errors};
use book_support::bounded::{begin_zig_cache, zig_cache};
use book_support::process::{Finished, ProcessEnd, Spec, is_disk_full};

/// The most of what a broken compiler says that is shown, in lines.
const SHOWN: usize = 20;

/// What the compiler may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CompileLimits {
    /// From start to end.
    pub time: Duration,
    /// Processor time, in seconds; on a busy machine it means the same as on a quiet one.
    pub processor: Option<u64>,
    /// In bytes.
    pub memory: Option<u64>,
    /// What it may print, in bytes; without it, what any program may.
    pub output: Option<usize>,
}

impl Default for CompileLimits {
    /// What no sound source comes near, even on a slow machine.
    fn default() -> CompileLimits {
        CompileLimits {
            time: Duration::from_secs(600),
            processor: None,
            memory: None,
            output: None,
        }
    }
}

/// A limit at which the compiler was stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// [`CompileLimits::time`].
    Time,
    /// [`CompileLimits::processor`].
    Processor,
    /// [`CompileLimits::memory`].
    Memory,
    /// [`CompileLimits::output`].
    Output,
    /// [`Compilation::canceled`].
    Canceled,
}

/// A program to be compiled.
pub struct Compilation<'a> {
    /// The compiler.
    pub zig: &'a Path,
    /// Where it runs. Arguments name sources relative to this folder, and so do errors.
    pub folder: &'a Path,
    /// The work folder whose cache it uses.
    pub work: &'a Path,
    /// What is built, for whoever reads that it could not be: `listings/03_allocator/a.zig`.
    pub what: &'a str,
    /// A command of Zig and its arguments, but for what is the same for all: colors, caches, references, the program.
    pub arguments: Vec<OsString>,
    /// Where the program goes; nothing when sources are only looked at.
    pub program: Option<&'a Path>,
    /// Whether a path, relative to `folder`, is that of a source whose author can mend it.
    pub is_source: &'a dyn Fn(&str) -> bool,
    /// Whether the tool made the root that gathers the sources: then an error may name that alone.
    pub gathered: bool,
    /// What the compiler may take.
    pub limits: CompileLimits,
    /// Set by whoever does not want the program any more.
    pub canceled: Option<&'a Arc<AtomicBool>>,
}

/// What became of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compiled {
    /// It is where it should be.
    Built,
    /// Its sources have errors: one at least.
    Errors(Vec<ZigError>),
    /// The compiler was stopped, and had found these errors until then.
    Stopped(Limit, Vec<ZigError>),
}

/// What the compiler finds of earlier compilations.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    Before,
    Nothing,
}

impl Compilation<'_> {
    /// Compiles it. When the compiler breaks down, what it has kept may be damaged: it tries once more, with nothing kept.
    ///
    /// # Errors
    ///
    /// When Zig cannot be started, when the disk is full, and when it breaks down twice: what it says then is of no
    /// source.
    pub fn compile(&self) -> Result<Compiled> {
        if let Ok(compiled) = self.attempt(Kept::Before)? {
            return Ok(compiled);
        }
        begin_zig_cache(self.work)?;
        self.attempt(Kept::Nothing)?
    }

    /// What became of it; inside, how the compiler broke down by itself.
    fn attempt(&self, kept: Kept) -> Result<Result<Compiled>> {
        let finished = self.spec().run()?;
        let stopped = match finished.end {
            ProcessEnd::Exited(0) => return Ok(Ok(Compiled::Built)),
            ProcessEnd::TimedOut => Some(Limit::Time),
            ProcessEnd::Flooded => Some(Limit::Output),
            ProcessEnd::Hoarded => Some(Limit::Memory),
            ProcessEnd::Canceled => Some(Limit::Canceled),
            _ if finished.ran_out_of_processor_time() => Some(Limit::Processor),
            _ => None,
        };
        let text = finished.text();
        let errors = zig_errors(&text, &self.folder.display().to_string(), self.is_source);
        if let Some(limit) = stopped {
            return Ok(Ok(Compiled::Stopped(limit, errors)));
        }
        let of_source = errors.iter().any(ZigError::is_of_source);
        if !of_source && is_disk_full(&text) {
            bail!(
                "the disk is full: Zig cannot write below {}\n  hint: free about 200 MB and run the command again",
                self.work.display()
            );
        }
        let crashed = text.contains("terminated with signal");
        // Any other error without a place may be of a damaged file that was kept.
        let is_the_programs =
            kept == Kept::Nothing || errors.iter().any(|error| error.place.is_some());
        let may_be_of_source = of_source || (self.gathered && is_the_programs && !crashed);
        if !matches!(finished.end, ProcessEnd::Exited(_)) {
            return Err(self.broke_down(&finished, &text));
        }
        Ok(match may_be_of_source {
            true => Ok(Compiled::Errors(errors)),
            false => Err(self.broke_down(&finished, &text)),
        })
    }

    fn spec(&self) -> Spec {
        let cache = zig_cache(self.work);
        let mut spec = Spec::new(self.zig)
            .clean_environment()
            .folder(self.folder)
            .args(&self.arguments)
            .args(["--color", "off", "-freference-trace=64"])
            .arg("--cache-dir")
            .arg(&cache)
            .arg("--global-cache-dir")
            .arg(&cache)
            .timeout(self.limits.time);
        spec = match self.program {
            Some(program) => spec.arg(format!("-femit-bin={}", program.display())),
            None => spec.arg("-fno-emit-bin"),
        };
        if let Some(seconds) = self.limits.processor {
            spec = spec.processor_limit(seconds);
        }
        if let Some(bytes) = self.limits.memory {
            spec = spec.memory_limit(bytes);
        }
        if let Some(bytes) = self.limits.output {
            spec = spec.output_limit(bytes);
        }
        if let Some(canceled) = self.canceled {
            spec = spec.canceled_by(Arc::clone(canceled));
        }
        spec
    }

    fn broke_down(&self, finished: &Finished, text: &str) -> Error {
        let lines: Vec<&str> = text.lines().collect();
        let last = lines[lines.len().saturating_sub(SHOWN)..].join("\n");
        anyhow!(
            "Zig broke down while it built {} ({:?})\n  \
             hint: nothing of this is kept; run the command again, and if it happens again, remove {}, \
             and then `.toolchain`: both are made again\n{last}",
            self.what,
            finished.end,
            self.work.display()
        )
    }
}

/// What fuzz tests ask of the runner of a program's tests: to be appended to each that the tool has. It uses `std`.
pub const FUZZ: &str = include_str!("../zig/fuzz.zig");

const RUN_ROOT: &str = include_str!("../zig/run_root.zig");

/// The root of a program that runs one of many listings: the one that `LISTING` in the environment names. Of each it takes
/// that name and the path to import.
pub fn run_root(listings: impl IntoIterator<Item = (String, String)>) -> String {
    let table: String = listings
        .into_iter()
        .map(|(name, path)| {
            format!("    .{{ .name = \"{name}\", .file = @import(\"{path}\") }},\n")
        })
        .collect();
    format!("{RUN_ROOT}\nconst listings = .{{\n{table}}};\n")
}

/// What is added to the root of a program, which imports that of a reader by `path`: what that declares for the standard
/// library counts, as it does without the tool. Its panics are `panic`'s unless it has its own.
pub fn as_declared(path: &str, panic: &str) -> String {
    format!(
        "const program = @import({path:?});\n\n\
         pub const std_options: std.Options = if (@hasDecl(program, \"std_options\")) program.std_options else .{{}};\n\
         pub const panic = if (@hasDecl(program, \"panic\")) program.panic else {panic};\n"
    )
}

/// A program of many sources, and those that it could not be built of.
#[derive(Debug)]
pub struct Gathered<T> {
    /// What became of it: not [`Compiled::Errors`]. Nothing when no entry is left.
    pub compiled: Option<Compiled>,
    /// The entries that it was built of.
    pub entries: Vec<T>,
    /// The others, each with its errors.
    pub culprits: Vec<(T, String)>,
}

/// Compiles one program of `entries`. When that has errors, `blame` says whose they are, each entry's by its index; those
/// are set aside, and the rest is compiled again, until it has none.
///
/// # Errors
///
/// Those of `compile` and `blame`, and when nobody is to blame for the errors.
pub fn without_culprits<T>(
    mut entries: Vec<T>,
    mut compile: impl FnMut(&[T]) -> Result<Compiled>,
    mut blame: impl FnMut(&[T], &[ZigError]) -> Result<BTreeMap<usize, String>>,
) -> Result<Gathered<T>> {
    let mut culprits = Vec::new();
    while !entries.is_empty() {
        let errors = match compile(&entries)? {
            Compiled::Errors(errors) => errors,
            compiled => {
                return Ok(Gathered {
                    compiled: Some(compiled),
                    entries,
                    culprits,
                });
            }
        };
        let mut blamed = blame(&entries, &errors)?;
        if blamed.is_empty() && errors.iter().any(ZigError::is_of_size) {
            blamed = too_large(&entries, &mut compile)?;
        }
        if blamed.is_empty() {
            bail!(
                "Zig cannot build these {} sources together, and its errors are none's of them:\n{}",
                entries.len(),
                all_texts(&errors)
            );
        }
        let mut rest = Vec::new();
        for (index, entry) in entries.into_iter().enumerate() {
            match blamed.remove(&index) {
                Some(errors) => culprits.push((entry, errors)),
                None => rest.push(entry),
            }
        }
        entries = rest;
    }
    Ok(Gathered {
        compiled: None,
        entries,
        culprits,
    })
}

/// Which of `entries`, whose program is too large, is so by itself, with its errors. Linkers do not tell: halves of it do.
fn too_large<T>(
    entries: &[T],
    mut compile: impl FnMut(&[T]) -> Result<Compiled>,
) -> Result<BTreeMap<usize, String>> {
    let mut errors = |range: Range<usize>| {
        let errors = match compile(&entries[range])? {
            Compiled::Errors(errors) => errors,
            Compiled::Built | Compiled::Stopped(..) => Vec::new(),
        };
        let is_of_size = errors.iter().any(ZigError::is_of_size);
        anyhow::Ok(is_of_size.then(|| all_texts(&errors)))
    };
    let mut range = 0..entries.len();
    while range.len() > 1 {
        let middle = range.start + range.len() / 2;
        range = match errors(range.start..middle)? {
            Some(_) => range.start..middle,
            None => middle..range.end,
        };
    }
    let found = errors(range.clone())?;
    Ok(found.map(|text| (range.start, text)).into_iter().collect())
}

/// Whose files the errors name: for `blame` of [`without_culprits`].
pub fn owners<T>(
    entries: &[T],
    errors: &[ZigError],
    owns: impl Fn(&T, &str) -> bool,
) -> BTreeMap<usize, String> {
    let mut owners: BTreeMap<usize, String> = BTreeMap::new();
    for error in errors {
        let Some(place) = &error.place else { continue };
        for (index, entry) in entries.iter().enumerate() {
            if owns(entry, &place.path) {
                owners.entry(index).or_default().push_str(&error.text);
            }
        }
    }
    owners
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(text: &str) -> Vec<ZigError> {
        zig_errors(text, "/stage", &|path| path != "root.zig")
    }

    /// A compiler that refuses `bad` files, and calls the root at fault for those that it names `hidden`.
    fn compile(entries: &[&str]) -> Result<Compiled> {
        let said: String = entries
            .iter()
            .filter(|entry| entry.contains("bad"))
            .map(|entry| format!("{entry}:1:2: error: no\n"))
            .collect();
        Ok(match (said.is_empty(), entries.contains(&"hidden.zig")) {
            (true, true) => Compiled::Errors(errors("root.zig:1:1: error: no\n")),
            (true, false) => Compiled::Built,
            (false, _) => Compiled::Errors(errors(&said)),
        })
    }

    fn build(entries: &[&'static str]) -> Result<Gathered<&'static str>> {
        without_culprits(entries.to_vec(), compile, |entries, errors| {
            Ok(owners(entries, errors, |entry, path| *entry == path))
        })
    }

    #[test]
    fn what_does_not_compile_is_set_aside_with_its_own_errors_and_the_rest_is_built() {
        let built = build(&["a.zig", "bad.zig", "b.zig", "bad2.zig"]).unwrap();
        assert_eq!(built.compiled, Some(Compiled::Built));
        assert_eq!(built.entries, ["a.zig", "b.zig"]);
        let culprits = [
            ("bad.zig", "bad.zig:1:2: error: no\n".to_string()),
            ("bad2.zig", "bad2.zig:1:2: error: no\n".to_string()),
        ];
        assert_eq!(built.culprits, culprits);
    }

    #[test]
    fn what_is_too_large_is_found_although_the_linker_names_nobody() {
        let compile = |entries: &[&str]| {
            let is_large = entries.iter().any(|entry| entry.contains("large"));
            Ok(match is_large {
                true => Compiled::Errors(errors(
                    "error: wasm-ld: initial memory too small, 9 bytes needed\n",
                )),
                false => Compiled::Built,
            })
        };
        let entries = vec!["a.zig", "large.zig", "b.zig", "c.zig", "large2.zig"];
        let built = without_culprits(entries, compile, |_, _| Ok(BTreeMap::new())).unwrap();
        assert_eq!(built.entries, ["a.zig", "b.zig", "c.zig"]);
        let culprits: Vec<&str> = built.culprits.iter().map(|(entry, _)| *entry).collect();
        assert_eq!(culprits, ["large.zig", "large2.zig"]);
        assert!(built.culprits[0].1.contains("initial memory too small"));
    }

    #[test]
    fn nothing_is_compiled_when_nothing_is_left() {
        let built = build(&["bad.zig"]).unwrap();
        assert_eq!((built.compiled, built.culprits.len()), (None, 1));
    }

    #[test]
    fn errors_that_are_of_no_source_end_it_and_are_shown() {
        let error = build(&["a.zig", "hidden.zig"]).unwrap_err().to_string();
        assert!(error.contains("root.zig:1:1: error: no"), "{error}");
    }
}
