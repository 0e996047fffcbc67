//! The kind `choice`, whose right options are marked, and what all lists of options have in common.

use super::WhyReader;
use crate::source::QuizTable;
use crate::{AnswerKind, Choice, Label};

pub(super) fn read(entry: &QuizTable, why: WhyReader) -> Option<AnswerKind> {
    let mut choices = Vec::new();
    let mut places = Vec::new();
    for option in entry.entries("options", "the option").iter().flatten() {
        let text = option.required("text", "write what the option says: `text = \"…\"`");
        let why = why(option);
        let right = option.flag("right").is_some_and(|(right, _)| right);
        option.finish();
        let Some(text) = text else { continue };
        places.push(text.at);
        choices.push(Choice {
            label: Label::Markdown(text.value),
            right,
            why: why.unwrap_or_default(),
        });
    }
    check_options(
        entry,
        choices.iter().map(|choice| &choice.label).zip(places),
    );
    let right = choices.iter().filter(|choice| choice.right).count();
    if right == 0 {
        entry.source.report(
            entry.place("options"),
            "no option is right",
            "mark it: `right = true`",
        );
    } else if right == choices.len() {
        entry.source.report(
            entry.place("options"),
            "every option is right",
            "add a wrong one that learners believe, with its `why`",
        );
    }
    Some(by_chance(entry, choices))
}

/// What no list of options may be. Each label comes with its place.
pub(super) fn check_options<'a>(
    entry: &QuizTable,
    options: impl Iterator<Item = (&'a Label, usize)>,
) {
    let mut seen: Vec<&Label> = Vec::new();
    for (label, at) in options {
        if seen.contains(&label) {
            entry
                .source
                .report(at, "two options say the same", "change or remove one");
        }
        seen.push(label);
    }
    if seen.len() < 2 {
        entry.source.report(
            entry.place("options"),
            format!("{} has fewer than two options", entry.what),
            "write `options = [ { … }, { … } ]`",
        );
    }
}

/// The options in an order that is the same in every build and says nothing of which is right.
pub(super) fn by_chance(entry: &QuizTable, mut choices: Vec<Choice>) -> AnswerKind {
    let salt = entry.text("id").map(|id| id.value).unwrap_or_default();
    choices.sort_by_cached_key(|choice| {
        let (Label::Markdown(text) | Label::Code(text)) = &choice.label;
        *blake3::hash(format!("{salt}\n{text}").as_bytes()).as_bytes()
    });
    AnswerKind::Options(choices)
}
