//! The pages that draw from all quizzes: the review of what was missed, and the final quiz. Pure.
//!
//! Every question is in these pages, and the page's script shows those that are due or drawn; so they work from
//! a folder, without a server. Without JavaScript the final quiz is the same twenty questions for everybody.

use std::collections::{BTreeMap, BTreeSet};

use super::render::{QuestionPlace, QuizPage, render};
use super::{Question, Quiz, QuizPart};
use book_support::html::one_line;

/// How many questions the final quiz has.
pub const FINAL_COUNT: usize = 20;

/// The review page's questions, in one line: all hidden until the script finds those that were missed.
pub fn review(quizzes: &BTreeMap<String, Quiz>, page: &QuizPage) -> String {
    let mut html = String::from(
        "<section class=\"quiz\" data-pool=\"review\" aria-label=\"Questions to review\">\
         <p class=\"quiz-note\">Which questions you missed is known to your browser alone, so this page needs JavaScript.</p>",
    );
    for quiz in quizzes.values() {
        for question in &quiz.questions {
            html.push_str(&render(
                question,
                quiz,
                QuestionPlace::Pool { seen: false },
                page,
            ));
        }
    }
    html.push_str("</section>");
    one_line(&html)
}

/// The final quiz, in one line: the questions of all lessons, [`FINAL_COUNT`] of them seen. Nobody needs the pages
/// *Going deeper* to go on, so what they ask is not among them.
pub fn last(quizzes: &BTreeMap<String, Quiz>, page: &QuizPage) -> String {
    let drawn = draw(quizzes);
    let mut html = format!(
        "<section class=\"quiz\" data-pool=\"final\" data-count=\"{FINAL_COUNT}\" aria-label=\"Final quiz\">"
    );
    for quiz in quizzes.values().filter(|quiz| is_lesson(quiz)) {
        for question in quiz.part(QuizPart::Core) {
            let seen = drawn.contains(question.id.as_str());
            html.push_str(&render(question, quiz, QuestionPlace::Pool { seen }, page));
        }
    }
    html.push_str("</section>");
    one_line(&html)
}

/// What comes before the first lesson is not part of the final quiz.
fn is_lesson(quiz: &Quiz) -> bool {
    !quiz.lesson.starts_with("00_")
}

/// The ids that stand in the final quiz until the reader draws others: from each lesson in turn, the same in
/// every build.
fn draw(quizzes: &BTreeMap<String, Quiz>) -> BTreeSet<&str> {
    let mut lessons: Vec<Vec<&Question>> = quizzes
        .values()
        .filter(|quiz| is_lesson(quiz))
        .map(|quiz| {
            let mut questions: Vec<&Question> = quiz.part(QuizPart::Core).collect();
            questions
                .sort_by_cached_key(|question| *blake3::hash(question.id.as_bytes()).as_bytes());
            questions
        })
        .collect();
    let mut drawn = BTreeSet::new();
    while drawn.len() < FINAL_COUNT && lessons.iter().any(|lesson| !lesson.is_empty()) {
        for lesson in &mut lessons {
            if let Some(question) = lesson.pop().filter(|_| drawn.len() < FINAL_COUNT) {
                drawn.insert(question.id.as_str());
            }
        }
    }
    drawn
}
