//! Exercises in the page: the reader's file is opened, saved and checked over the network, where nothing of it may run on
//! the machine itself. It is built and run by the lab, and the report is in the words of the terminal.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use super::attempt::{AttemptOutcome, Attempted, Ending};
use super::diagram::TestDiagram;
use super::explain::ReportView;
use super::outcome::Tests;
use super::reader::{self, ReaderProgress, Record};
use super::style::Style;
use super::{Exercise, diagram, discover};
use book_lab::errors::CompileError;
use book_lab::program::ReaderProgram;
use book_lab::{PageBuild, RecordingOutcome};
use book_listing::Language;
use book_recorder::run::{RunEnd, Runnable};
use book_support::files::{write_new, write_whole};
use book_support::lock::lock;
use book_support::project::Project;

/// The language of the page's editor.
const ZIG: Language = Language::Zig;

/// A reader's file as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedFile {
    /// Relative to the repository's root.
    pub file: PathBuf,
    /// The text of the file.
    pub source: String,
    /// What tells this content from another; empty while there is no file.
    pub version: String,
    /// Whether it passes, or did.
    pub solved: bool,
}

/// What became of a save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveOutcome {
    /// The version of what is in the file now.
    Kept(String),
    /// The file is no longer what was opened, and was left as it is.
    Changed(OpenedFile),
}

/// What became of a check.
pub struct CheckOutcome {
    /// What the terminal says.
    pub report: String,
    /// What the compiler finds wrong in the reader's file.
    pub errors: Vec<CompileError>,
    /// Of the first test that fails.
    pub diagram: Option<TestDiagram>,
    /// Whether all tests pass, which is then noted.
    pub solved: bool,
}

/// The reader's file; the starter where there is none yet, and then nothing is written.
///
/// # Errors
///
/// When it cannot be read.
pub fn open(project: &Project, exercise: &Exercise) -> Result<OpenedFile> {
    let file = reader::file(exercise, ZIG);
    let path = project.root().join(&file);
    let source = match fs::read(&path) {
        // As a full disk leaves one: there is nothing in it to lose.
        Ok(bytes) if bytes.is_empty() => None,
        Ok(bytes) => Some(
            String::from_utf8(bytes).with_context(|| format!("{} is not UTF-8", file.display()))?,
        ),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => {
            return Err(error).with_context(|| format!("cannot read {}", file.display()));
        }
    };
    Ok(OpenedFile {
        version: source.as_deref().map_or(String::new(), reader::hash),
        source: source.unwrap_or_else(|| exercise.languages[&ZIG].starter.clone()),
        solved: is_solved(&Record::load(project), project, exercise),
        file,
    })
}

/// The names of those of `exercises` that pass in one of the languages, or did.
pub fn solved<'e>(project: &Project, exercises: &'e [Exercise]) -> Vec<&'e str> {
    let record = Record::load(project);
    exercises
        .iter()
        .filter(|exercise| is_solved(&record, project, exercise))
        .map(|exercise| exercise.name.as_str())
        .collect()
}

fn is_solved(record: &Record, project: &Project, exercise: &Exercise) -> bool {
    [Language::Zig, Language::Rust].iter().any(|&language| {
        let state = record.state(project, exercise, language);
        matches!(
            state,
            ReaderProgress::Passes | ReaderProgress::PassedBefore | ReaderProgress::Removed
        )
    })
}

/// Writes `source` into the reader's file if that is still what it was at `version`.
///
/// # Errors
///
/// When the file cannot be read or written: then it is as it was.
pub fn save(
    project: &Project,
    exercise: &Exercise,
    source: &str,
    version_before: &str,
) -> Result<SaveOutcome> {
    // Two pages that save at once take turns.
    let _lock = lock(&project.work().join("saves"), || ())?;
    let now = open(project, exercise)?;
    let path = project.root().join(&now.file);
    if now.version != version_before {
        // Somebody who wants the same is not asked.
        return Ok(if now.source == source && !now.version.is_empty() {
            SaveOutcome::Kept(now.version)
        } else {
            SaveOutcome::Changed(now)
        });
    }
    if now.version.is_empty() {
        let folder = path.parent().expect("a file is in a folder");
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let is_empty = fs::metadata(&path).is_ok_and(|file| file.len() == 0);
        if is_empty {
            write_whole(&path, source.as_bytes())?;
        } else if !write_new(&path, source.as_bytes())? {
            // Somebody was faster.
            return Ok(SaveOutcome::Changed(open(project, exercise)?));
        }
    } else if now.source != source {
        write_whole(&path, source.as_bytes())?;
    }
    Ok(SaveOutcome::Kept(reader::hash(source)))
}

/// Builds `source` with the tests, runs them in the interpreter, and notes it if all pass. The report is folded to
/// `columns`, within reason.
///
/// # Errors
///
/// When the compiler cannot be run, or the work folder not be written.
pub fn check(
    project: &Project,
    exercise: &Exercise,
    source: &str,
    columns: Option<usize>,
    canceled: &Arc<AtomicBool>,
) -> Result<CheckOutcome> {
    let started = Instant::now();
    let program = program(exercise, source);
    let mut errors = Vec::new();
    let mut outcome = match &program {
        Err(sentence) => AttemptOutcome::BuildStopped(sentence.clone()),
        Ok(program) => match book_lab::build(project, program, canceled)? {
            PageBuild::Module(module) => ran(&module, canceled)?,
            PageBuild::Broken(broken) => {
                let said = broken.errors.iter().map(|error| words(exercise, error));
                let outcome = match (broken.sentence, broken.errors.is_empty()) {
                    (Some(sentence), _) => AttemptOutcome::BuildStopped(sentence),
                    (None, true) => AttemptOutcome::DoesNotBuild(vec![broken.text]),
                    (None, false) => AttemptOutcome::DoesNotBuild(said.collect()),
                };
                errors = broken.errors;
                errors.retain(|error| error.file.as_deref() == Some(READER));
                outcome
            }
        },
    };
    let mut drawn = None;
    if let (Ok(program), AttemptOutcome::Ran(tests, _)) = (&program, &mut outcome)
        && let Some(failed) = tests.runs.iter_mut().find(|run| !run.passed())
        && let Ok(program) = program.clone().with_test(&failed.name)
        && let RecordingOutcome::Trace(found) = book_lab::record(project, &program, canceled)?
    {
        let found = TestDiagram {
            trace: found.trace,
            sources: found.sources,
            test: failed.name.clone(),
        };
        failed.said.push_str(&stack(exercise, &found));
        drawn = Some(found);
    }
    let attempted = Attempted {
        outcome,
        source: source.to_string(),
        elapsed: started.elapsed(),
    };
    let solved = attempted.passes();
    if solved {
        Record::note(project, exercise, ZIG, source)?;
    }
    let messages = discover::messages(project)?;
    let view = ReportView {
        messages: &messages,
        exercise,
        language: ZIG,
        style: Style {
            width: columns.map_or(Style::PLAIN.width, |columns| columns.clamp(32, 100)),
            ..Style::PLAIN
        },
    };
    Ok(CheckOutcome {
        report: view.report(&attempted),
        errors,
        diagram: drawn,
        solved,
    })
}

/// The names of the two files in the program.
const READER: &str = "exercise.zig";
const TESTS: &str = "tests.zig";

fn program(exercise: &Exercise, source: &str) -> Result<ReaderProgram, String> {
    if let Some(sentence) = book_lab::program::refused(source) {
        return Err(sentence);
    }
    // At the terminal the reader's file is a module of its own; here it is a file beside the tests.
    let tests = &exercise.languages[&ZIG].tests;
    let tests = tests.replace("@import(\"exercise\")", "@import(\"exercise.zig\")");
    let files = BTreeMap::from([
        (TESTS.to_string(), tests.into_bytes()),
        (READER.to_string(), source.as_bytes().to_vec()),
    ]);
    ReaderProgram::new(TESTS, files)
}

/// Runs the module of the tests.
fn ran(module: &[u8], canceled: &AtomicBool) -> Result<AttemptOutcome> {
    let (printed, end) = Runnable::new(module)?.run_until("program", canceled)?;
    if canceled.load(Ordering::Relaxed) {
        bail!("nobody waits for the report any more");
    }
    let ending = match end {
        RunEnd::Exited(0) => Ending::Passed,
        RunEnd::Exited(_) | RunEnd::Trapped(_) => Ending::Failed,
        RunEnd::Stopped if printed.len() > MUCH => Ending::Flooded,
        RunEnd::Stopped => Ending::TimedOut(None),
    };
    Ok(AttemptOutcome::Ran(Tests::read(&printed, ZIG), ending))
}

/// What is stopped after so many bytes was stopped because of them.
const MUCH: usize = 150_000;

/// The compiler's words, with the paths that the terminal names.
fn words(exercise: &Exercise, error: &CompileError) -> String {
    let place = |file: &str, line: u32, column: u32| {
        format!("{}:{line}:{column}", path(exercise, file).display())
    };
    let mut text = format!(
        "{}: error: {}\n",
        place(
            error.file.as_deref().unwrap_or_default(),
            error.line,
            error.column
        ),
        error.message
    );
    for note in &error.notes {
        let at = note
            .line
            .map_or(String::new(), |line| format!("line {line}: "));
        text.push_str(&format!("note: {at}{}\n", note.message));
    }
    text
}

/// Where a file of the program is, relative to the repository's root.
fn path(exercise: &Exercise, file: &str) -> PathBuf {
    match file {
        READER => reader::file(exercise, ZIG),
        TESTS => exercise.file("tests", ZIG),
        other => Path::new(other).to_path_buf(),
    }
}

/// Where a test fails, in the form of the stack traces that WebAssembly does not have: the recorder knows the calls.
fn stack(exercise: &Exercise, drawn: &diagram::TestDiagram) -> String {
    let Some(step) = drawn.trace.steps.get(drawn.failure() - 1) else {
        return String::new();
    };
    let mut text = String::from("\n");
    for frame in step.frames.iter().rev() {
        let file = drawn.trace.files.get(frame.at.file);
        let file = file.map_or("", |path| path.rsplit('/').next().unwrap_or(path));
        text.push_str(&format!(
            "{}:{}:1: 0x0 in {} ({file})\n",
            path(exercise, file).display(),
            frame.at.line,
            frame.function
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    #[test]
    fn a_page_and_an_editor_never_write_over_each_other() {
        let folder = tempfile::tempdir().unwrap();
        let (project, exercise) = (testing::project(folder.path()), testing::exercise());
        let path = project.root().join(reader::file(&exercise, ZIG));
        let opened = open(&project, &exercise).unwrap();
        assert_eq!((opened.version.as_str(), opened.solved), ("", false));
        assert_eq!(opened.source, exercise.languages[&ZIG].starter);
        assert!(!path.exists(), "opening writes nothing");

        // The terminal begins at the same moment.
        reader::start(&project, &exercise, ZIG).unwrap();
        let there = open(&project, &exercise).unwrap();
        assert_eq!(
            save(&project, &exercise, "mine", "").unwrap(),
            SaveOutcome::Changed(there.clone())
        );
        let SaveOutcome::Kept(mine) = save(&project, &exercise, "mine", &there.version).unwrap()
        else {
            panic!("it was as it was opened");
        };
        assert_eq!(fs::read_to_string(&path).unwrap(), "mine");

        fs::write(&path, "theirs").unwrap();
        let theirs = open(&project, &exercise).unwrap();
        assert_eq!(
            save(&project, &exercise, "mine too", &mine).unwrap(),
            SaveOutcome::Changed(theirs)
        );
        assert_eq!(fs::read_to_string(&path).unwrap(), "theirs");
        // The same in both places is no conflict.
        assert!(matches!(
            save(&project, &exercise, "theirs", &mine).unwrap(),
            SaveOutcome::Kept(_)
        ));
        // What is gone is not made again without a word.
        fs::remove_file(&path).unwrap();
        assert!(matches!(
            save(&project, &exercise, "mine", &mine).unwrap(),
            SaveOutcome::Changed(_)
        ));
        assert!(!path.exists());
    }
}
