//! `{{#quiz 03_allocator}}`: the lesson's quiz; `{{#quiz review}}` and `{{#quiz final}}`: the questions of all
//! lessons.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::directive::{Directive, check_options};
use super::figure::{self, Output};
use super::{Context, DirectiveProblem, Page};
use book_quiz::{Question, Quiz, QuizPart, pool, render as html};
use book_support::diagnostic::Diagnostic;
use book_support::html::escape;
use book_support::nearest::{ALIKE, nearest};

/// All quizzes, and where the book shows them.
pub struct Quizzes<'a> {
    all: &'a BTreeMap<String, Quiz>,
    /// By lesson and part, the page that shows it, relative to `src/`.
    homes: BTreeMap<(&'a str, QuizPart), &'a Path>,
    /// The ids of the predictions that chapters ask.
    asked: BTreeSet<&'a str>,
    problems: Vec<Diagnostic>,
}

impl<'a> Quizzes<'a> {
    /// Finds the `{{#quiz …}}` and `{{#predict …}}` directives of all pages.
    pub fn collect(
        all: &'a BTreeMap<String, Quiz>,
        pages: impl Iterator<Item = (&'a Page, &'a [Directive])>,
    ) -> Quizzes<'a> {
        let mut homes: BTreeMap<(&str, QuizPart), &Path> = BTreeMap::new();
        let mut asked: BTreeMap<&str, &Path> = BTreeMap::new();
        let mut problems = Vec::new();
        for (page, directives) in pages {
            for directive in directives.iter().filter(|directive| !directive.literal) {
                let Some(name) = directive.arguments.first() else {
                    continue;
                };
                let (what, first, advice) = match directive.name.as_str() {
                    "quiz" => {
                        let Some((lesson, _)) = all.get_key_value(name) else {
                            continue;
                        };
                        let first = homes.insert((lesson, part(directive)), &page.path);
                        (
                            format!("the quiz `{lesson}`"),
                            first,
                            "show it once: questions are linked, and answers are counted",
                        )
                    }
                    "predict" => (
                        format!("the prediction `{name}`"),
                        asked.insert(name, &page.path),
                        "ask it once: what a reader answered is kept under its id",
                    ),
                    _ => continue,
                };
                if let Some(first) = first {
                    let message =
                        format!("{what} is shown a second time: {} has it", first.display());
                    problems.push(page.diagnostic(directive.span.start, message).hint(advice));
                }
            }
        }
        Quizzes {
            all,
            homes,
            asked: asked.into_keys().collect(),
            problems,
        }
    }

    /// The page that shows a part of a lesson's quiz.
    pub fn home(&self, lesson: &str, part: QuizPart) -> Option<&Path> {
        self.homes.get(&(lesson, part)).copied()
    }

    /// All quizzes by lesson.
    pub fn all(&self) -> &BTreeMap<String, Quiz> {
        self.all
    }

    fn predictions(&self) -> impl Iterator<Item = (&Quiz, &Question)> {
        let of = |quiz: &'a Quiz| {
            quiz.predictions
                .iter()
                .map(move |question| (quiz, question))
        };
        self.all.values().flat_map(of)
    }

    /// The prediction with this id.
    pub fn prediction(&self, id: &str) -> Option<&Question> {
        let mut all = self.predictions().map(|(_, question)| question);
        all.find(|question| question.id == id)
    }

    /// The id of a prediction that is nearest to one that is not there.
    pub fn similar_prediction(&self, id: &str) -> Option<&str> {
        let known = self.predictions().map(|(_, question)| question.id.as_str());
        nearest(id, known, ALIKE).first().copied()
    }

    /// Quizzes and predictions that no page shows, or that two do.
    pub fn problems(&self, draft: bool) -> Vec<Diagnostic> {
        let mut problems = self.problems.clone();
        if draft {
            return problems;
        }
        for quiz in self.all.values() {
            for (part, option) in [(QuizPart::Core, ""), (QuizPart::Deeper, " part=deeper")] {
                let Some(first) = quiz.part(part).next() else {
                    continue;
                };
                if self.homes.contains_key(&(quiz.lesson.as_str(), part)) {
                    continue;
                }
                let diagnostic = match part {
                    QuizPart::Core => Diagnostic::new(&quiz.path, "no chapter shows this quiz"),
                    QuizPart::Deeper => {
                        Diagnostic::new(&quiz.path, "no chapter shows this part of the quiz")
                            .line(first.line)
                    }
                };
                problems.push(diagnostic.hint(format!(
                    "show it at the end of its page: `{{{{#quiz {}{option}}}}}`",
                    quiz.lesson
                )));
            }
        }
        for (quiz, question) in self.predictions() {
            if !self.asked.contains(question.id.as_str()) {
                let message = format!("no chapter asks the prediction `{}`", question.id);
                problems.push(
                    Diagnostic::new(&quiz.path, message)
                        .line(question.line)
                        .hint(format!(
                            "ask it: `{{{{#predict {}}}}}`, or remove it",
                            question.id
                        )),
                );
            }
        }
        problems
    }
}

/// The part of the quiz that a directive asks for; one that is not there is reported where it is rendered.
pub(crate) fn part(directive: &Directive) -> QuizPart {
    directive
        .option("part")
        .and_then(QuizPart::parse)
        .unwrap_or_default()
}

/// The quiz's HTML.
pub(crate) fn render(directive: &Directive, context: &Context) -> Result<String, DirectiveProblem> {
    let known: BTreeSet<&str> = context.quizzes.all.keys().map(String::as_str).collect();
    let [lesson] = directive.arguments.as_slice() else {
        return Err(
            DirectiveProblem::new(format!("`{}` wants one lesson", directive.text))
                .hint("write `{{#quiz 03_allocator}}`"),
        );
    };
    check_options(directive, &["part"])?;
    if let Some(other) = directive.option("part")
        && QuizPart::parse(other).is_none()
    {
        return Err(
            DirectiveProblem::new(format!("there is no part `{other}` of a quiz"))
                .hint("write `part=deeper`, or leave it out for the lesson's own questions"),
        );
    }
    let part = part(directive);
    let quizzes = context.quizzes;
    let page = html::QuizPage {
        catalog: context.catalog,
        here: &context.page.path,
        home: &|lesson, part| quizzes.home(lesson, part),
        code: &|listing, excerpt, name| {
            let tokens = context.sources.tokens(listing);
            figure::code(&listing.source, excerpt, tokens, name)
        },
        output: &|listing| {
            format!(
                "<div class=\"recorded\" role=\"group\" aria-label=\"{}\">{}</div>",
                escape(figure::output_label(listing)),
                figure::output(listing, Output::Shown)
            )
        },
    };
    match lesson.as_str() {
        "review" => return Ok(pool::review(quizzes.all, &page)),
        "final" => return Ok(pool::last(quizzes.all, &page)),
        _ => {}
    }
    let Some(quiz) = quizzes.all.get(lesson) else {
        let names: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
        return Err(
            DirectiveProblem::new(format!("there is no quiz `{lesson}`")).hint(format!(
                "write `listings/{lesson}/quiz.toml`; there are {}, `review` and `final`",
                names.join(", ")
            )),
        );
    };
    if quiz.part(part).next().is_none() {
        return Err(
            DirectiveProblem::new(format!("`{}` has no questions", directive.text))
                .hint("give questions of the quiz `part = \"deeper\"`, or leave `part` out"),
        );
    }
    for id in &quiz.shown {
        context.show(id);
    }
    Ok(html::lesson(quiz, part, &page))
}
