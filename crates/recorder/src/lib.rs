//! Records memory diagrams from real executions. What is recorded is a [`book_trace::Trace`].
//!
//! | module | what |
//! |---|---|
//! | [`build`] | compiles every traced listing into one WebAssembly program |
//! | [`wasm`], `dwarf`, `writing` | read the program, its debug information, what it writes (pure) |
//! | `instrument`, [`program`], [`role`], `rows` | make it tell the host what it does (pure) |
//! | [`record`] | runs it, and takes down a step at each statement |
//! | [`run`] | runs a program as the page does |
//! | `slices` | interprets either, so that it can be called off |
//! | `wasi` | the system that programs meet in either (pure) |
//! | `names` | names as a reader writes them (pure) |
//!
//! Only [`build`] runs a program, the compiler. Knows nothing of pages.

pub mod build;
mod dwarf;
mod instrument;
mod names;
pub mod program;
pub mod record;
pub mod role;
mod rows;
pub mod run;
mod slices;
mod wasi;
pub mod wasm;
mod writing;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use anyhow::Result;

use book_listing::{Catalog, Id, Language, Listing, Mode};
use book_support::diagnostic::Diagnostic;
use book_support::project::Project;
use book_trace::Trace;
use build::{TraceBuilder, TraceEntry};
use program::InstrumentedProgram;
pub use record::Limits;
use record::host::Machine;

/// Changes with the sources of this crate: what an older recorder saw is recorded again.
pub const SOURCE_HASH: &str = env!("SOURCE_HASH");

/// What recording found.
#[derive(Debug, Default)]
pub struct RecordedTraces {
    /// Of the listings that were recorded, each whole.
    pub traces: BTreeMap<Id, Trace>,
    /// Listings that cannot be recorded.
    pub problems: Vec<Diagnostic>,
}

/// The listings that declare `trace`.
pub fn traced(catalog: &Catalog) -> impl Iterator<Item = &Listing> {
    catalog
        .iter()
        .filter(|listing| listing.language == Language::Zig && listing.declaration.trace)
}

/// What a person is told when [`record_all`] waits.
pub const WAITING: &str = "waiting for another run to record its memory diagrams";

/// Records every listing of `listings`, compiled together. `waiting` is called when another run records, before that is
/// waited for.
///
/// # Errors
///
/// When the program cannot be built or read; what is wrong with one listing is in [`RecordedTraces::problems`].
pub fn record_all(
    project: &Project,
    zig: &Path,
    listings: &[&Listing],
    waiting: &(dyn Fn() + Sync),
) -> Result<RecordedTraces> {
    let mut recorded = RecordedTraces::default();
    let mut entries = Vec::new();
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for listing in listings {
        if let Some(problem) = unfit(listing) {
            recorded.problems.push(problem);
            continue;
        }
        entries.push(TraceEntry {
            name: listing.id.to_string(),
            path: listing.staged_path(),
            is_test: listing.declaration.expectation.is_test(),
            test: None,
        });
        files.insert(listing.staged_path(), listing.source.clone().into_bytes());
        for support in &listing.support {
            files.insert(support.path.clone(), support.bytes.clone());
        }
    }
    let builder = TraceBuilder {
        zig,
        work: project.work(),
        name: "trace",
        waiting,
    };
    let found = record_entries(&builder, &entries, &files, Limits::default())?;
    for (name, result) in found {
        let Some(listing) = listings
            .iter()
            .find(|listing| listing.id.to_string() == name)
        else {
            continue;
        };
        match result {
            Ok(trace) => {
                recorded.traces.insert(listing.id.clone(), trace);
            }
            Err(NotRecorded::DoesNotBuild(errors)) => recorded.problems.push(
                Diagnostic::new(
                    &listing.path,
                    "it declares `trace`, and does not build for 32-bit WebAssembly",
                )
                .line(1)
                .detail(errors)
                .hint("use `usize` for lengths and indices, or remove `//@ trace`"),
            ),
            Err(NotRecorded::CannotBeRecorded(reason)) => recorded.problems.push(
                Diagnostic::new(&listing.path, format!("it cannot be traced: {reason}")).line(1),
            ),
        }
    }
    Ok(recorded)
}

/// Records one test of an exercise. The second result is the sources that the trace speaks of.
///
/// # Errors
///
/// When the program cannot be built or read.
pub fn record_exercise(
    project: &Project,
    zig: &Path,
    name: &str,
    tests: &str,
    attempt: &str,
    test: &str,
) -> Result<(Result<Trace, NotRecorded>, BTreeMap<String, String>)> {
    // The tests import a module; here it is a file beside them.
    let tests = tests.replace("@import(\"exercise\")", "@import(\"exercise.zig\")");
    let path = format!("{name}/tests.zig");
    let sources = BTreeMap::from([
        (path.clone(), tests),
        (format!("{name}/exercise.zig"), attempt.to_string()),
    ]);
    let files = sources
        .iter()
        .map(|(path, text)| (path.clone(), text.clone().into_bytes()))
        .collect();
    let entry = TraceEntry {
        name: name.to_string(),
        path,
        is_test: true,
        test: Some(format!("test.{test}")),
    };
    let builder = TraceBuilder {
        zig,
        work: project.work(),
        name: "trace-exercise",
        // The terminal shows an exercise, and this takes a moment.
        waiting: &|| {},
    };
    let mut found = record_entries(&builder, &[entry], &files, Limits::default())?;
    let recorded = found
        .remove(name)
        .unwrap_or_else(|| Err(NotRecorded::CannotBeRecorded("it was not run".into())));
    Ok((recorded, sources))
}

/// Why a listing's declarations and `trace` do not go together.
fn unfit(listing: &Listing) -> Option<Diagnostic> {
    use book_listing::Expectation::CompileError;
    let declaration = &listing.declaration;
    let why = if matches!(declaration.expectation, CompileError(_)) {
        "a listing that does not compile cannot be traced"
    } else if declaration.mode != Mode::Debug {
        "a trace is of a Debug build, and the listing asks for another mode"
    } else if declaration.libc {
        "a trace is of a program without the C library"
    } else if listing.stands_alone() {
        "a trace is of a program of many, and the listing decides for the whole program"
    } else {
        return None;
    };
    Some(
        Diagnostic::new(&listing.path, why)
            .line(1)
            .hint("remove `//@ trace`"),
    )
}

/// Why there is no trace of an entry.
#[derive(Debug)]
pub enum NotRecorded {
    /// The compiler refuses it: what it says.
    DoesNotBuild(String),
    /// It was built, and its run could not be taken down: a sentence.
    CannotBeRecorded(String),
}

/// Builds and records entries; the results are by the entries' names.
///
/// # Errors
///
/// When Zig cannot be run, or makes a program that cannot be read.
pub fn record_entries(
    builder: &TraceBuilder<'_>,
    entries: &[TraceEntry],
    files: &BTreeMap<String, Vec<u8>>,
    limits: Limits,
) -> Result<BTreeMap<String, Result<Trace, NotRecorded>>> {
    let mut found = BTreeMap::new();
    let built = builder.build(entries, files)?;
    for broken in built.broken {
        found.insert(broken.name, Err(NotRecorded::DoesNotBuild(broken.errors)));
    }
    if !built.entries.is_empty() {
        let root = built.root.to_string_lossy();
        found.extend(record_built(
            &built.wasm,
            &root,
            &built.entries,
            files,
            limits,
            &AtomicBool::new(false),
        )?);
    }
    Ok(found)
}

/// Records the entries of a program that was built below the folder `root` from `files` and what
/// [`roots`](build::roots) makes of `entries`; the results are by the entries' names. What runs when `canceled` is set has
/// no trace.
///
/// # Errors
///
/// When the program cannot be read.
pub fn record_built(
    wasm: &[u8],
    root: &str,
    entries: &[TraceEntry],
    files: &BTreeMap<String, Vec<u8>>,
    limits: Limits,
    canceled: &AtomicBool,
) -> Result<BTreeMap<String, Result<Trace, NotRecorded>>> {
    let mut found = BTreeMap::new();
    let sources: BTreeMap<String, String> = files
        .iter()
        .filter(|(path, _)| path.ends_with(".zig"))
        .map(|(path, bytes)| (path.clone(), String::from_utf8_lossy(bytes).into_owned()))
        .collect();
    let program = InstrumentedProgram::read(wasm, root, &sources)?;
    let machine = Machine::new(&program)?;
    for (index, entry) in entries.iter().enumerate() {
        let name = entry.path.trim_end_matches(".zig");
        let result = machine
            .record_until(index as u32, name, limits, canceled)
            .map_err(|error| NotRecorded::CannotBeRecorded(format!("{error:#}")));
        found.insert(entry.name.clone(), result);
    }
    Ok(found)
}
