//! What the watcher's keys do.

use anyhow::Result;

use super::{Confirmation, ExerciseWork, LeaveReason, WatchEvent};
use crate::Exercise;
use crate::attempt::AttemptOutcome;
use crate::diagram;
use crate::reader;
use crate::style::{Style, Tone};
use crate::terminal;
use book_listing::Language;
use book_support::process;
use book_support::project::Project;

impl ExerciseWork<'_> {
    /// Does what keys ask for that were read together. A question is answered by a key that was pressed after it.
    pub(super) fn take(&mut self, keys: &[u8]) -> Result<Option<LeaveReason>> {
        if keys.is_empty() {
            return Ok(Some(LeaveReason::Quit));
        }
        for &key in keys {
            let had_question = self.question.is_some();
            if key == terminal::SUSPEND {
                self.keys.suspend()?;
                self.say_with_keys("")?;
                self.look()?;
            } else if let Some(leave) = self.press(char::from(key))? {
                return Ok(Some(leave));
            }
            if self.question.is_some() && !had_question {
                break;
            }
        }
        Ok(None)
    }

    fn press(&mut self, key: char) -> Result<Option<LeaveReason>> {
        if let Some(question) = self.question.take() {
            match (question, key) {
                (Confirmation::Reset, 'y') => self.reset()?,
                (Confirmation::Solution, 'y') => self.say_with_keys(&self.view().solution())?,
                _ => self.say_with_keys("Nothing was done.\n")?,
            }
            return Ok(None);
        }
        match key {
            'q' => return Ok(Some(LeaveReason::Quit)),
            'n' if self.index + 1 < self.exercises.len() => {
                process::stop_children();
                return Ok(Some(LeaveReason::To(self.index + 1)));
            }
            'n' => self.say_with_keys("This is the last exercise.\n")?,
            'h' => {
                let text = self.hint();
                self.say_with_keys(&text)?;
            }
            't' => self.say_with_keys(&self.view().tests(self.attempted.as_ref()))?,
            'w' => self.say_with_keys(&self.task())?,
            'd' => self.draw()?,
            's' if self.passes() => self.say_with_keys(&self.view().solution())?,
            's' => self.ask(
                Confirmation::Solution,
                "It does not pass yet. See a solution all the same? (y/n)",
            )?,
            'r' => self.ask(
                Confirmation::Reset,
                "Begin again from the starter? Your file is kept under another name. (y/n)",
            )?,
            '\n' | '\r' => self.begin_attempt()?,
            _ => {}
        }
        Ok(None)
    }

    /// Records the first test that fails. It takes a build, so the answer comes later.
    fn draw(&mut self) -> Result<()> {
        let Some(AttemptOutcome::Ran(tests, _)) =
            self.attempted.as_ref().map(|tried| &tried.outcome)
        else {
            return self.say_with_keys("There is a diagram when a test fails.\n");
        };
        let failed = tests.failed().next().map(|run| run.name.clone());
        let (Some(test), Language::Zig) = (failed, self.language) else {
            let why = match self.language {
                Language::Zig => "There is a diagram when a test fails.\n",
                _ => "Diagrams are of Zig programs.\n",
            };
            return self.say_with_keys(why);
        };
        let source = self.attempted.as_ref().map(|tried| tried.source.clone());
        let style = self.view().style;
        let note = "recording the test's memory … (the first time takes some ten seconds)";
        self.say(&format!("\n{}\n", style.paint(Tone::Quiet, note)))?;
        let (project, exercise) = (self.project.clone(), self.exercise().clone());
        let (sender, number, paint) = (self.sender.clone(), self.number, self.paint);
        std::thread::spawn(move || {
            let source = source.unwrap_or_default();
            let text = diagram::record(&project, &exercise, &source, &test)
                .and_then(|diagram| drawn(&project, &exercise, &diagram, &style, paint));
            sender.send(WatchEvent::Drawn(number, text))
        });
        Ok(())
    }

    fn ask(&mut self, question: Confirmation, text: &str) -> Result<()> {
        self.question = Some(question);
        let style = terminal::style();
        self.say(&format!("\n{}\n", style.paint(Tone::Strong, text)))
    }

    fn hint(&mut self) -> String {
        let hints = &self.exercise().hints;
        let again = self.hints == hints.len();
        let index = if again { 0 } else { self.hints };
        self.hints = index + 1;
        let style = terminal::style();
        let mut title = format!("Hint {} of {}", index + 1, hints.len());
        if again {
            title.push_str(" (these were all; from the start again)");
        }
        format!(
            "{}\n\n{}",
            style.paint(Tone::Hint, &title),
            style.markdown(&hints[index])
        )
    }

    fn reset(&mut self) -> Result<()> {
        let kept = reader::reset(self.project, self.exercise(), self.language)?;
        match kept {
            Some(kept) => {
                self.say(&format!("\nYour file is now {}.\n", kept.display()))?;
                self.keeps_screen = true;
            }
            None => self.say_with_keys("Your file is the starter.\n")?,
        }
        self.hints = 0;
        self.look()
    }

    pub(super) fn task(&self) -> String {
        let style = terminal::style();
        let meta = &self.exercise().meta;
        let mut text = style.markdown(&meta.task);
        let minutes = format!("\nAbout {} minutes.\n", meta.minutes);
        text.push_str(&style.paint(Tone::Quiet, &minutes));
        text
    }
}

/// A test's failure at a glance, and where all its steps are: a path on a line of its own, which a terminal does not
/// break and may open.
fn drawn(
    project: &Project,
    exercise: &Exercise,
    diagram: &diagram::TestDiagram,
    style: &Style,
    paint: diagram::Paint,
) -> Result<String> {
    let page = diagram.write_page(project, &exercise.name, paint)?;
    let shown = project.relative(&page).display().to_string();
    Ok(format!(
        "{}\n{}\nAll {} steps, for your browser:\n{}\n",
        style.paint(Tone::Bad, &format!("✗ {}", diagram.test)),
        diagram.at_a_glance(style),
        diagram.trace.steps.len(),
        style.link(&page, &shown)
    ))
}
