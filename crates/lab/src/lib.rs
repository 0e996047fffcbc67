//! The lab: a program that a reader wrote, built, run and recorded. The terminal, the server and exercises come in here
//! with sources, and go with errors by their lines, or with a module for the page, or with a trace and how it ended.
//!
//! | module | what |
//! |---|---|
//! | [`program`] | a program: its files, what in it is run, what the lab refuses (pure) |
//! | [`gather`] | reads a program from the disk, with what it imports |
//! | [`compile`] | the compiler, in a folder of its own and with limits |
//! | [`errors`] | what the compiler says, by file and line (pure) |
//! | [`outcome`] | how a recorded program ended, in a sentence (pure) |
//!
//! Nothing of a reader's program runs on the machine itself: the page runs the module in its worker, and what is recorded
//! runs in an interpreter.

pub mod compile;
pub mod errors;
pub mod gather;
pub mod outcome;
pub mod program;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use book_recorder::{self as recorder, Limits, NotRecorded};
use book_support::patience::patient;
use book_support::project::Project;
use book_trace::Trace;
use compile::{CompilerSlot, LabModule, Purpose};
use errors::CompileError;
use outcome::ProgramOutcome;
use program::ReaderProgram;

/// What became of a program that was to be built for the page.
#[derive(Clone, Debug)]
pub enum PageBuild {
    /// A module for WASI: its bytes.
    Module(Vec<u8>),
    /// There is none, and why.
    Broken(Broken),
}

/// Why there is no program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Broken {
    /// What the compiler finds wrong, by line.
    pub errors: Vec<CompileError>,
    /// All that it said, its paths relative to the program's folder.
    pub text: String,
    /// Why it was stopped, or why the program is refused.
    pub sentence: Option<String>,
}

/// What became of a program that was to be recorded.
#[derive(Debug)]
pub enum RecordingOutcome {
    /// It was not built, and why.
    Broken(Broken),
    /// It was built, and there is no trace of it: why.
    Not(String),
    /// It was built and ran, to its end or to one of the limits.
    Trace(Box<Recording>),
}

/// A program's recorded execution.
#[derive(Debug)]
pub struct Recording {
    /// Every step, up to the end or the limit.
    pub trace: Trace,
    /// By the paths of [`Trace::files`].
    pub sources: BTreeMap<String, String>,
    /// All that it printed.
    pub output: String,
    /// How it ended.
    pub outcome: ProgramOutcome,
}

/// What recording a reader's program may cost.
pub fn limits() -> Limits {
    Limits {
        time: Some(patient(Duration::from_secs(10))),
        ..Limits::default()
    }
}

/// All that was printed in a recorded execution, even in steps that are left out of it.
fn printed(trace: &Trace) -> String {
    let pieces = trace.steps.iter().flat_map(|step| {
        let gap = step.gap.as_ref().map(|gap| gap.output.as_str());
        gap.into_iter().chain([step.output.as_str()])
    });
    pieces.collect()
}

/// Builds `program` as a module for the page.
///
/// # Errors
///
/// When the compiler cannot be run, or the work folder not be written.
pub fn build(
    project: &Project,
    program: &ReaderProgram,
    canceled: &Arc<AtomicBool>,
) -> Result<PageBuild> {
    let bench = CompilerSlot::new(project, canceled)?;
    Ok(match bench.compile(program, Purpose::Page)? {
        LabModule::Module { wasm, .. } => PageBuild::Module(wasm),
        LabModule::Broken(broken) => PageBuild::Broken(broken),
    })
}

/// Builds `program`, runs it in the interpreter, and takes down what is in memory at each of its statements.
///
/// # Errors
///
/// When the compiler cannot be run, or the work folder not be written.
pub fn record(
    project: &Project,
    program: &ReaderProgram,
    canceled: &Arc<AtomicBool>,
) -> Result<RecordingOutcome> {
    let bench = CompilerSlot::new(project, canceled)?;
    let (wasm, root) = match bench.compile(program, Purpose::Trace)? {
        LabModule::Module { wasm, root } => (wasm, root),
        LabModule::Broken(broken) => return Ok(RecordingOutcome::Broken(broken)),
    };
    let entries = [program.entry()];
    let root = root.to_string_lossy();
    let files = &program.files;
    let found = recorder::record_built(&wasm, &root, &entries, files, limits(), canceled)?;
    if canceled.load(Ordering::Relaxed) {
        bail!("nobody waits for the diagram any more");
    }
    let result = found.into_values().next().context("nothing was run")?;
    Ok(match result {
        Ok(trace) => RecordingOutcome::Trace(Box::new(Recording {
            output: printed(&trace),
            outcome: outcome::of(&trace, program.kind),
            sources: program.sources(),
            trace,
        })),
        Err(NotRecorded::CannotBeRecorded(why) | NotRecorded::DoesNotBuild(why)) => {
            RecordingOutcome::Not(why)
        }
    })
}
