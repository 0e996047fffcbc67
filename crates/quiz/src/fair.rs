//! Whether the form of the options tells which is right. Pure.

use super::{AnswerKind, Label, Question};

/// How often the longest option is right, and how often it would be if length said nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LongestOptions {
    /// Choices with one right option.
    pub questions: usize,
    /// Where several options are equally long, each counts for its share.
    pub right: f64,
    /// The sum of 1 divided by the number of options.
    pub chance: f64,
}

impl LongestOptions {
    /// Whether whoever always takes the longest option is right more often than by chance, in whole questions.
    pub fn tells(&self) -> bool {
        self.right > self.chance.ceil()
    }
}

/// Counts over choices with one right option; other questions are passed over.
pub fn longest<'a>(questions: impl IntoIterator<Item = &'a Question>) -> LongestOptions {
    let mut longest = LongestOptions::default();
    for question in questions {
        let AnswerKind::Options(choices) = &question.kind else {
            continue;
        };
        if choices.iter().filter(|choice| choice.right).count() != 1 {
            continue;
        }
        let lengths: Vec<usize> = choices.iter().map(|choice| length(&choice.label)).collect();
        let most = lengths.iter().max().copied().unwrap_or_default();
        let longest_ones = lengths.iter().filter(|length| **length == most).count();
        let is_right = choices
            .iter()
            .zip(&lengths)
            .any(|(choice, length)| choice.right && *length == most);
        longest.questions += 1;
        longest.chance += 1.0 / choices.len() as f64;
        if is_right {
            longest.right += 1.0 / longest_ones as f64;
        }
    }
    longest
}

/// In characters, as far as they are seen.
fn length(label: &Label) -> usize {
    match label {
        Label::Markdown(text) => text.chars().filter(|c| !matches!(c, '`' | '*')).count(),
        Label::Code(text) => text.chars().count(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Choice, QuizPart};

    fn question(options: &[(&str, bool)]) -> Question {
        let choices = options.iter().map(|(text, right)| Choice {
            label: Label::Markdown((*text).into()),
            right: *right,
            why: String::new(),
        });
        Question {
            id: "q".into(),
            line: 1,
            prompt: "?".into(),
            program: None,
            recall: None,
            part: QuizPart::Core,
            about: None,
            kind: AnswerKind::Options(choices.collect()),
        }
    }

    #[test]
    fn the_longest_option_is_counted_with_its_share() {
        let questions = [
            question(&[("longest", true), ("a", false)]),
            question(&[
                ("`long`", true),
                ("four", false),
                ("a", false),
                ("b", false),
            ]),
            question(&[("a", true), ("longest", false)]),
            question(&[("a", true), ("longest", true)]),
        ];
        let found = longest(&questions);
        assert_eq!((found.questions, found.right, found.chance), (3, 1.5, 1.25));
        assert!(!found.tells());
        let telling = [&questions[0], &questions[0], &questions[0]];
        assert!(longest(telling).tells());
    }
}
