//! What happened at a step, in words: for screen readers, for the terminal, under the diagram. Pure.

use super::change::{self, StepChange};
use super::{escape, labels};
use crate::model::{Deferred, End, Event, EventKind, Statement, Step, Trace, letters};

/// What happened at a step and where the program is now, in parts.
#[derive(Default)]
struct StepWords {
    /// What ran, without a full stop.
    ran: Option<String>,
    /// What it did, each effect for itself.
    effects: Vec<String>,
    /// Sentences before and after that.
    before: Vec<String>,
    after: Vec<String>,
}

/// What happened at a step and where the program is now, a sentence or two.
pub fn of_step(trace: &Trace, index: usize) -> String {
    let StepWords {
        ran,
        effects,
        before: mut parts,
        after,
    } = tell(trace, index);
    if let Some(ran) = ran {
        parts.push(match effects.is_empty() {
            true => format!("{ran}."),
            false => format!("{ran}: {}.", effects.join("; ")),
        });
    }
    parts.extend(after);
    parts.join(" ")
}

/// The same as HTML: several effects are a list, one line for each.
pub fn html(trace: &Trace, index: usize) -> String {
    if tell(trace, index).effects.len() < 2 {
        return lines_of(&of_step(trace, index));
    }
    let StepWords {
        ran,
        effects,
        before,
        after,
    } = tell(trace, index);
    let mut before = before.join(" ");
    if !before.is_empty() {
        before.push(' ');
    }
    let items: Vec<String> = (effects.iter())
        .map(|effect| format!("<li>{}</li>", lines_of(effect)))
        .collect();
    format!(
        "{}{}: <ul>{}</ul> {}",
        escape(&before),
        escape(&ran.unwrap_or_default()),
        items.join(" "),
        lines_of(&after.join(" "))
    )
}

/// Text as HTML, with the line breaks of what was printed.
fn lines_of(text: &str) -> String {
    escape(text).replace("&#10;", "<br>")
}

/// The lines that the sentence of a step takes, each of `room` characters.
pub(super) fn lines(trace: &Trace, index: usize, room: usize) -> usize {
    let told = tell(trace, index);
    let rows = |text: &str, room: usize| {
        let lines = text.lines().map(|line| line.chars().count());
        lines.map(|len| len.div_ceil(room).max(1)).sum::<usize>()
    };
    // The number of the step comes before it.
    let number = "Step 1000 of 1000. ";
    if told.effects.len() < 2 {
        return rows(&format!("{number}{}", of_step(trace, index)), room);
    }
    let items = told.effects.iter().map(|effect| rows(effect, room - 3));
    let before = format!(
        "{number}{} {}:",
        told.before.join(" "),
        told.ran.unwrap_or_default()
    );
    rows(&before, room) + items.sum::<usize>() + rows(&told.after.join(" "), room)
}

fn tell(trace: &Trace, index: usize) -> StepWords {
    let mut told = StepWords::default();
    let Some(step) = trace.steps.get(index) else {
        return told;
    };
    if let Some(gap) = &step.gap {
        let (steps, are) = match gap.steps {
            1 => ("step", "is"),
            _ => ("steps", "are"),
        };
        let text = format!("{} {steps} {are} left out here.", gap.steps);
        told.before.push(text);
    }
    if let Some(ran) = &step.ran {
        let changes = change::of_step(trace, index);
        told.effects = (changes.iter())
            .map(|change| of_change(step, change))
            .collect();
        told.ran = Some(format!("{} ran", place(trace, ran)));
    }
    if !step.output.is_empty() {
        let text = format!("Printed: {}.", step.output.trim_end());
        told.after.push(text);
    }
    told.after.push(match &step.next {
        // The statement that called goes on; it is not run again.
        Some(next) if goes_on(trace, index) => {
            format!(
                "Back in {}.",
                place(trace, next).replacen("Line", "line", 1)
            )
        }
        Some(next) => format!("Next: {}.", place(trace, next).replacen("Line", "line", 1)),
        None if index + 1 == trace.steps.len() => of_end(&trace.end, step.frames.is_empty()),
        None => "The test has ended.".into(),
    });
    told
}

/// Whether a call has returned to the statement that called, and this goes on.
fn goes_on(trace: &Trace, index: usize) -> bool {
    let step = &trace.steps[index];
    if resumes(trace, index) {
        return true;
    }
    let calls = |event: &&Event| !event.what.is_memory();
    let last = step.events.iter().rfind(calls);
    let (Some(before), Some(frame)) = (index.checked_sub(1), step.frames.last()) else {
        return false;
    };
    last.is_some_and(|event| matches!(event.what, EventKind::Return { .. }))
        && trace.steps[before].frames.iter().any(|caller| {
            let at = |place: Statement| (place.file, place.line);
            caller.id == frame.id && step.next.map(at) == Some(at(caller.at))
        })
}

/// Whether a deferred statement has run, and the one that leaves the block goes on.
fn resumes(trace: &Trace, index: usize) -> bool {
    let step = &trace.steps[index];
    let (Some(ran), Some(next), Some(frame)) = (step.ran, step.next, step.frames.last()) else {
        return false;
    };
    if ran.deferred.is_none() || next.deferred.is_some() {
        return false;
    }
    let at_before = trace.steps[..index].iter().rev().find_map(|before| {
        let mut frames = before.frames.iter();
        let frame = frames.find(|earlier| earlier.id == frame.id)?;
        frame.at.deferred.is_none().then_some(frame.at)
    });
    at_before == Some(next)
}

fn place(trace: &Trace, place: &Statement) -> String {
    let file = match trace.files.get(place.file) {
        Some(file) if *file != format!("{}.zig", trace.name) => {
            format!(" of {}", file.rsplit('/').next().unwrap_or(file))
        }
        _ => String::new(),
    };
    let deferred = match place.deferred {
        Some(Deferred::Defer) => " (deferred)",
        Some(Deferred::Errdefer) => " (deferred, because of an error)",
        None => "",
    };
    format!("Line {}{file}{deferred}", place.line)
}

/// How the program ended, in a sentence; `has_returned` is whether none of its calls was left by then.
fn of_end(end: &End, has_returned: bool) -> String {
    match end {
        End::Panic(message) if has_returned => {
            format!("All calls have returned. Then the allocator's check panics: {message}.")
        }
        End::Returned => "The program has ended.".into(),
        End::Error(error) => format!("The program has ended with {error}."),
        End::Panic(message) => format!("The program has panicked: {message}."),
        End::Stopped(reason) => format!("The program was stopped: {reason}."),
    }
}

/// How many bytes, and of what.
fn amount(size: u32, element: Option<&str>) -> String {
    let bytes = if size == 1 {
        "1 byte".to_string()
    } else {
        format!("{size} bytes")
    };
    match element {
        Some(element) => format!("{bytes} of {element}"),
        None => bytes,
    }
}

/// A change of `step`.
pub fn of_change(step: &Step, change: &StepChange) -> String {
    match change {
        StepChange::Did(what) => of_event(step, what),
        StepChange::Is { name, value, .. } => format!("{name} is {}", labels::value(step, value)),
        StepChange::Becomes { name, value, .. } => {
            format!("{name} becomes {}", labels::value(step, value))
        }
        StepChange::Dangles { name, pointer, .. } => format!(
            "{name} is left dangling: {}",
            labels::pointer_without_text(step, pointer)
        ),
        StepChange::Prints(text) => format!("it prints {text}"),
        StepChange::Nothing => "nothing in memory changes".into(),
    }
}

/// Something that `step` did.
fn of_event(step: &Step, what: &EventKind) -> String {
    let block = |id: &u32| format!("block {}", letters(*id));
    match what {
        EventKind::Call { function } => format!("calls {function}"),
        EventKind::Return {
            function,
            value: Some(value),
        } => format!("{function} returns {}", labels::value(step, value)),
        EventKind::Return {
            function,
            value: None,
        } => format!("{function} returns"),
        EventKind::Alloc {
            block: id,
            size,
            element,
            allocator,
            by,
            ..
        } => {
            let amount = amount(*size, element.as_deref());
            match by {
                Some(by) => format!("{by} gets {amount} from {allocator}: {}", block(id)),
                None => format!("alloc {amount} from {allocator}: {}", block(id)),
            }
        }
        EventKind::AllocFailed {
            size,
            element,
            allocator,
            ..
        } => format!(
            "alloc {} from {allocator} fails",
            amount(*size, element.as_deref())
        ),
        EventKind::Resize {
            block: id,
            from,
            to,
            granted,
            allocator,
        } => format!(
            "resize {} from {from} to {to} bytes in {allocator}: {}",
            block(id),
            if *granted { "done" } else { "refused" }
        ),
        EventKind::Remap {
            block: id,
            from,
            to,
            granted,
            moved,
            allocator,
        } => format!(
            "remap {} from {from} to {to} bytes in {allocator}: {}",
            block(id),
            match (granted, moved) {
                (false, _) => "refused",
                (true, false) => "done, in place",
                (true, true) => "done, moved",
            }
        ),
        EventKind::Free {
            block: id,
            size,
            allocator,
            by,
        } => match by {
            Some(by) => format!(
                "{by} gives {} ({size} bytes) back to {allocator}",
                block(id)
            ),
            None => format!("free {} ({size} bytes) in {allocator}", block(id)),
        },
        EventKind::DoubleFree {
            block: id,
            allocator,
        } => format!("{} is freed a second time in {allocator}", block(id)),
        EventKind::WrongFree {
            size,
            block: Some(id),
            allocator,
            ..
        } => format!(
            "{allocator} is told to free {size} bytes at {}, which it did not give out like that",
            block(id)
        ),
        EventKind::WrongFree {
            address,
            size,
            block: None,
            allocator,
        } => format!(
            "{allocator} is told to free {size} bytes at 0x{address:08x}, which it did not give out"
        ),
        EventKind::WriteAfterFree { block: id } => {
            format!("writes into {}, which is freed", block(id))
        }
        EventKind::Reset { allocator } => format!("{allocator} takes everything back"),
        EventKind::Leak {
            block: id,
            size,
            allocator,
        } => format!(
            "{} ({size} bytes of {allocator}) was never freed",
            block(id)
        ),
    }
}
