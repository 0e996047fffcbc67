//! How a recorded program ended, in a sentence. A program on WebAssembly cannot print the traces that it prints on a
//! machine of its own; the recorder knows the lines, and here they are said. Pure.

use serde::Serialize;

use super::program::RunKind;
use book_trace::Trace;
use book_trace::model::{End, EventKind, Statement, Step};

/// The most blocks that a report of leaks names one by one.
const MOST: usize = 20;

/// What a program is told that opens or makes a file.
const NO_FILES: [&str; 2] = ["error.FileNotFound", "error.AccessDenied"];

/// How a program ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProgramOutcome {
    /// For programs that read the answer.
    pub word: OutcomeWord,
    /// For a reader: what happened, and in which line.
    pub sentence: String,
    /// What was never freed, a line each, with the line that allocated it.
    pub leaks: String,
}

/// How a program ended, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum OutcomeWord {
    /// It came to its end, and nothing leaked.
    Exited,
    /// By a panic, or by what would have ended it in the same way: an illegal instruction, a wrong address.
    Panicked,
    /// It came to its end, and memory was never freed.
    Leaked,
    /// `main` or a test returned an error.
    Failed,
    /// The machine stopped it.
    Stopped,
}

/// What became of the program that `trace` is of.
pub fn of(trace: &Trace, kind: RunKind) -> ProgramOutcome {
    let leaks = leaks(trace);
    let place = trace.steps.last().and_then(last_place);
    let at = place.map_or(String::new(), |place| format!(" at {}", said(trace, place)));
    let (word, sentence) = match &trace.end {
        End::Panic(message) => (
            OutcomeWord::Panicked,
            format!("It panicked{at}: {}", full(message)),
        ),
        End::Stopped(why) if why.starts_with("exit status ") => (
            OutcomeWord::Exited,
            format!("It ended itself{at}, with {why}."),
        ),
        End::Error(error) => {
            let what = match kind {
                RunKind::Run => "`main` returned",
                RunKind::Test => "The test failed with",
            };
            let files = if NO_FILES.contains(&error.as_str()) {
                " What runs here is in a folder that is empty and cannot be written."
            } else {
                ""
            };
            (OutcomeWord::Failed, format!("{what} `{error}`{at}.{files}"))
        }
        End::Stopped(why) => (
            OutcomeWord::Stopped,
            format!("It was stopped{at}: {}", full(why)),
        ),
        End::Returned if !leaks.is_empty() => {
            let count = leaks.len();
            let bytes: u64 = leaks.iter().map(|leak| u64::from(leak.size)).sum();
            (
                OutcomeWord::Leaked,
                format!(
                    "It ran to its end, and {} ({}) {} never freed.",
                    counted(count as u64, "block"),
                    counted(bytes, "byte"),
                    if count == 1 { "was" } else { "were" }
                ),
            )
        }
        End::Returned => (
            OutcomeWord::Exited,
            match kind {
                // Only of what was seen to be allocated can it be said that nothing of it leaked.
                RunKind::Run if allocates(trace) => "It ran to its end, and nothing leaked.",
                RunKind::Run => "It ran to its end.",
                RunKind::Test => "The tests passed.",
            }
            .to_string(),
        ),
    };
    ProgramOutcome {
        word,
        sentence,
        leaks: report(&leaks),
    }
}

/// The step, counted from 1, that shows best how a program went wrong: where memory is used as it must not be, where what
/// was never freed is known, or else just before the statement that fails, when all its variables live. The first step of a
/// program that went well.
pub fn telling_step(trace: &Trace) -> usize {
    let first = |wanted: fn(&EventKind) -> bool| {
        let is_wanted = |step: &Step| step.events.iter().any(|event| wanted(&event.what));
        trace.steps.iter().position(is_wanted).map(|at| at + 1)
    };
    let misuse = first(|what| {
        matches!(
            what,
            EventKind::DoubleFree { .. }
                | EventKind::WrongFree { .. }
                | EventKind::WriteAfterFree { .. }
        )
    });
    if misuse.is_some() {
        return misuse.unwrap_or(1);
    }
    if trace.end == End::Returned {
        return first(|what| matches!(what, EventKind::Leak { .. })).unwrap_or(1);
    }
    // Deferred statements run after it.
    let failed = |step: &Step| step.ran.is_some_and(|ran| ran.deferred.is_none());
    trace
        .steps
        .iter()
        .rposition(failed)
        .unwrap_or(trace.steps.len())
        .max(1)
}

struct LeakedBlock<'a> {
    size: u32,
    allocator: &'a str,
    line: u32,
}

fn leaks(trace: &Trace) -> Vec<LeakedBlock<'_>> {
    let mut found = Vec::new();
    for step in &trace.steps {
        for event in &step.events {
            if let EventKind::Leak {
                block,
                size,
                allocator,
            } = &event.what
            {
                let line = (trace.steps.iter().rev())
                    .find_map(|step| step.blocks.iter().find(|known| known.id == *block))
                    .map_or(0, |block| block.line);
                found.push(LeakedBlock {
                    size: *size,
                    allocator,
                    line,
                });
            }
        }
    }
    found
}

fn report(leaks: &[LeakedBlock<'_>]) -> String {
    let mut lines: Vec<String> = leaks
        .iter()
        .take(MOST)
        .map(|leak| {
            let from = match leak.line {
                0 => String::new(),
                line => format!(", allocated in line {line}"),
            };
            format!(
                "leaked: {} of {}{from}\n",
                counted(u64::from(leak.size), "byte"),
                leak.allocator
            )
        })
        .collect();
    if let Some(more @ 1..) = leaks.len().checked_sub(MOST) {
        lines.push(format!("and {}\n", counted(more as u64, "more block")));
    }
    lines.concat()
}

fn allocates(trace: &Trace) -> bool {
    let mut events = trace.steps.iter().flat_map(|step| &step.events);
    events.any(|event| matches!(event.what, EventKind::Alloc { .. }))
}

/// The statement that ran last.
fn last_place(step: &Step) -> Option<Statement> {
    let inner = step.frames.last().map(|frame| frame.at);
    step.ran.or(inner)
}

fn said(trace: &Trace, place: Statement) -> String {
    match trace.files.get(place.file) {
        Some(file) if *file != format!("{}.zig", trace.name) => {
            format!("line {} of {file}", place.line)
        }
        _ => format!("line {}", place.line),
    }
}

/// A sentence's end, with its full stop.
fn full(text: &str) -> String {
    let text = text.trim_end();
    match text.ends_with(['.', '!', '?']) {
        true => text.to_string(),
        false => format!("{text}."),
    }
}

fn counted(number: u64, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}
