//! The terminal watcher: tries the reader's file on every save, and answers keys meanwhile.
//!
//! Keys, saves and finished attempts arrive in one queue. An attempt runs on a thread of its own; a save during
//! it stops it and begins the next.

mod press;

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use anyhow::{Context, Result};
use notify::{RecursiveMode, Watcher};

use super::attempt::{AttemptSetup, Attempted};
use super::diagram;
use super::explain::ReportView;
use super::messages::Messages;
use super::reader::{self, Record};
use super::style::{Style, Tone};
use super::terminal::{self, Keys, clear};
use super::{Exercise, discover, list};
use book_listing::Language;
use book_support::process;
use book_support::project::Project;

/// Editors write a file in several steps; what follows this closely belongs to one save.
const QUIET: Duration = Duration::from_millis(25);
/// How often the file is looked at where the system tells of no change, as on some network file systems.
const GLANCE: Duration = Duration::from_secs(1);

enum WatchEvent {
    /// Keys that were read together; none at the end of the input.
    Keys(Vec<u8>),
    Changed,
    /// The attempt of this number has ended.
    Attempted(u64, Result<Attempted>),
    /// The diagram of the attempt of this number is there: what to print.
    Drawn(u64, Result<String>),
}

/// Why an exercise is left.
enum LeaveReason {
    Quit,
    To(usize),
}

/// What a yes would do.
#[derive(Clone, Copy)]
enum Confirmation {
    Reset,
    Solution,
}

/// Works on `exercises[index]` with the reader until they quit.
///
/// # Errors
///
/// When the terminal, the file or a compiler cannot be used.
pub fn run(
    project: &Project,
    exercises: &[Exercise],
    mut index: usize,
    language: Language,
    paint: diagram::Paint,
) -> Result<()> {
    let messages = discover::messages(project)?;
    let keys = Keys::take()?;
    let (sender, events) = mpsc::channel();
    let pressed = sender.clone();
    terminal::read_keys(move |keys| pressed.send(WatchEvent::Keys(keys)).is_ok());
    let mut number = 0;
    loop {
        let mut work = ExerciseWork {
            project,
            exercises,
            index,
            language,
            bench: AttemptSetup::new(project, &exercises[index], language)?,
            keys: &keys,
            paint,
            messages: &messages,
            sender: &sender,
            number,
            seen: None,
            missing: None,
            told_missing: false,
            attempted: None,
            keeps_screen: true,
            hints: 0,
            question: None,
        };
        let leave = work.run(&events);
        number = work.number;
        match leave? {
            LeaveReason::Quit => break,
            LeaveReason::To(next) => index = next,
        }
    }
    process::stop_children();
    drop(keys);
    println!("{}", list::goodbye(project, exercises));
    Ok(())
}

/// One exercise while it is worked on.
struct ExerciseWork<'a> {
    project: &'a Project,
    exercises: &'a [Exercise],
    index: usize,
    language: Language,
    bench: AttemptSetup,
    keys: &'a Keys,
    paint: diagram::Paint,
    messages: &'a Messages,
    sender: &'a Sender<WatchEvent>,
    /// Of the latest attempt; what an earlier one brings is of no interest.
    number: u64,
    /// The file as it was last looked at.
    seen: Option<Vec<u8>>,
    /// Why it could not be read just now, and whether the reader was told.
    missing: Option<io::Error>,
    told_missing: bool,
    attempted: Option<Attempted>,
    /// Whether what is on the screen stays there above the next report: the task at first, what a reset did.
    keeps_screen: bool,
    /// How many hints were given.
    hints: usize,
    question: Option<Confirmation>,
}

impl<'a> ExerciseWork<'a> {
    fn exercise(&self) -> &'a Exercise {
        &self.exercises[self.index]
    }

    fn view(&self) -> ReportView<'a> {
        ReportView {
            exercise: self.exercise(),
            language: self.language,
            style: terminal::style(),
            messages: self.messages,
        }
    }

    fn path(&self) -> std::path::PathBuf {
        let file = reader::file(self.exercise(), self.language);
        self.project.root().join(file)
    }

    fn run(&mut self, events: &Receiver<WatchEvent>) -> Result<LeaveReason> {
        let is_new = reader::start(self.project, self.exercise(), self.language)?;
        let mut text = format!("{}{}\n{}", clear(), self.view().title(), self.task());
        if is_new {
            text.push_str(&format!("\n{}", begin(&self.view())));
        }
        self.say(&text)?;
        let path = self.path();
        let _watcher = watch(path.parent().expect("a file is in a folder"), self.sender);
        self.look()?;
        loop {
            match events.recv_timeout(GLANCE) {
                Err(RecvTimeoutError::Disconnected) => return Ok(LeaveReason::Quit),
                Ok(WatchEvent::Keys(keys)) => {
                    if let Some(leave) = self.take(&keys)? {
                        return Ok(leave);
                    }
                }
                Ok(WatchEvent::Changed) => {
                    std::thread::sleep(QUIET);
                    self.look()?;
                }
                Err(RecvTimeoutError::Timeout) => {
                    if self.keys.refresh()? {
                        self.say_with_keys("")?;
                    }
                    self.look()?;
                    self.miss()?;
                }
                Ok(WatchEvent::Attempted(number, attempted)) if number == self.number => {
                    self.show(attempted)?;
                }
                Ok(WatchEvent::Drawn(number, text)) if number == self.number => {
                    let text = text.unwrap_or_else(|error| format!("No diagram: {error:#}\n"));
                    self.say_with_keys(&text)?;
                }
                Ok(WatchEvent::Attempted(..) | WatchEvent::Drawn(..)) => {}
            }
        }
    }

    /// Tries the file if it is not as it was.
    fn look(&mut self) -> Result<()> {
        let now = match fs::read(self.path()) {
            Ok(now) => now,
            // In the middle of a save there may be no file; then there will be another change.
            Err(error) => {
                self.missing = Some(error);
                return Ok(());
            }
        };
        self.missing = None;
        self.told_missing = false;
        if self.seen.as_ref() == Some(&now) {
            return Ok(());
        }
        self.seen = Some(now);
        self.begin_attempt()
    }

    /// Says once that the file cannot be read: what was reported of it is no longer so.
    fn miss(&mut self) -> Result<()> {
        let Some(error) = &self.missing else {
            return Ok(());
        };
        if std::mem::replace(&mut self.told_missing, true) {
            return Ok(());
        }
        let file = reader::file(self.exercise(), self.language);
        let text = if error.kind() == io::ErrorKind::NotFound {
            format!(
                "{} is gone. Save it from your editor again, or press `r` for the starter.",
                file.display()
            )
        } else {
            format!("{} cannot be read: {error}.", file.display())
        };
        process::stop_children();
        // What is still under way was of the file that is gone.
        self.number += 1;
        self.seen = None;
        self.attempted = None;
        let style = terminal::style();
        self.say_with_keys(&style.paint(Tone::Bad, &style.paragraph(&text, "")))
    }

    fn begin_attempt(&mut self) -> Result<()> {
        process::stop_children();
        self.number += 1;
        self.question = None;
        let note = if self.bench.is_cold() {
            "building and testing … (the first time takes some ten seconds, later about one)"
        } else {
            "building and testing …"
        };
        self.say(&format!("\n{}", self.view().style.paint(Tone::Quiet, note)))?;
        let (bench, sender, number) = (self.bench.clone(), self.sender.clone(), self.number);
        std::thread::spawn(move || sender.send(WatchEvent::Attempted(number, bench.attempt())));
        Ok(())
    }

    fn show(&mut self, attempted: Result<Attempted>) -> Result<()> {
        let attempted = match attempted {
            Ok(attempted) => attempted,
            Err(error) => {
                return self.say_with_keys(&format!("It could not be tried: {error:#}\n"));
            }
        };
        let view = self.view();
        let head = if std::mem::take(&mut self.keeps_screen) {
            "\n\n".to_string()
        } else {
            format!("{}{}\n", clear(), view.title())
        };
        let mut text = head + &view.report(&attempted);
        if attempted.passes() {
            Record::note(
                self.project,
                self.exercise(),
                self.language,
                &attempted.source,
            )?;
            text.push_str(&format!("\n{}", self.congratulation()));
        }
        self.attempted = Some(attempted);
        // It is not on the screen any more.
        self.question = None;
        self.say(&format!("{text}\n{}", self.keys()))
    }

    fn passes(&self) -> bool {
        self.attempted.as_ref().is_some_and(Attempted::passes)
    }

    fn congratulation(&self) -> String {
        let style = terminal::style();
        let other = match self.language {
            Language::Zig => Language::Rust,
            _ => Language::Zig,
        };
        let mut text = format!(
            "Well done! `s` shows a good solution, and what Zig and Rust each checked for you. \
             The same in {other}: `cargo xtask exercise {} --lang {}`.",
            self.exercise().number(),
            other.word(),
        );
        if let Some(next) = self.exercises.get(self.index + 1) {
            text.push_str(&format!(
                " `n` goes on to exercise {}: {}.",
                next.number(),
                next.meta.title
            ));
        }
        style.markdown(&text)
    }

    fn say_with_keys(&self, text: &str) -> Result<()> {
        self.say(&format!("\n{text}\n{}", self.keys()))
    }

    fn keys(&self) -> String {
        key_help(&terminal::style())
    }

    fn say(&self, text: &str) -> Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())
            .and_then(|()| out.flush())
            .context("cannot write to the terminal")
    }
}

/// What to do first.
fn begin(view: &ReportView<'_>) -> String {
    let file = reader::file(view.exercise, view.language);
    view.style.markdown(&format!(
        "**Edit `{}`** in your editor. At every save it is built and tested here.",
        file.display()
    ))
}

fn key_help(style: &Style) -> String {
    let keys = [
        ("h", "hint"),
        ("t", "tests"),
        ("d", "diagram"),
        ("w", "task"),
        ("s", "solution"),
        ("r", "reset"),
        ("n", "next"),
        ("q", "quit"),
    ];
    let keys: Vec<String> = keys
        .iter()
        .map(|(key, what)| format!("{} {what}", style.paint(Tone::Strong, key)))
        .collect();
    format!("{}\n", keys.join(" · "))
}

/// Tells of every change in `folder` for as long as the result lives. Where the system cannot tell, a glance now
/// and then has to do.
fn watch(folder: &Path, changed: &Sender<WatchEvent>) -> Option<notify::RecommendedWatcher> {
    let changed = changed.clone();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| !event.kind.is_access()) {
            let _ = changed.send(WatchEvent::Changed);
        }
    })
    .ok()?;
    watcher.watch(folder, RecursiveMode::NonRecursive).ok()?;
    Some(watcher)
}
