//! Questions of a quiz that ask what the lesson has shown. Pure.
//!
//! It is switched on for lessons whose page names the minutes that it may take, `{{#time max=…}}`.

use super::directive::Directive;
use super::quiz::Quizzes;
use super::{Page, figures, markdown, spoiler, trace};
use book_quiz::{AnswerKind, DiagramQuestion, PredictionTopic, Question, QuizPart, ShownProgram};
use book_support::diagnostic::Diagnostic;

/// The questions whose answer stands on the pages of their lesson. A question of the lesson's own page is held against
/// that page, one of *Going deeper* against both.
pub(crate) fn check(
    pages: &[Page],
    directives: &[Vec<Directive>],
    quizzes: &Quizzes,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let page_of = |lesson: &str, part: QuizPart| {
        let path = quizzes.home(lesson, part)?;
        let index = pages.iter().position(|page| page.path == path)?;
        Some((&pages[index], directives[index].as_slice()))
    };
    for quiz in quizzes.all().values() {
        let Some(core) = page_of(&quiz.lesson, QuizPart::Core).filter(|(_, all)| is_limited(all))
        else {
            continue;
        };
        let deeper = page_of(&quiz.lesson, QuizPart::Deeper);
        for question in &quiz.questions {
            let Some(program) = &question.program else {
                continue;
            };
            let also = deeper.filter(|_| question.part == QuizPart::Deeper);
            let shown = std::iter::once(core)
                .chain(also)
                .find_map(|(page, all)| Some((page, shown(question, program, page, all)?)));
            if let Some((page, (text, line))) = shown {
                let message = format!(
                    "the question `{}` asks what the lesson has shown: `{text}` in {}:{line}",
                    question.id,
                    page.source.display()
                );
                found.push(
                    Diagnostic::new(&quiz.path, message).line(question.line).hint(
                        "ask about a program that the reader has not seen, or a step that no page shows",
                    ),
                );
            }
        }
    }
    found
}

/// Whether a page says how long it may take.
fn is_limited(directives: &[Directive]) -> bool {
    let limits =
        |directive: &Directive| directive.name == "time" && directive.option("max").is_some();
    directives
        .iter()
        .any(|directive| !directive.literal && limits(directive))
}

/// What on the page shows the answer, and its line.
fn shown(
    question: &Question,
    program: &ShownProgram,
    page: &Page,
    directives: &[Directive],
) -> Option<(String, usize)> {
    let at = |offset| markdown::line_of(&page.content, offset);
    let mut live = directives.iter().filter(|directive| !directive.literal);
    if let AnswerKind::Diagram(diagram) = &question.kind {
        let opened = live.find(|directive| opens(directive, program, diagram));
        let opened = opened.map(|directive| (directive.text.clone(), at(directive.span.start)));
        return opened.or_else(|| {
            let link = format!(
                "#trace-{}-{}={}",
                program.id.lesson, program.id.stem, diagram.step
            );
            let place = page.content.match_indices(&link).find(|(place, _)| {
                let after = page.content[place + link.len()..].chars().next();
                !after.is_some_and(|next| next.is_ascii_digit())
            })?;
            Some((link.clone(), at(place.0)))
        });
    }
    let asked_outcome = question.about == Some(PredictionTopic::Outcome);
    live.find(|directive| spoiler::shows(directive, program, asked_outcome))
        .map(|directive| (directive.text.clone(), at(directive.span.start)))
}

/// Whether a directive opens the diagram at the step that is asked for.
fn opens(directive: &Directive, program: &ShownProgram, diagram: &DiagramQuestion) -> bool {
    if !trace::is_diagram(directive) || !figures::names(directive, &program.id) {
        return false;
    }
    let number = |key| directive.option(key).and_then(|text| text.parse().ok());
    let step =
        number("step").unwrap_or_else(|| trace::first_opened(number("predict"), diagram.steps));
    step == diagram.step
}

#[cfg(test)]
#[path = "asked_tests.rs"]
mod tests;
