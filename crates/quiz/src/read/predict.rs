//! The kind `predict`, whose right option is derived from the listing.

use super::WhyReader;
use super::choice::{by_chance, check_options};
use super::program::ShownLines;
use crate::derive::{self, OUTCOMES, PredictionTopic};
use crate::source::{PlacedText, QuizTable};
use crate::{AnswerKind, Choice, Label};
use book_listing::Listing;

pub(super) fn read(
    entry: &QuizTable,
    named: bool,
    about: Option<PredictionTopic>,
    shown: Option<&ShownLines>,
    why: WhyReader,
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
    let line = |option: &UnreadOption| {
        let mut lines = shown.excerpt.lines.iter();
        lines.position(|(_, line)| line.trim() == option.answer.value)
    };
    let mut options = options;
    if about == PredictionTopic::Line {
        options.sort_by_key(line);
    }
    let choices = options.into_iter().map(|option| Choice {
        right: option.answer.value == right,
        label: option.label,
        why: option.why,
    });
    Some(if about == PredictionTopic::Line {
        AnswerKind::Options(choices.collect())
    } else {
        by_chance(entry, choices.collect())
    })
}

/// An option before it is known which is right.
struct UnreadOption {
    answer: PlacedText,
    label: Label,
    why: String,
}

fn options(entry: &QuizTable, about: Option<PredictionTopic>, why: WhyReader) -> Vec<UnreadOption> {
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
        options.push(UnreadOption {
            label: match text {
                Some(text) => Label::Markdown(text.value),
                None => label(about, &answer.value),
            },
            answer: PlacedText {
                value: derive::tidy(&answer.value),
                at: answer.at,
            },
            why: why.unwrap_or_default(),
        });
    }
    options
}

/// That one option is right, and no other.
fn check_right(
    entry: &QuizTable,
    about: PredictionTopic,
    options: &[UnreadOption],
    listing: &Listing,
    right: &str,
) {
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
pub(super) fn about(entry: &QuizTable) -> Option<PredictionTopic> {
    let hint = "a prediction is about \"output\", \"outcome\" or \"line\"";
    let line = entry.number("output_line");
    let about = entry.required("about", hint)?;
    match about.value.as_str() {
        "output" => {
            return Some(PredictionTopic::Output {
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
        PredictionTopic::Line
    } else {
        PredictionTopic::Outcome
    })
}

/// What an option says that has no `text`.
fn label(about: Option<PredictionTopic>, answer: &str) -> Label {
    let outcome = OUTCOMES.iter().find(|(word, _)| *word == answer);
    match (about, outcome) {
        (Some(PredictionTopic::Outcome), Some((_, text))) => Label::Markdown((*text).to_string()),
        _ => Label::Code(derive::tidy(answer)),
    }
}

/// Answers that cannot be what they are asked for.
fn check_answers(
    entry: &QuizTable,
    about: PredictionTopic,
    options: &[UnreadOption],
    shown: &ShownLines,
) {
    let lines: Vec<&str> = shown
        .excerpt
        .lines
        .iter()
        .map(|(_, line)| line.trim())
        .collect();
    for UnreadOption { answer, .. } in options {
        match about {
            PredictionTopic::Outcome if !OUTCOMES.iter().any(|(word, _)| *word == answer.value) => {
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
            PredictionTopic::Line if !lines.contains(&answer.value.as_str()) => {
                entry.source.report(
                    answer.at,
                    format!("`{}` is no line that the question shows", answer.value),
                    format!(
                        "copy a line of {}, or show its anchor",
                        shown.listing.path.display()
                    ),
                )
            }
            _ => {}
        }
    }
    if about == PredictionTopic::Line
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
fn truth(about: PredictionTopic, listing: &Listing, right: &str) -> String {
    let out = listing.out_path();
    match about {
        PredictionTopic::Outcome => format!(
            "{}:{} declares `{right}`",
            listing.path.display(),
            listing.declaration.line
        ),
        PredictionTopic::Line => format!("{} names the line `{right}` first", out.display()),
        PredictionTopic::Output { line: Some(line) } => {
            format!("line {line} of {} is `{right}`", out.display())
        }
        PredictionTopic::Output { line: None } => format!("{} is `{right}`", out.display()),
    }
}
