//! Tries a reader's file: one build, one run, straight from where the file is. What authors check goes another
//! way ([`super::check`]), many sources in one program; a reader waits for one.
//!
//! The programs are made in a folder of the work folder, held by a lock: two terminals may try the same file.

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::outcome::Tests;
use super::{Exercise, reader};
use book_listing::Language;
use book_support::bounded::zig_cache;
use book_support::files::{with_line_feeds, write_whole};
use book_support::patience::patient;
use book_support::process::{Finished, ProcessEnd, Spec};
use book_support::project::Project;
use book_support::visible::{for_terminal, visible};
use book_toolchain as toolchain;
use book_toolchain::compile::{Compilation, CompileLimits, Compiled, Limit};
use book_toolchain::rust_errors::RustcMessage;

/// How long the tests may run. Those of a good solution take milliseconds.
const RUN_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a build may take, on a slow machine and with nothing built before.
const BUILD_TIMEOUT: Duration = Duration::from_secs(300);
/// How long one may take once the standard library is built. Without an endless loop at compile time it takes seconds.
const WARM_BUILD_TIMEOUT: Duration = Duration::from_secs(45);
/// The most memory that the tests may use, in bytes. Those of a good solution use a few millions.
const RUN_MEMORY: u64 = 1 << 30;
/// The most memory that a compiler may use, in bytes; for an exercise it uses half a billion.
const BUILD_MEMORY: u64 = 4 << 30;
/// The most that tests may print, in bytes.
const OUTPUT_LIMIT: usize = 1 << 20;

/// What became of a reader's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttemptOutcome {
    /// The compiler's errors, each with its source line and notes.
    DoesNotBuild(Vec<String>),
    /// The compiler was stopped, and why: a sentence.
    BuildStopped(String),
    /// It was built and run: what its tests did, and how the run ended.
    Ran(Tests, Ending),
}

/// How the run of the tests ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// With status 0.
    Passed,
    /// With another status, or by a signal.
    Failed,
    /// It was stopped: after so many seconds, or by an interpreter, which counts instructions.
    TimedOut(Option<u64>),
    /// It was stopped because it printed too much.
    Flooded,
    /// It was stopped because it used more than `RUN_MEMORY`.
    Hoarded,
}

/// One attempt.
#[derive(Clone, Debug)]
pub struct Attempted {
    /// What came of it.
    pub outcome: AttemptOutcome,
    /// The file as it was read just before.
    pub source: String,
    /// Building and running, by the clock.
    pub elapsed: Duration,
}

impl Attempted {
    /// Whether it solves the exercise: every test ran and passed, and nothing leaked.
    pub fn passes(&self) -> bool {
        matches!(&self.outcome, AttemptOutcome::Ran(tests, Ending::Passed)
            if tests.total > 0 && tests.passed() == tests.total)
    }
}

/// Everything that trying a file takes, found once.
#[derive(Clone, Debug)]
pub struct AttemptSetup {
    project: Project,
    language: Language,
    /// The reader's file and the tests, relative to the repository's root.
    file: PathBuf,
    tests: PathBuf,
    compiler: PathBuf,
    folder: PathBuf,
}

impl AttemptSetup {
    /// Finds the compiler, and installs Zig if it is nowhere.
    ///
    /// # Errors
    ///
    /// When there is no compiler, or the work folder cannot be written.
    pub fn new(project: &Project, exercise: &Exercise, language: Language) -> Result<AttemptSetup> {
        project.writable()?;
        let compiler = if language == Language::Zig {
            toolchain::zig::find_or_install(project)?.path
        } else {
            toolchain::rust::find(project)?;
            "rustc".into()
        };
        let folder =
            project
                .work()
                .join("attempts")
                .join(format!("{}-{}", exercise.name, language.word()));
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        Ok(AttemptSetup {
            project: project.clone(),
            language,
            file: reader::file(exercise, language),
            tests: exercise.file("tests", language),
            compiler,
            folder,
        })
    }

    /// Whether the standard library has still to be compiled, which takes some ten seconds.
    pub fn is_cold(&self) -> bool {
        self.language == Language::Zig && !self.zig_cache().join("z").is_dir()
    }

    fn zig_cache(&self) -> PathBuf {
        zig_cache(&self.project.work())
    }

    /// Builds the file, runs its tests, and says what happened.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or a compiler cannot do its work.
    pub fn attempt(&self) -> Result<Attempted> {
        let lock = File::create(self.folder.join("lock")).context("cannot make a lock")?;
        lock.lock().context("cannot lock the folder of attempts")?;
        let started = Instant::now();
        let path = self.project.root().join(&self.file);
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let built = match self.language {
            Language::Zig => self.build_zig()?,
            _ => self.build_rust()?,
        };
        let outcome = match built {
            Ok(program) => self.run(&program)?,
            Err(outcome) => outcome,
        };
        Ok(Attempted {
            outcome,
            source: with_line_feeds(String::from_utf8_lossy(&bytes).into_owned()),
            elapsed: started.elapsed(),
        })
    }

    fn build_zig(&self) -> Result<Result<PathBuf, AttemptOutcome>> {
        let runner = self.folder.join("test_runner.zig");
        if fs::read(&runner).ok().as_deref() != Some(book_check::TEST_RUNNER.as_bytes()) {
            write_whole(&runner, book_check::TEST_RUNNER.as_bytes())?;
        }
        let program = self.folder.join("tests");
        let mut arguments: Vec<OsString> = vec!["test".into(), "--test-no-exec".into()];
        arguments.extend(["--test-runner".into(), runner.into()]);
        arguments.extend(["--dep".into(), "exercise".into()]);
        arguments.push(format!("-Mroot={}", self.tests.display()).into());
        arguments.push(format!("-Mexercise={}", self.file.display()).into());
        let compiled = Compilation {
            zig: &self.compiler,
            folder: self.project.root(),
            work: &self.project.work(),
            what: &self.file.display().to_string(),
            arguments,
            program: Some(&program),
            is_source: &|path| {
                [&self.file, &self.tests]
                    .iter()
                    .any(|file| *file == Path::new(path))
            },
            gathered: false,
            limits: CompileLimits {
                time: self.build_timeout(),
                memory: Some(BUILD_MEMORY),
                ..CompileLimits::default()
            },
            canceled: None,
        };
        Ok(match compiled.compile()? {
            Compiled::Built => Ok(program),
            Compiled::Errors(errors) => {
                let errors = errors.iter().map(|error| for_terminal(&error.text));
                Err(AttemptOutcome::DoesNotBuild(errors.collect()))
            }
            Compiled::Stopped(limit, _) => Err(AttemptOutcome::BuildStopped(self.stopped(limit))),
        })
    }

    /// Two calls: as a crate of its own, a reader's file may say `crate::` and has no lints of the tests'.
    fn build_rust(&self) -> Result<Result<PathBuf, AttemptOutcome>> {
        let library = self.folder.join("libexercise.rlib");
        let program = self.folder.join("tests");
        let compile = |arguments: &[&str], source: &Path, out: &Path| {
            self.rustc()
                .args(["--edition", "2024", "-C", "debuginfo=0", "-A", "warnings"])
                .args(["--error-format", "json"])
                .args(arguments)
                .arg(source)
                .arg("-o")
                .arg(out)
                .run()
        };
        let finished = compile(
            &["--crate-type", "lib", "--crate-name", "exercise"],
            &self.file,
            &library,
        )?;
        if !finished.success() {
            return self.rust_stopped_or_errors(&finished).map(Err);
        }
        let library = format!("exercise={}", library.display());
        let finished = compile(&["--test", "--extern", &library], &self.tests, &program)?;
        if !finished.success() {
            return self.rust_stopped_or_errors(&finished).map(Err);
        }
        Ok(Ok(program))
    }

    fn rust_stopped_or_errors(&self, finished: &Finished) -> Result<AttemptOutcome> {
        let limit = match finished.end {
            ProcessEnd::TimedOut => Limit::Time,
            ProcessEnd::Hoarded => Limit::Memory,
            ProcessEnd::Flooded => Limit::Output,
            _ => return rust_errors(finished).map(AttemptOutcome::DoesNotBuild),
        };
        Ok(AttemptOutcome::BuildStopped(self.stopped(limit)))
    }

    /// Why the compiler was stopped.
    fn stopped(&self, limit: Limit) -> String {
        let what = match limit {
            Limit::Time | Limit::Processor | Limit::Canceled => {
                format!("was still at it after {} s", self.build_timeout().as_secs())
            }
            Limit::Memory => format!("used more than {} GiB of memory", BUILD_MEMORY >> 30),
            Limit::Output => "printed without end".to_string(),
        };
        format!(
            "The compiler {what} and was stopped. Something that it works out for itself, such as a loop at compile time, \
             has no end."
        )
    }

    fn build_timeout(&self) -> Duration {
        if self.is_cold() {
            patient(BUILD_TIMEOUT)
        } else {
            patient(WARM_BUILD_TIMEOUT)
        }
    }

    fn rustc(&self) -> Spec {
        // Paths in messages are then relative to the repository, as a reader sees them.
        toolchain::rust::environment(Spec::new(&self.compiler))
            .folder(self.project.root())
            .timeout(self.build_timeout())
            .memory_limit(BUILD_MEMORY)
    }

    fn run(&self, program: &Path) -> Result<AttemptOutcome> {
        let timeout = patient(RUN_TIMEOUT);
        let spec = Spec::new(program)
            .folder(&self.folder)
            .clean_environment()
            .timeout(timeout)
            .output_limit(OUTPUT_LIMIT)
            .memory_limit(RUN_MEMORY);
        let finished = match self.language {
            // The runner wants to know which tests, by the start of their names: all.
            Language::Zig => spec.arg(""),
            _ => spec
                .args(["--test-threads=1", "--color=never"])
                .env("RUST_BACKTRACE", "0"),
        }
        .run()?;
        let ending = match finished.end {
            ProcessEnd::Exited(0) => Ending::Passed,
            ProcessEnd::TimedOut => Ending::TimedOut(Some(timeout.as_secs())),
            ProcessEnd::Flooded => Ending::Flooded,
            ProcessEnd::Hoarded => Ending::Hoarded,
            _ => Ending::Failed,
        };
        let mut tests = Tests::read(&visible(&finished.text()), self.language);
        if self.language == Language::Rust {
            let source = self.project.root().join(&self.tests);
            tests.order_as_in(&fs::read_to_string(source).unwrap_or_default());
        }
        Ok(AttemptOutcome::Ran(tests, ending))
    }
}

fn rust_errors(finished: &Finished) -> Result<Vec<String>> {
    let text = finished.text();
    let errors: Vec<String> = text
        .lines()
        .filter_map(|line| serde_json::from_str::<RustcMessage>(line).ok())
        .filter(RustcMessage::is_error)
        .filter_map(|said| Some(for_terminal(&said.rendered?)))
        .collect();
    if errors.is_empty() {
        bail!("rustc broke down ({:?}):\n{text}", finished.end);
    }
    Ok(errors)
}
