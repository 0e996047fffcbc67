//! The HTML of questions: forms that stand without a script, their answers folded away. Pure.
//!
//! Without JavaScript nothing is hidden and nothing is dead: options can be ticked, and what is right and why
//! is in a fold. The page's script adds the buttons and the verdict, and reads what is right from the fold.
//! Forms have the method `dialog`, which outside a dialog does nothing: Enter leaves the page where it is.

use std::fmt::Write;
use std::path::Path;

use super::derive;
use super::text::markdown;
use super::{AnswerKind, Choice, DiagramQuestion, Label, Question, Quiz, QuizPart, TypedAnswer};
use book_listing::{Catalog, Excerpt, Language, Listing, Mode};
use book_support::html::{escape, one_line, relative_url};

/// What the page lends to its quiz.
pub struct QuizPage<'a> {
    /// Where shown programs are looked up.
    pub catalog: &'a Catalog,
    /// The page, relative to `src/`.
    pub here: &'a Path,
    /// The page that shows this part of a lesson's quiz, relative to `src/`.
    pub home: &'a dyn Fn(&str, QuizPart) -> Option<&'a Path>,
    /// Highlighted code, given the listing, what of it is shown, and a name for those who do not see it.
    pub code: &'a dyn Fn(&Listing, &Excerpt, &str) -> String,
    /// The recorded output of a listing with its label.
    pub output: &'a dyn Fn(&Listing) -> String,
}

impl QuizPage<'_> {
    fn home(&self, lesson: &str, part: QuizPart) -> &Path {
        (self.home)(lesson, part).unwrap_or(self.here)
    }
}

/// Where a question stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuestionPlace {
    /// In its lesson, where links find it.
    Lesson,
    /// Among the questions of all lessons; the script decides which are seen.
    Pool {
        /// Whether it is seen before the script runs.
        seen: bool,
    },
}

/// One part of the quiz of a lesson, in one line.
pub fn lesson(quiz: &Quiz, part: QuizPart, page: &QuizPage) -> String {
    let mut html = format!(
        "<section class=\"quiz\" data-quiz=\"{}\" aria-label=\"Quiz: {title}\"><p class=\"quiz-title\">{title}</p>",
        quiz.lesson,
        title = escape(&quiz.title),
    );
    for question in quiz.part(part) {
        html.push_str(&render(question, quiz, QuestionPlace::Lesson, page));
    }
    html.push_str("</section>");
    one_line(&html)
}

/// One question. Only in its lesson does it have an `id`: the printed book holds all pages.
pub fn render(question: &Question, quiz: &Quiz, place: QuestionPlace, page: &QuizPage) -> String {
    let home = page.home(&quiz.lesson, question.part);
    let text = |source: &str| markdown(source, home, page.here);
    let id = &question.id;
    let mut html =
        String::from("<form class=\"quiz-question\" method=\"dialog\" autocomplete=\"off\"");
    let _ = write!(
        html,
        " data-question=\"{id}\" data-lesson=\"{}\"",
        quiz.lesson
    );
    match place {
        QuestionPlace::Lesson => drop(write!(html, " id=\"quiz-{id}\"")),
        QuestionPlace::Pool { seen: false } => html.push_str(" hidden"),
        QuestionPlace::Pool { seen: true } => {}
    }
    let _ = write!(html, "><fieldset><legend>{}", text(&question.prompt));
    if let AnswerKind::Options(choices) = &question.kind
        && several(choices)
    {
        html.push_str(" <span class=\"quiz-note\">Choose all that apply.</span>");
    }
    html.push_str("</legend>");
    html.push_str(&origin(question, quiz, place, page));
    let listing = question
        .program
        .as_ref()
        .and_then(|program| Some((program, page.catalog.get(&program.id, program.language)?)));
    let twins: Vec<&Listing> = listing
        .iter()
        .flat_map(|(program, _)| {
            let twin = |language: &Language| page.catalog.get(&program.id, *language);
            program.twins.iter().filter_map(twin)
        })
        .collect();
    if let Some((program, listing)) = listing {
        html.push_str(&code(program.anchor.as_deref(), listing, page));
    }
    for twin in &twins {
        html.push_str(&code(None, twin, page));
    }
    let answers = match &question.kind {
        AnswerKind::Options(choices) => {
            html.push_str(&options(choices, &text));
            explanations(choices, &text)
        }
        AnswerKind::Typed(typed) => {
            html.push_str(
                "<label class=\"quiz-typed\">Your answer <input type=\"text\" name=\"answer\" autocapitalize=\"off\" spellcheck=\"false\"></label>",
            );
            solutions(typed, None, &text)
        }
        AnswerKind::Diagram(diagram) => {
            html.push_str(&blanks(diagram));
            let numbered = (1..).zip(&diagram.blanks);
            numbered
                .map(|(number, blank)| solutions(&blank.typed, Some(number), &text))
                .collect()
        }
    };
    let _ = write!(
        html,
        "</fieldset><details class=\"quiz-answer\"><summary>Answer and explanations</summary><ul>{answers}</ul>"
    );
    if let Some((_, listing)) = listing {
        html.push_str(&(page.output)(listing));
    }
    for twin in twins {
        html.push_str(&(page.output)(twin));
    }
    html.push_str("</details></form>");
    html
}

fn several(choices: &[Choice]) -> bool {
    choices.iter().filter(|choice| choice.right).count() > 1
}

/// Where the question comes from, if that is not the lesson at hand.
fn origin(question: &Question, quiz: &Quiz, place: QuestionPlace, page: &QuizPage) -> String {
    if place != QuestionPlace::Lesson {
        let name = escape(&name(&quiz.lesson).unwrap_or_else(|| quiz.title.clone()));
        let name = match (page.home)(&quiz.lesson, question.part) {
            Some(home) => format!(
                "<a href=\"{}#quiz-{}\">{name}</a>",
                relative_url(page.here, home),
                question.id
            ),
            None => name,
        };
        return format!("<p class=\"quiz-note\">From {name}</p>");
    }
    match question.recall.as_deref() {
        Some(lesson) => format!(
            "<p class=\"quiz-note\">Looks back at {}</p>",
            name(lesson).unwrap_or_else(|| "what you need".into())
        ),
        None => String::new(),
    }
}

/// `lesson 3`; nothing for what comes before the lessons.
fn name(lesson: &str) -> Option<String> {
    let number: u32 = lesson.get(..2)?.parse().ok()?;
    (number > 0).then(|| format!("lesson {number}"))
}

/// The program without its title and its outcome, which would tell.
fn code(anchor: Option<&str>, listing: &Listing, page: &QuizPage) -> String {
    let Some(excerpt) = listing.excerpt(anchor) else {
        return String::new();
    };
    let mut caption = listing.language.to_string();
    if listing.declaration.mode != Mode::Debug {
        let _ = write!(
            caption,
            ", built with <code>-O {}</code>",
            listing.declaration.mode.word()
        );
    }
    let name = format!("The program in {}", listing.language);
    format!(
        "<figure class=\"quiz-program\" data-listing=\"{}\"><figcaption>{caption}</figcaption>{}</figure>",
        listing.id,
        (page.code)(listing, &excerpt, &name)
    )
}

fn letter(index: usize) -> char {
    char::from(b'A' + u8::try_from(index % 26).expect("less than 26"))
}

/// The options, each to be chosen. `text` makes HTML of what they say.
pub fn options(choices: &[Choice], text: &dyn Fn(&str) -> String) -> String {
    let input = if several(choices) {
        "checkbox"
    } else {
        "radio"
    };
    let mut html = String::from("<ul class=\"quiz-options\">");
    for (index, choice) in choices.iter().enumerate() {
        let label = match &choice.label {
            Label::Markdown(source) => text(source),
            Label::Code(code) => format!("<code>{}</code>", escape(code)),
        };
        let _ = write!(
            html,
            "<li><label><input type=\"{input}\" name=\"answer\" value=\"{index}\"> \
             <b>{}</b> <span>{label}</span></label></li>",
            letter(index)
        );
    }
    html.push_str("</ul>");
    html
}

/// Each option's explanation, in the order of the options: the script finds them by position.
pub fn explanations(choices: &[Choice], text: &dyn Fn(&str) -> String) -> String {
    let mut html = String::new();
    for (index, choice) in choices.iter().enumerate() {
        let (data, verdict) = if choice.right {
            (" data-right", " is right.")
        } else {
            ("", ":")
        };
        let _ = write!(
            html,
            "<li{data}><b>{}{verdict}</b> <span class=\"quiz-why\">{}</span></li>",
            letter(index),
            text(&choice.why)
        );
    }
    html
}

/// A diagram with blanks, and a field for each of them.
pub(crate) fn blanks(diagram: &DiagramQuestion) -> String {
    let mut html = match &diagram.next {
        Some((number, line)) => format!(
            "<p class=\"quiz-note\">Memory before line {number} runs: <code>{}</code></p>",
            escape(line)
        ),
        None => String::from("<p class=\"quiz-note\">Memory at this step:</p>"),
    };
    html.push_str(&diagram.picture);
    html.push_str("<ul class=\"quiz-blanks\">");
    for (number, blank) in (1..).zip(&diagram.blanks) {
        let example = match blank.is_place {
            true => " placeholder=\"block or element\" class=\"wide\"",
            false => "",
        };
        let _ = write!(
            html,
            "<li><label><b>?{number}</b> <code>{}</code> <input type=\"text\" name=\"answer\" data-blank=\"{number}\"{example} autocapitalize=\"off\" spellcheck=\"false\"></label></li>",
            escape(&blank.at)
        );
    }
    html.push_str("</ul>");
    html
}

/// The right answer, then the near ones, each in the form in which the script compares it. `blank` is the number
/// of the blank that they are for.
fn solutions(typed: &TypedAnswer, blank: Option<usize>, text: &dyn Fn(&str) -> String) -> String {
    let (data, name) = match blank {
        Some(number) => (format!(" data-blank=\"{number}\""), format!("?{number} ")),
        None => (String::new(), String::new()),
    };
    let accepted: Vec<String> = typed
        .accept
        .iter()
        .map(|answer| derive::typed(answer))
        .collect();
    let mut html = format!(
        "<li data-right{data} data-answer=\"{}\"><b>{name}<code>{}</code> is right.</b> <span class=\"quiz-why\">{}</span></li>",
        escape(&accepted.join("\n")),
        escape(&typed.accept[0]),
        text(&typed.why)
    );
    for near in &typed.near {
        let _ = write!(
            html,
            "<li{data} data-answer=\"{}\"><b>{name}<code>{}</code>:</b> <span class=\"quiz-why\">{}</span></li>",
            escape(&derive::typed(&near.answer)),
            escape(&near.answer),
            text(&near.why)
        );
    }
    html
}
