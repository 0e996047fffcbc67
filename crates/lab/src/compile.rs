//! Runs the compiler on a reader's program: in a folder of its own in which nothing else lies, and with limits on its
//! time, its memory and its words.

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::Broken;
use super::errors::{self, CompileError, MOST};
use super::program::{ReaderProgram, RunKind};
use book_check::TEST_RUNNER;
use book_recorder::build as recorder;
use book_support::bounded::zig_cache;
use book_support::files::{empty_folder, write_whole};
use book_support::lock::lock;
use book_support::patience::patient;
use book_support::project::Project;
use book_toolchain as toolchain;
use book_toolchain::compile::{Compilation, CompileLimits, Limit, as_declared, run_root};
use book_toolchain::zig_errors::ZigError;

/// How long the compiler may take. Without an endless loop at compile time it takes a second or two.
const TIME: Duration = Duration::from_secs(20);
/// How long it may take before the standard library was ever compiled here, on a slow machine.
const FIRST_TIME: Duration = Duration::from_secs(300);
/// The most memory that the compiler may use, in bytes. For an ordinary program it uses a fifth of it.
const MEMORY: u64 = 2 << 30;
/// The most that the compiler may say, in bytes.
const WORDS: usize = 1 << 20;

/// The largest program that is run, in bytes. An ordinary one has a tenth of it, most of that to say its lines.
const LARGEST: u64 = 16 << 20;

/// The root of a module for the page, and the runner of its tests.
const PAGE_ROOT_FILE: &str = "page_root.zig";
const PAGE_RUNNER_FILE: &str = "page_runner.zig";
/// What a page asks a module for, in the environment variable LISTING.
pub const PAGE_ENTRY: &str = "program";

/// What a program is built for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To run in the page.
    Page,
    /// To be recorded.
    Trace,
}

/// What became of it.
pub enum LabModule {
    /// It was built.
    Module {
        /// A module for WASI.
        wasm: Vec<u8>,
        /// Where the compiler saw the sources.
        root: PathBuf,
    },
    /// It was not built, and why.
    Broken(Broken),
}

/// Everything that compiling takes, held until it is dropped: one program compiles at a time.
pub struct CompilerSlot {
    zig: PathBuf,
    /// The folder in which all this happens.
    work: PathBuf,
    /// Compilers keep their caches here.
    project_work: PathBuf,
    canceled: Arc<AtomicBool>,
    _lock: File,
}

impl CompilerSlot {
    /// Finds the compiler, and waits for other programs that are being compiled.
    ///
    /// # Errors
    ///
    /// When there is no compiler, or the work folder cannot be written.
    pub fn new(project: &Project, canceled: &Arc<AtomicBool>) -> Result<CompilerSlot> {
        project.writable()?;
        let zig = toolchain::zig::find_or_install(project)?.path;
        let work = project.work().join("lab");
        let held = lock(&work, || {})?;
        Ok(CompilerSlot {
            zig,
            project_work: project.work(),
            work,
            canceled: Arc::clone(canceled),
            _lock: held,
        })
    }

    /// Compiles `program` for 32-bit WebAssembly.
    ///
    /// # Errors
    ///
    /// When the compiler cannot be run or breaks down, the disk is full, or nobody wants the result any more.
    pub fn compile(&self, program: &ReaderProgram, purpose: Purpose) -> Result<LabModule> {
        let (roots, arguments) = plan(program, purpose);
        if let Some((name, _)) = roots
            .iter()
            .find(|(name, _)| program.files.contains_key(*name))
        {
            return Ok(LabModule::Broken(Broken {
                sentence: Some(format!(
                    "A file of the program is called {name}, as one that the tool puts beside it: rename it."
                )),
                ..Broken::default()
            }));
        }
        // Nothing of an earlier program lies there: what is not sent along cannot be read.
        let root = empty_folder(&self.work.join("stage"))?;
        let own = program.files.iter();
        let own = own.map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
        for (path, bytes) in own.chain(roots.iter().map(|(name, text)| (*name, text.as_bytes()))) {
            write_whole(&root.join(path), bytes)?;
        }
        let module = self.work.join("program.wasm");
        let is_first = !zig_cache(&self.project_work).join("z").is_dir();
        let time = patient(if is_first { FIRST_TIME } else { TIME });
        let compilation = Compilation {
            zig: &self.zig,
            folder: &root,
            work: &self.project_work,
            what: &program.name,
            arguments,
            program: Some(&module),
            is_source: &|path| program.files.contains_key(path),
            gathered: true,
            limits: CompileLimits {
                time,
                memory: Some(MEMORY),
                output: Some(WORDS),
                ..CompileLimits::default()
            },
            canceled: Some(&self.canceled),
        };
        Ok(match compilation.compile()? {
            toolchain::compile::Compiled::Built => {
                let read = || format!("cannot read {}", module.display());
                if fs::metadata(&module).with_context(read)?.len() > LARGEST {
                    fs::remove_file(&module).with_context(read)?;
                    return Ok(LabModule::Broken(too_large(purpose)));
                }
                let wasm = fs::read(&module).with_context(read)?;
                LabModule::Module { wasm, root }
            }
            toolchain::compile::Compiled::Errors(errors) => {
                LabModule::Broken(match errors.iter().any(ZigError::is_of_size) {
                    true => too_large(purpose),
                    false => broken(&errors, None),
                })
            }
            toolchain::compile::Compiled::Stopped(limit, errors) => {
                let sentence = match limit {
                    Limit::Time | Limit::Processor => {
                        stopped(&format!("after {} s", time.as_secs()))
                    }
                    Limit::Memory => stopped(&format!("at {} GiB of memory", MEMORY >> 30)),
                    Limit::Output => {
                        "The compiler was stopped: it had more to say than anybody could read."
                            .to_string()
                    }
                    Limit::Canceled => bail!("a newer program took the place of this one"),
                };
                LabModule::Broken(broken(&errors, Some(sentence)))
            }
        })
    }
}

/// What a reader is told of errors, and why the compiler was stopped if it was.
fn broken(errors: &[ZigError], sentence: Option<String>) -> Broken {
    let mut told = errors::told(errors);
    let more = told.len().saturating_sub(MOST);
    told.truncate(MOST);
    let sentence = sentence
        .or_else(|| (more > 0).then(|| format!("There are {more} more errors: mend these first.")))
        .or_else(|| told.iter().any(is_of_width).then(|| WIDTH.to_string()));
    Broken {
        errors: told,
        text: errors.iter().map(|error| error.text.as_str()).collect(),
        sentence,
    }
}

/// What a reader is told of a program that is too large for the page, or to be recorded: then it has its data beside its
/// stack, in memory of a size that is the same for all.
fn too_large(purpose: Purpose) -> Broken {
    let sentence = match purpose {
        Purpose::Page => format!(
            "The program has more than {} MiB when it is built, most of it data that it holds from the start: that is more \
             than the lab runs.",
            LARGEST >> 20
        ),
        Purpose::Trace => "The program holds more than 15 MiB of data from its start, and of so much there is no diagram."
            .to_string(),
    };
    Broken {
        sentence: Some(sentence),
        ..Broken::default()
    }
}

/// What a reader of a 64-bit machine does not expect.
const WIDTH: &str = "Programs are built for 32-bit WebAssembly here, where `usize` has 32 bits: a number of 64 needs `@intCast` \
                     to become one. On your own machine this compiles.";

/// Whether an error would not be one where `usize` has 64 bits.
fn is_of_width(error: &CompileError) -> bool {
    let notes = error.notes.iter().map(|note| note.message.as_str());
    let wide = |note: &str| {
        note.starts_with("unsigned 32-bit int cannot represent") && note.contains("64-bit")
    };
    error.message.starts_with("expected type 'usize', found '") && notes.into_iter().any(wide)
}

fn stopped(when: &str) -> String {
    format!(
        "The compiler was stopped {when}: something that it works out for itself, such as a loop at compile time or a table of \
         millions, is too much or has no end."
    )
}

/// The files that are compiled around a program, and what the compiler is told.
fn plan(program: &ReaderProgram, purpose: Purpose) -> (Vec<(&'static str, String)>, Vec<OsString>) {
    if purpose == Purpose::Trace {
        let (roots, arguments) = recorder::alone(&program.entry());
        return (roots.to_vec(), arguments);
    }
    let (roots, first) = match program.kind {
        RunKind::Run => {
            // What the program declares for the standard library counts in the root alone.
            let root = run_root([(PAGE_ENTRY.to_string(), program.name.clone())]);
            let declared =
                as_declared(&program.name, "std.debug.FullPanic(std.debug.defaultPanic)");
            let root = format!("{root}\n{declared}");
            (
                vec![(PAGE_ROOT_FILE, root)],
                vec!["build-exe", PAGE_ROOT_FILE],
            )
        }
        RunKind::Test => (
            vec![(PAGE_RUNNER_FILE, TEST_RUNNER.to_string())],
            vec![
                "test",
                &program.name,
                "--test-runner",
                PAGE_RUNNER_FILE,
                "--test-no-exec",
            ],
        ),
    };
    let others = ["-target", "wasm32-wasi", "-O", "debug", "-fllvm", "-fstrip"];
    let arguments = first.into_iter().chain(others);
    (roots, arguments.map(OsString::from).collect())
}
