//! The memory diagram of one test, run on the reader's file: recorded like a listing's, as 32-bit WebAssembly.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Result, bail};

use super::Exercise;
use book_listing::Language;
use book_recorder::{self as recorder, Problem};
use book_support::files::write_whole;
use book_support::project::Project;
use book_toolchain as toolchain;
use book_trace::{Trace, render};

/// How many steps before the failure are printed.
const BEFORE: usize = 2;

/// A test's recorded execution.
pub struct Diagram {
    pub trace: Trace,
    /// By the paths of [`Trace::files`].
    pub sources: BTreeMap<String, String>,
    /// The test's name.
    pub test: String,
}

/// The names of the Zig tests of an exercise.
pub fn tests(exercise: &Exercise) -> Vec<&str> {
    let tests = &exercise.languages[&Language::Zig].tests;
    tests
        .lines()
        .filter_map(|line| line.strip_prefix("test \"")?.split('"').next())
        .collect()
}

/// Records `test` with `source` as the reader's file.
///
/// # Errors
///
/// When it does not build for WebAssembly, or cannot be traced: it runs too long, for example.
pub fn record(project: &Project, exercise: &Exercise, source: &str, test: &str) -> Result<Diagram> {
    let zig = toolchain::zig::find_or_install(project)?;
    let tests = &exercise.languages[&Language::Zig].tests;
    let (recorded, sources) =
        recorder::record_exercise(project, &zig.path, &exercise.name, tests, source, test)?;
    match recorded {
        Ok(trace) => Ok(Diagram {
            trace,
            sources,
            test: test.to_string(),
        }),
        Err(Problem::DoesNotBuild(errors)) => {
            bail!("it does not build for 32-bit WebAssembly:\n{errors}")
        }
        Err(Problem::CannotBeRecorded(reason)) => bail!("it cannot be traced: {reason}"),
    }
}

impl Diagram {
    /// The step, counted from 1, at which the last statement that was not deferred has run: where a test fails.
    pub fn failure(&self) -> usize {
        let ran =
            |step: &book_trace::model::Step| step.ran.is_some_and(|ran| ran.deferred.is_none());
        let steps = &self.trace.steps;
        steps.iter().rposition(ran).map_or(steps.len(), |at| at + 1)
    }

    /// The steps around the failure, as text.
    pub fn around_failure(&self) -> String {
        let failure = self.failure();
        let last = self.trace.steps.len();
        let mut numbers: Vec<usize> = (failure.saturating_sub(BEFORE).max(1)..=failure).collect();
        if failure < last {
            numbers.push(last);
        }
        let shown = |number| render::terminal::render(&self.trace, &self.sources, Some(number));
        numbers.into_iter().map(shown).collect()
    }

    /// Writes all steps as a page, opened at the failure.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn write_page(&self, project: &Project) -> Result<PathBuf> {
        let page = render::standalone(&self.trace, &self.sources, &self.test, Some(self.failure()));
        let path = project.work().join("diagram.html");
        write_whole(&path, page.as_bytes())?;
        Ok(path)
    }
}
