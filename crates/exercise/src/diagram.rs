//! The memory diagram of one test, run on the reader's file: recorded like a listing's, as 32-bit WebAssembly.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Result, bail};

use super::Exercise;
use super::finding::count;
use super::style::{Style, Tone};
use book_lab::outcome::telling_step;
use book_listing::Language;
use book_recorder::{self as recorder, NotRecorded};
use book_support::files::write_whole;
use book_support::project::Project;
use book_toolchain as toolchain;
use book_trace::model::Statement;
use book_trace::render::code::ShownFile;
use book_trace::{Trace, render};

/// The most lines of memory that are printed.
const MOST_LINES: usize = 16;
/// The columns that a line's number takes.
const GUTTER: usize = 11;

/// Colors the sources of a trace, in the order of its files.
pub type Paint = fn(&Project, &Trace, &BTreeMap<String, String>) -> Result<Vec<ShownFile>>;

/// A test's recorded execution.
pub struct TestDiagram {
    /// Of the one test, from its first line to where it ended.
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
pub fn record(
    project: &Project,
    exercise: &Exercise,
    source: &str,
    test: &str,
) -> Result<TestDiagram> {
    let zig = toolchain::zig::find_or_install(project)?;
    let tests = &exercise.languages[&Language::Zig].tests;
    let (recorded, sources) =
        recorder::record_exercise(project, &zig.path, &exercise.name, tests, source, test)?;
    match recorded {
        Ok(trace) => Ok(TestDiagram {
            trace,
            sources,
            test: test.to_string(),
        }),
        Err(NotRecorded::DoesNotBuild(errors)) => {
            bail!("it does not build for 32-bit WebAssembly:\n{errors}")
        }
        Err(NotRecorded::CannotBeRecorded(reason)) => bail!("it cannot be traced: {reason}"),
    }
}

impl TestDiagram {
    /// The step, counted from 1, that shows best why the test fails.
    pub fn failure(&self) -> usize {
        telling_step(&self.trace)
    }

    /// The failure at a glance: the statement, and what is in memory. Long lines are cut to `style`'s width, and what is
    /// too much is left out.
    pub fn at_a_glance(&self, style: &Style) -> String {
        let number = self.failure();
        let mut text = format!("Step {number} of {}", self.trace.steps.len());
        let step = self.trace.steps.get(number - 1);
        let place = step.and_then(|step| step.next.or(step.ran));
        if let Some((path, line, code)) = place.and_then(|place| self.code(place)) {
            let when = match step.and_then(|step| step.next) {
                Some(_) => "before this runs",
                None => "after this has run",
            };
            let file = path.rsplit('/').next().unwrap_or(path);
            text.push_str(&format!(
                ", {when}, {file}:{line}\n\n  {} {line:>4} │ {}\n\n",
                style.paint(Tone::Bad, "→"),
                style.paint(Tone::Strong, &style.cut(code, GUTTER))
            ));
        } else {
            text.push_str("\n\n");
        }
        let lines = render::terminal::glance(&self.trace, number);
        for line in lines.iter().take(MOST_LINES) {
            text.push_str(&format!("  {}\n", style.cut(line, 2)));
        }
        if let Some(more @ 1..) = lines.len().checked_sub(MOST_LINES) {
            text.push_str(&format!("  … and {}\n", count(more as u64, "more line")));
        }
        text
    }

    /// A statement's file, line and text.
    fn code(&self, place: Statement) -> Option<(&str, u32, &str)> {
        let path = self.trace.files.get(place.file)?;
        let source = self.sources.get(path)?;
        let code = source.lines().nth((place.line as usize).wrapping_sub(1))?;
        Some((path, place.line, code.trim_end()))
    }

    /// Writes all steps as a page, opened at the failure: a file of the exercise's own. `paint` colors the code.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn write_page(&self, project: &Project, name: &str, paint: Paint) -> Result<PathBuf> {
        let code = paint(project, &self.trace, &self.sources)?;
        let page = render::standalone(&self.trace, &code, &self.test, Some(self.failure()));
        let path = project.work().join("diagrams").join(format!("{name}.html"));
        write_whole(&path, page.as_bytes())?;
        Ok(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use book_trace::model::{Deferred, End, Event, EventKind, Frame, Step};

    /// A step that has run `ran` and goes on with `next`, lines of one file.
    fn step(ran: Option<(u32, bool)>, next: Option<u32>, what: Option<EventKind>) -> Step {
        let place = |line, deferred: bool| Statement {
            file: 0,
            line,
            deferred: deferred.then_some(Deferred::Defer),
        };
        let frames = next.map(|line| Frame {
            id: 1,
            function: "double".into(),
            at: place(line, false),
            variables: Vec::new(),
        });
        Step {
            ran: ran.map(|(line, deferred)| place(line, deferred)),
            next: next.map(|line| place(line, false)),
            events: what
                .map(|what| Event { line: 1, what })
                .into_iter()
                .collect(),
            frames: frames.into_iter().collect(),
            ..Step::default()
        }
    }

    fn diagram(steps: Vec<Step>, end: End) -> TestDiagram {
        TestDiagram {
            trace: Trace {
                name: "tests".into(),
                files: vec!["03_allocator/exercise.zig".into()],
                steps,
                end,
            },
            sources: BTreeMap::from([(
                "03_allocator/exercise.zig".into(),
                "one\ntwo\nthree\n".into(),
            )]),
            test: "Double".into(),
        }
    }

    #[test]
    fn the_step_shown_is_where_the_test_fails() {
        // Line 2 fails, then a deferred statement runs, and nothing is left to see.
        let failed = || {
            vec![
                step(None, Some(1), None),
                step(Some((1, false)), Some(2), None),
                step(Some((2, false)), Some(3), None),
                step(Some((3, true)), None, None),
            ]
        };
        let error = || End::Error("TestFailed".into());
        assert_eq!(diagram(failed(), error()).failure(), 2);
        let mut freed_twice = failed();
        freed_twice[3] = step(
            Some((3, true)),
            None,
            Some(EventKind::DoubleFree {
                block: 0,
                allocator: "testing".into(),
            }),
        );
        assert_eq!(
            diagram(freed_twice, End::Panic("double free".into())).failure(),
            4
        );
        let mut leaked = failed();
        leaked[3] = step(
            Some((3, true)),
            None,
            Some(EventKind::Leak {
                block: 0,
                size: 7,
                allocator: "testing".into(),
            }),
        );
        assert_eq!(diagram(leaked, End::Returned).failure(), 4);
        assert_eq!(
            diagram(vec![step(None, Some(1), None)], error()).failure(),
            1
        );

        let text = diagram(failed(), error()).at_a_glance(&Style::PLAIN);
        assert_eq!(
            text,
            "Step 2 of 4, before this runs, exercise.zig:2\n\n  →    2 │ two\n\n  double (line 2)\n"
        );
    }

    #[test]
    fn a_glance_has_few_lines_and_says_how_many_it_leaves_out() {
        let called = |count: usize| {
            let mut one = step(None, Some(1), None);
            one.frames = vec![one.frames[0].clone(); count];
            diagram(vec![one], End::Error("TestFailed".into())).at_a_glance(&Style::PLAIN)
        };
        let lines = |text: &str| text.matches("  double (line 1)\n").count();
        let all = called(MOST_LINES);
        assert_eq!(lines(&all), MOST_LINES);
        assert!(!all.contains('…'), "{all}");
        let cut = called(40);
        assert_eq!(lines(&cut), 16, "what fits beside the report: {cut}");
        assert!(cut.ends_with("  … and 24 more lines\n"), "{cut}");
    }
}
