//! The HTML of predictions: questions that a chapter asks before it shows what happens. Pure.
//!
//! The form holds no answer. That is in the fold that follows it, for every reader in the same words; the form only
//! says which option it is, so that the page's script can give a verdict.

use std::fmt::Write;
use std::path::Path;

use super::text::markdown;
use super::{AnswerKind, Choice, Label, Question};
use book_support::html::escape;

/// What a form ends with. The page's script makes the buttons do something. Made by it, they would move what stands below,
/// and where the reader was.
pub(crate) const END: &str = "</ul></fieldset><p class=\"quiz-buttons\"><button type=\"submit\">Check</button> \
     <button type=\"button\">Show me</button></p></form>";

/// The question, as a form that stands without a script.
pub fn form(question: &Question, here: &Path) -> String {
    let id = &question.id;
    let choices = choices(question);
    let right = choices.iter().position(|choice| choice.right);
    let mut html = format!(
        "<form class=\"predict\" method=\"dialog\" autocomplete=\"off\" id=\"predict-{id}\" data-predict=\"{id}\" \
         data-right=\"{}\"><fieldset><legend>{}</legend><ul class=\"quiz-options\">",
        right.unwrap_or_default(),
        markdown(&question.prompt, here, here)
    );
    for choice in choices {
        let _ = write!(
            html,
            "<li><label><input type=\"radio\" name=\"answer\"> <span>{}</span></label></li>",
            label(choice, here)
        );
    }
    html.push_str(END);
    html
}

/// What is right, and what is to be said of the wrong options: the beginning of the explanation.
pub fn answer(question: &Question, here: &Path) -> String {
    let mut html = String::new();
    for choice in choices(question).iter().filter(|choice| choice.right) {
        let _ = write!(
            html,
            "<p class=\"predict-right\"><b>Answer:</b> {}</p>",
            said(choice, here, ". ")
        );
    }
    for choice in choices(question).iter().filter(|choice| !choice.right) {
        if !choice.why.is_empty() {
            let _ = write!(
                html,
                "<p class=\"predict-wrong\"><b>Not</b> {}</p>",
                said(choice, here, ": ")
            );
        }
    }
    html
}

fn choices(question: &Question) -> &[Choice] {
    match &question.kind {
        AnswerKind::Options(choices) => choices,
        AnswerKind::Typed(_) | AnswerKind::Diagram(_) => &[],
    }
}

fn said(choice: &Choice, here: &Path, between: &str) -> String {
    let label = label(choice, here);
    match choice.why.is_empty() {
        true => label,
        false => format!("{label}{between}{}", markdown(&choice.why, here, here)),
    }
}

fn label(choice: &Choice, here: &Path) -> String {
    match &choice.label {
        Label::Markdown(source) => markdown(source, here, here),
        Label::Code(code) => format!("<code>{}</code>", escape(code)),
    }
}
