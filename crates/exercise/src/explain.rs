//! The report of one attempt, for the reader's terminal: short, friendly, the first failed test first. Pure.

use std::fmt::Write;

use super::attempt::{AttemptOutcome, Attempted, Ending};
use super::finding::{Finding, count, find};
use super::messages::{self, IndexedMessage, Messages, said};
use super::outcome::{TestRun, TestVerdict, Tests};
use super::story::{PathEnds, SourcePlace, WhichFile, parts, test_source};
use super::style::{Style, Tone};
use super::{Exercise, reader};
use book_listing::Language;

/// The most compile errors that are named besides the first.
const MORE_ERRORS: usize = 3;

/// The columns that an excerpt's line numbers take.
const GUTTER: usize = 11;

/// What a report is about, and how it is to look.
#[derive(Clone, Copy)]
pub struct ReportView<'a> {
    /// The exercise that was tried.
    pub exercise: &'a Exercise,
    /// The language it was tried in.
    pub language: Language,
    /// What the terminal can show.
    pub style: Style,
    /// What the book says of messages.
    pub messages: &'a Messages,
}

impl ReportView<'_> {
    /// The exercise and the reader's file: two lines.
    pub fn title(&self) -> String {
        let exercise = self.exercise;
        let title = format!("Exercise {}: {}", exercise.number(), exercise.meta.title);
        let file = reader::file(exercise, self.language).display().to_string();
        format!(
            "{} {}\n{}\n",
            self.style.paint(Tone::Strong, &title),
            self.style
                .paint(Tone::Quiet, &format!("({})", self.language)),
            self.style.paint(Tone::Quiet, &file)
        )
    }

    /// What became of an attempt.
    pub fn report(&self, attempted: &Attempted) -> String {
        let took = format!("{:.1} s", attempted.elapsed.as_secs_f32());
        let took = self.style.paint(Tone::Quiet, &took);
        match &attempted.outcome {
            AttemptOutcome::DoesNotBuild(errors) => {
                let title = self.style.paint(Tone::Bad, "✗ It does not compile yet");
                format!("{title}  {took}\n\n{}", self.errors(errors))
            }
            AttemptOutcome::BuildStopped(why) => {
                let title = self.style.paint(Tone::Bad, "✗ It does not compile");
                format!("{title}  {took}\n\n{}", self.style.paragraph(why, "  "))
            }
            AttemptOutcome::Ran(tests, _) if attempted.passes() => {
                let leaks = match self.language {
                    Language::Zig => ", and nothing leaks",
                    _ => "",
                };
                let text = format!("✓ It passes: {}{leaks}", all(tests.total));
                format!("{}  {took}\n", self.style.paint(Tone::Good, &text))
            }
            AttemptOutcome::Ran(tests, ending) => {
                let mut text = format!(
                    "{}  {} of {} tests pass  {took}\n\n",
                    self.marks(tests),
                    tests.passed(),
                    tests.total
                );
                match tests.failed().next() {
                    Some(run) if self.is_untouched(run, &attempted.source) => {
                        let sentence = format!(
                            "This is still the starter, so that is as it should be. The first test to pass: {}.",
                            run.name
                        );
                        text.push_str(&self.style.paragraph(&sentence, ""));
                    }
                    Some(run) => {
                        text.push_str(&self.failed(run, *ending, &attempted.source));
                        text.push_str(&self.others(tests));
                    }
                    None => text.push_str("The program ended before its tests did.\n"),
                }
                text
            }
        }
    }

    /// Whether a test fails because nothing is written yet.
    fn is_untouched(&self, run: &TestRun, source: &str) -> bool {
        let starter = &self.exercise.languages[&self.language].starter;
        matches!(&run.verdict, TestVerdict::Failed(error) if error == "Todo") && source == starter
    }

    /// A mark for each test.
    fn marks(&self, tests: &Tests) -> String {
        let mut marks: String = tests
            .runs
            .iter()
            .map(|run| match run.verdict {
                TestVerdict::Passed => self.style.paint(Tone::Good, "✓"),
                TestVerdict::Skipped => "-".to_string(),
                _ => self.style.paint(Tone::Bad, "✗"),
            })
            .collect();
        marks.push_str(&"·".repeat(tests.total.saturating_sub(tests.runs.len())));
        marks
    }

    fn errors(&self, errors: &[String]) -> String {
        let mut text = String::new();
        let first = errors.first().map_or("", String::as_str);
        for line in first.trim_end().lines() {
            // What the compiler says is broken at blanks; the source that it shows is not.
            let lines = if line.starts_with(' ') {
                vec![line.to_string()]
            } else {
                self.style.fold(line, 2)
            };
            for line in lines {
                let line = line.replacen("error:", &self.style.paint(Tone::Bad, "error:"), 1);
                let _ = writeln!(text, "  {line}");
            }
        }
        if errors.len() > 1 {
            let _ = writeln!(
                text,
                "\n{} after it, which may go with the first:",
                count(errors.len() as u64 - 1, "error")
            );
            for error in errors.iter().skip(1).take(MORE_ERRORS) {
                let line = error.lines().next().unwrap_or_default();
                let _ = writeln!(text, "  {}", self.style.paint(Tone::Quiet, line));
            }
        }
        let entry = self.entry(first);
        let advice = self
            .advice_on_error(first)
            .or_else(|| entry.map(|entry| entry.means.clone()));
        if let Some(advice) = advice {
            let _ = write!(text, "\n{}", self.next(&advice));
        }
        text.push_str(&self.explained(entry));
        text
    }

    /// What the book's index has on the first message of an output that it knows.
    fn entry(&self, output: &str) -> Option<&IndexedMessage> {
        let said = said(output, self.language);
        said.iter().find_map(|said| self.messages.find(said))
    }

    /// Where the book explains a message.
    fn explained(&self, entry: Option<&IndexedMessage>) -> String {
        let Some(entry) = entry else {
            return String::new();
        };
        let text = format!(
            "In the book: Index of messages, “{}” (src/{}:{})",
            entry.words,
            messages::PAGE,
            entry.line
        );
        let lines = self.style.paragraph(&text, "");
        let lines = lines
            .lines()
            .map(|line| self.style.paint(Tone::Quiet, line) + "\n");
        lines.collect()
    }

    fn advice_on_error(&self, error: &str) -> Option<String> {
        let tests = self.tests_file();
        let has = |needle: &str| error.contains(needle);
        if error.starts_with(&tests) || has(&format!("--> {tests}")) {
            return Some(
                "The tests use your file otherwise than it is: keep the names and the types of the starter.".into(),
            );
        }
        if self.language == Language::Rust {
            let code = error.strip_prefix("error[")?.split(']').next()?;
            return Some(format!("`rustc --explain {code}` says more."));
        }
        let advice = if has("unused ") {
            "Zig wants every name to be used. Until you use it, `_ = name;` says that this is meant."
        } else if has("pointless discard") {
            "The name is used after all: take the line with `_ =` out."
        } else if has("never mutated") {
            "What never changes is a `const`."
        } else if has("error is ignored") || has("error union is ignored") {
            "The call may fail: `try` passes its error on."
        } else if has("cast discards const qualifier") || has("found '[]const") {
            "What comes in as `const` may be read, not written and not handed out as writable."
        } else {
            return None;
        };
        Some(advice.to_string())
    }

    /// The first failed test.
    fn failed(&self, run: &TestRun, ending: Ending, source: &str) -> String {
        let (reader, tests) = (self.reader_file(), self.tests_file());
        let files = PathEnds {
            reader: &reader,
            tests: &tests,
        };
        let finding = find(run, &parts(&run.said, self.language, files), ending);
        let style = &self.style;
        let mut text = format!("{}\n", style.paint(Tone::Bad, &format!("✗ {}", run.name)));
        if let Some(headline) = &finding.headline {
            text.push_str(&style.paragraph(headline, "  "));
        }
        for hint in &finding.hints {
            let hint = style.paragraph(&format!("hint: {hint}"), "  ");
            let _ = writeln!(text, "{}", style.paint(Tone::Hint, hint.trim_end()));
        }
        if !finding.details.is_empty() {
            text.push('\n');
            for line in &finding.details {
                let _ = writeln!(text, "  {line}");
            }
        }
        for (what, site) in &finding.places {
            let _ = write!(text, "\n  {what}, {reader}:{}\n", site.line);
            text.push_str(&self.excerpt(source, site, 1));
        }
        if let Some(site) = self.shown_test(&finding) {
            let source = &self.exercise.languages[&self.language].tests;
            let _ = write!(text, "\n  the test asks, {tests}:{}\n", site.line);
            text.push_str(&self.excerpt(source, site, 1));
        }
        if let Some(advice) = finding.advice {
            let _ = write!(text, "\n{}", self.next(advice));
        }
        text.push_str(&self.explained(self.entry(&run.said)));
        text
    }

    /// Where the test asks, unless the places in the reader's file say it all.
    fn shown_test<'a>(&self, finding: &'a Finding) -> Option<&'a SourcePlace> {
        let site = finding.test.as_ref()?;
        (finding.places.is_empty() && site.file == WhichFile::Tests).then_some(site)
    }

    /// What fails besides the first.
    fn others(&self, tests: &Tests) -> String {
        let failed = tests.failed().count().saturating_sub(1);
        let not_run = tests.total.saturating_sub(tests.runs.len());
        let mut words = Vec::new();
        if failed > 0 {
            words.push(format!(
                "{} after it {} too",
                count(failed as u64, "test"),
                if failed == 1 { "fails" } else { "fail" }
            ));
        }
        if not_run > 0 {
            words.push(format!("{} did not run", count(not_run as u64, "test")));
        }
        if words.is_empty() {
            return String::new();
        }
        let text = format!("({}; first things first)", words.join(", "));
        format!("\n{}\n", self.style.paint(Tone::Quiet, &text))
    }

    fn next(&self, advice: &str) -> String {
        let text = self.style.paragraph(&format!("Next: {advice}"), "");
        text.replacen("Next:", &self.style.paint(Tone::Strong, "Next:"), 1)
    }

    /// The line of a site with `around` lines before and after it.
    fn excerpt(&self, source: &str, site: &SourcePlace, around: usize) -> String {
        let lines: Vec<&str> = source.lines().collect();
        let from = site.line.saturating_sub(around).max(1);
        let to = (site.line + around).min(lines.len());
        let mut text = String::new();
        for number in from..=to {
            let line = self.style.cut(lines[number - 1], GUTTER);
            if number != site.line && line.trim().is_empty() {
                continue;
            }
            let shown = if number == site.line {
                let line = self.style.paint(Tone::Strong, &line);
                format!(
                    "  {} {number:>4} │ {line}",
                    self.style.paint(Tone::Bad, "→")
                )
            } else {
                self.style
                    .paint(Tone::Quiet, &format!("    {number:>4} │ {line}"))
            };
            let _ = writeln!(text, "{}", shown.trim_end());
        }
        text
    }

    /// All tests with what became of them, and the source of the first that fails, or of all.
    pub fn tests(&self, attempted: Option<&Attempted>) -> String {
        let source = &self.exercise.languages[&self.language].tests;
        let file = self.tests_file();
        let Some(AttemptOutcome::Ran(tests, _)) = attempted.map(|attempted| &attempted.outcome)
        else {
            return format!("The tests, {file}:\n\n{}", self.numbered(1, source.lines()));
        };
        let mut text = format!("The tests, {file}:\n\n");
        for run in &tests.runs {
            let mark = match run.verdict {
                TestVerdict::Passed => self.style.paint(Tone::Good, "✓"),
                TestVerdict::Skipped => "-".to_string(),
                _ => self.style.paint(Tone::Bad, "✗"),
            };
            let _ = writeln!(text, "  {mark} {}", run.name);
        }
        let not_run = tests.total.saturating_sub(tests.runs.len());
        if not_run > 0 {
            let _ = writeln!(text, "  · {} did not run", count(not_run as u64, "test"));
        }
        let failed = tests.failed().next();
        if let Some((start, lines)) =
            failed.and_then(|run| test_source(source, &run.name, self.language))
        {
            let _ = write!(
                text,
                "\nThe first that fails:\n\n{}",
                self.numbered(start, lines.into_iter())
            );
        }
        text
    }

    /// A good solution, and how the languages compare.
    pub fn solution(&self) -> String {
        let source = &self.exercise.languages[&self.language].solution;
        let file = self.exercise.file("solution", self.language);
        let mut text = format!("One good solution, {}:\n\n", file.display());
        for (index, line) in source.lines().enumerate() {
            let is_comment = line.trim_start().starts_with("//");
            let tone = if is_comment { Tone::Quiet } else { Tone::Code };
            for line in self.numbered(index + 1, std::iter::once(line)).lines() {
                let _ = writeln!(text, "{}", self.style.paint(tone, line));
            }
        }
        let _ = write!(
            text,
            "\n{}\n\n{}",
            self.style.paint(
                Tone::Strong,
                "What the compilers checked, and what the tests"
            ),
            self.style.markdown(&self.exercise.meta.comparison)
        );
        text
    }

    fn numbered<'a>(&self, start: usize, lines: impl Iterator<Item = &'a str>) -> String {
        let mut text = String::new();
        for (number, line) in (start..).zip(lines) {
            let mut number = number.to_string();
            for part in self.style.fold(line, GUTTER) {
                let part = format!("{number:>4} │ {part}");
                let _ = writeln!(text, "{}", part.trim_end());
                number.clear();
            }
        }
        text
    }

    fn reader_file(&self) -> String {
        let file = reader::file(self.exercise, self.language);
        file.display().to_string()
    }

    fn tests_file(&self) -> String {
        let file = self.exercise.file("tests", self.language);
        file.display().to_string()
    }
}

fn all(tests: usize) -> String {
    match tests {
        1 => "its one test".to_string(),
        tests => format!("all {tests} tests"),
    }
}

#[cfg(test)]
#[path = "explain_tests.rs"]
mod tests;
