//! The kind `short`, answered by typing.

use std::collections::BTreeMap;

use super::program::ShownLines;
use super::why;
use crate::derive::{self, PredictionTopic};
use crate::source::{PlacedText, QuizTable};
use crate::{AnswerKind, NearMiss, TypedAnswer};

pub(super) fn read(
    entry: &QuizTable,
    named: bool,
    shown: Option<&ShownLines>,
) -> Option<AnswerKind> {
    let line = entry.number("output_line");
    let accept = entry.texts("accept");
    let explained = why(entry);
    let mut near = Vec::new();
    for item in entry.entries("near", "the near answer").iter().flatten() {
        let answer = item.required("answer", "write the wrong answer: `answer = \"…\"`");
        let why = why(item);
        item.finish();
        near.extend(answer.map(|answer| (answer, why.unwrap_or_default())));
    }
    let accept: Vec<PlacedText> = match (line, accept) {
        (Some((_, at)), Some(_)) => {
            entry.source.report(
                at,
                "both `output_line` and `accept` say what is right",
                "keep `output_line`, which cannot be wrong, or remove it",
            );
            return None;
        }
        (Some((number, at)), None) => {
            if !named {
                entry.missing("listing", "`output_line` is a line of a listing's output");
            }
            let about = PredictionTopic::Output { line: Some(number) };
            match derive::right_answer(shown?.listing, about) {
                Ok(value) => vec![PlacedText { value, at }],
                Err(why) => {
                    entry.source.report(at, why.message, why.hint);
                    return None;
                }
            }
        }
        (None, Some(accept)) if !accept.is_empty() => accept,
        (None, _) => {
            entry.missing(
                "accept",
                "say what is right: a line of the listing's output, `output_line = 1`, or `accept = [\"…\"]`",
            );
            return None;
        }
    };
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for (answer, is) in accept
        .iter()
        .map(|answer| (answer, "right"))
        .chain(near.iter().map(|(answer, _)| (answer, "near")))
    {
        let Some(first) = seen.insert(derive::typed(&answer.value), is) else {
            continue;
        };
        let message = if first == is {
            format!("`{}` stands here twice", answer.value)
        } else {
            format!(
                "`{}` is right, and cannot be a near answer too",
                answer.value
            )
        };
        entry.source.report(
            answer.at,
            message,
            "remove it; case and blanks do not matter",
        );
    }
    Some(AnswerKind::Typed(TypedAnswer {
        accept: accept.into_iter().map(|answer| answer.value).collect(),
        near: near
            .into_iter()
            .map(|(answer, why)| NearMiss {
                answer: answer.value,
                why,
            })
            .collect(),
        why: explained.unwrap_or_default(),
    }))
}
