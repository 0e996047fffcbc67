//! The kind `predict`, whose right option is derived from the listing.

use super::Why;
use super::choice::{by_chance, check_options};
use super::program::Shown;
use crate::derive::{self, About, OUTCOMES};
use crate::source::{Entry, Text};
use crate::{AnswerKind, Choice, Label};
use book_listing::Listing;

pub(super) fn read(
    entry: &Entry,
    named: bool,
    about: Option<About>,
    shown: Option<&Shown>,
    why: Why,
) -> Option<AnswerKind> {
    if !named {
        entry.missing(
            "listing",
            "a prediction is about a listing: `listing = \"03_allocator/caller_owns\"`",
        );
    }
    let options = options(entry, about, why);
    check_options(
        entry,
        options
            .iter()
            .map(|option| (&option.label, option.answer.at)),
    );
    let (about, shown) = (about?, shown?);
    check_answers(entry, about, &options, shown);
    let right = match derive::right_answer(shown.listing, about) {
        Ok(right) => right,
        Err(why) => {
            entry.source.report(shown.at, why.message, why.hint);
            return None;
        }
    };
    check_right(entry, about, &options, shown.listing, &right);
    let line = |option: &Predicted| {
        let mut lines = shown.excerpt.lines.iter();
        lines.position(|(_, line)| line.trim() == option.answer.value)
    };
    let mut options = options;
    if about == About::Line {
        options.sort_by_key(line);
    }
    let choices = options.into_iter().map(|option| Choice {
        right: option.answer.value == right,
        label: option.label,
        why: option.why,
    });
    Some(if about == About::Line {
        AnswerKind::Options(choices.collect())
    } else {
        by_chance(entry, choices.collect())
    })
}

/// An option before it is known which is right.
struct Predicted {
    answer: Text,
    label: Label,
    why: String,
}

fn options(entry: &Entry, about: Option<About>, why: Why) -> Vec<Predicted> {
    let mut options = Vec::new();
    for option in entry.entries("options", "the option").iter().flatten() {
        let answer = option.required("answer", "write what is predicted: `answer = \"…\"`");
        let text = option.text("text");
        let why = why(option);
        if let Some((_, at)) = option.flag("right") {
            entry.source.report(
                at,
                "the right option of a prediction is derived, never marked",
                "remove `right`: what the listing does decides",
            );
        }
        option.finish();
        let Some(answer) = answer else { continue };
        options.push(Predicted {
            label: match text {
                Some(text) => Label::Markdown(text.value),
                None => label(about, &answer.value),
            },
            answer: Text {
                value: derive::tidy(&answer.value),
                at: answer.at,
            },
            why: why.unwrap_or_default(),
        });
    }
    options
}

/// That one option is right, and no other.
fn check_right(entry: &Entry, about: About, options: &[Predicted], listing: &Listing, right: &str) {
    let mut matching = options.iter().filter(|option| option.answer.value == right);
    if matching.next().is_none() {
        entry.source.report(
            entry.place("options"),
            format!("no option is right: {}", truth(about, listing, right)),
            "correct the option that should be right: its `answer` is compared with that",
        );
    } else if let Some(second) = matching.next() {
        entry.source.report(
            second.answer.at,
            format!("two options are right: {}", truth(about, listing, right)),
            "keep one of them",
        );
    }
}

/// What the question asks about its listing.
pub(super) fn about(entry: &Entry) -> Option<About> {
    let hint = "a prediction is about \"output\", \"outcome\" or \"line\"";
    let line = entry.number("output_line");
    let about = entry.required("about", hint)?;
    match about.value.as_str() {
        "output" => {
            return Some(About::Output {
                line: line.map(|(number, _)| number),
            });
        }
        "outcome" | "line" => {}
        other => {
            entry
                .source
                .report(about.at, format!("`about = \"{other}\"` is unknown"), hint);
            return None;
        }
    }
    if let Some((_, at)) = line {
        entry.source.report(
            at,
            format!(
                "`output_line` says nothing where `about` is \"{}\"",
                about.value
            ),
            "remove it, or write `about = \"output\"`",
        );
    }
    Some(if about.value == "line" {
        About::Line
    } else {
        About::Outcome
    })
}

/// What an option says that has no `text`.
fn label(about: Option<About>, answer: &str) -> Label {
    let outcome = OUTCOMES.iter().find(|(word, _)| *word == answer);
    match (about, outcome) {
        (Some(About::Outcome), Some((_, text))) => Label::Markdown((*text).to_string()),
        _ => Label::Code(derive::tidy(answer)),
    }
}

/// Answers that cannot be what they are asked for.
fn check_answers(entry: &Entry, about: About, options: &[Predicted], shown: &Shown) {
    let lines: Vec<&str> = shown
        .excerpt
        .lines
        .iter()
        .map(|(_, line)| line.trim())
        .collect();
    for Predicted { answer, .. } in options {
        match about {
            About::Outcome if !OUTCOMES.iter().any(|(word, _)| *word == answer.value) => {
                let words: Vec<String> = OUTCOMES
                    .iter()
                    .map(|(word, _)| format!("`{word}`"))
                    .collect();
                entry.source.report(
                    answer.at,
                    format!("`{}` is no outcome", answer.value),
                    format!(
                        "the outcomes are {}; say it in your own words in `text`",
                        words.join(", ")
                    ),
                );
            }
            About::Line if !lines.contains(&answer.value.as_str()) => entry.source.report(
                answer.at,
                format!("`{}` is no line that the question shows", answer.value),
                format!(
                    "copy a line of {}, or show its anchor",
                    shown.listing.path.display()
                ),
            ),
            _ => {}
        }
    }
    if about == About::Line
        && let Ok(right) = derive::right_answer(shown.listing, about)
        && lines.iter().filter(|line| **line == right).count() > 1
    {
        entry.source.report(
            shown.at,
            format!("the right line, `{right}`, is in the listing more than once"),
            "change the listing so that its lines can be told apart, or show one anchor of it",
        );
    }
}

/// Where the right answer comes from, and what it is.
fn truth(about: About, listing: &Listing, right: &str) -> String {
    let out = listing.out_path();
    match about {
        About::Outcome => format!(
            "{}:{} declares `{right}`",
            listing.path.display(),
            listing.declaration.line
        ),
        About::Line => format!("{} names the line `{right}` first", out.display()),
        About::Output { line: Some(line) } => {
            format!("line {line} of {} is `{right}`", out.display())
        }
        About::Output { line: None } => format!("{} is `{right}`", out.display()),
    }
}
