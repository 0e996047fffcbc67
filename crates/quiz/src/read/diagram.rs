//! The kind `diagram`, a step of a recorded execution with blanks. What belongs in them comes from the trace.

use std::collections::BTreeSet;

use super::program::ShownLines;
use super::why;
use crate::derive;
use crate::source::{PlacedText, QuizTable};
use crate::{AnswerKind, DiagramQuestion, FilledBlank, NearMiss, TypedAnswer};
use book_listing::Listing;
use book_trace::Trace;
use book_trace::render::blank::{self, Blank};
use book_trace::render::page;

/// Finds the trace of a listing.
pub type TraceFinder<'a> = dyn Fn(&Listing) -> anyhow::Result<Trace> + 'a;

pub(super) fn read(
    entry: &QuizTable,
    named: bool,
    shown: Option<&ShownLines>,
    traces: &TraceFinder<'_>,
) -> Option<AnswerKind> {
    if !named {
        entry.missing(
            "listing",
            "a diagram is of a traced listing: `listing = \"03_allocator/caller_owns\"`",
        );
    }
    let step = entry.number("step");
    if !entry.has("step") {
        entry.missing("step", "say which step of the diagram is shown: `step = 4`");
    }
    let blanks = asked(entry);
    let shown = shown?;
    let listing = shown.listing;
    if !listing.declaration.trace {
        entry.source.report(
            shown.at,
            format!("`{}` is not traced", listing.id),
            "add a line `//@ trace` to the listing",
        );
        return None;
    }
    let trace = match traces(listing) {
        Ok(trace) => trace,
        Err(error) => {
            entry.source.report(
                shown.at,
                format!("the memory of `{}` cannot be shown: {error:#}", listing.id),
                format!(
                    "record it: cargo xtask test-listings {} --bless",
                    listing.id
                ),
            );
            return None;
        }
    };
    let (number, at) = step?;
    let Some(step) = trace.steps.get(number - 1) else {
        entry.source.report(
            at,
            format!("`{}` has steps 1 to {}", listing.id, trace.steps.len()),
            format!("see them all: cargo xtask trace {}", listing.id),
        );
        return None;
    };
    let mut found: Vec<Blank> = Vec::new();
    let mut filled = Vec::new();
    for asked in blanks {
        let blank = match blank::find(step, &asked.at.value) {
            Ok(blank) => blank,
            Err(message) => {
                entry.source.report(
                    asked.at.at,
                    message,
                    format!(
                        "see what there is: cargo xtask trace {} --step {number}",
                        listing.id
                    ),
                );
                continue;
            }
        };
        filled.push(asked.fill(entry, &blank));
        found.push(blank);
    }
    let picture = page::with_blanks(&trace, number, &found);
    for (index, filled) in filled.iter().enumerate() {
        if picture.matches(&format!("?{}</mark>", index + 1)).count() != 1 {
            entry.source.report(
                entry.place("blanks"),
                format!(
                    "`{}` is not drawn at this step, or is blank twice",
                    filled.at
                ),
                "leave something else blank",
            );
        }
    }
    let next = step.next.filter(|next| {
        let path = trace.files.get(next.file);
        path.is_some_and(|path| *path == listing.staged_path())
    });
    Some(AnswerKind::Diagram(DiagramQuestion {
        step: number,
        steps: trace.steps.len(),
        picture,
        next: next.map(|next| {
            let line = listing.source.lines().nth(next.line as usize - 1);
            (next.line, line.unwrap_or_default().trim().to_string())
        }),
        blanks: filled,
    }))
}

/// A blank before it is known what belongs there.
struct UnreadBlank {
    at: PlacedText,
    accept: Vec<PlacedText>,
    near: Vec<(PlacedText, String)>,
    why: String,
}

fn asked(entry: &QuizTable) -> Vec<UnreadBlank> {
    let mut blanks = Vec::new();
    let entries = entry.entries("blanks", "the blank");
    if entries.as_ref().is_none_or(Vec::is_empty) {
        entry.missing(
            "blanks",
            "say what is left out: `blanks = [ { at = \"scores.len\", why = \"…\" } ]`",
        );
    }
    for blank in entries.into_iter().flatten() {
        let at = blank.required("at", "name what is left out: `at = \"scores.len\"`");
        let accept = blank.texts("accept").unwrap_or_default();
        let mut near = Vec::new();
        for item in blank.entries("near", "the near answer").iter().flatten() {
            let answer = item.required("answer", "write the wrong answer: `answer = \"…\"`");
            let why = why(item);
            item.finish();
            near.extend(answer.map(|answer| (answer, why.unwrap_or_default())));
        }
        let why = why(&blank);
        blank.finish();
        blanks.extend(at.map(|at| UnreadBlank {
            at,
            accept,
            near,
            why: why.unwrap_or_default(),
        }));
    }
    blanks
}

impl UnreadBlank {
    fn fill(self, entry: &QuizTable, blank: &Blank) -> FilledBlank {
        let mut accept = vec![blank.answer.clone()];
        accept.extend(self.accept.into_iter().map(|text| text.value));
        accept.extend(blank.others());
        let right: BTreeSet<String> = accept.iter().map(|answer| derive::typed(answer)).collect();
        for (answer, _) in &self.near {
            if right.contains(&derive::typed(&answer.value)) {
                entry.source.report(
                    answer.at,
                    format!(
                        "`{}` is right, and cannot be a near answer too",
                        answer.value
                    ),
                    format!("the trace says `{}`", blank.answer),
                );
            }
        }
        let near = self.near.into_iter().map(|(answer, why)| NearMiss {
            answer: answer.value,
            why,
        });
        FilledBlank {
            at: self.at.value,
            is_place: blank.is_place,
            typed: TypedAnswer {
                accept,
                near: near.collect(),
                why: self.why,
            },
        }
    }
}
