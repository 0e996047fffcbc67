//! `{{#quiz 03_allocator}}`: the lesson's quiz; `{{#quiz review}}` and `{{#quiz final}}`: the questions of all
//! lessons.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::directive::Directive;
use super::figure::{self, Output};
use super::listings::check_options;
use super::{Context, Page, Problem};
use book_quiz::{Quiz, pool, render as html};
use book_support::diagnostic::Diagnostic;
use book_support::html::escape;

/// All quizzes, and where the book shows them.
pub struct Quizzes<'a> {
    all: &'a BTreeMap<String, Quiz>,
    /// By lesson, the page that shows its quiz, relative to `src/`.
    homes: BTreeMap<&'a str, &'a Path>,
    problems: Vec<Diagnostic>,
}

impl<'a> Quizzes<'a> {
    /// Finds the `{{#quiz …}}` directives of all pages.
    pub fn collect(
        all: &'a BTreeMap<String, Quiz>,
        pages: impl Iterator<Item = (&'a Page, &'a [Directive])>,
    ) -> Quizzes<'a> {
        let mut homes: BTreeMap<&str, &Path> = BTreeMap::new();
        let mut problems = Vec::new();
        for (page, directives) in pages {
            for directive in directives {
                let lesson = directive.arguments.first().map(String::as_str);
                let Some((lesson, _)) = lesson.and_then(|lesson| all.get_key_value(lesson)) else {
                    continue;
                };
                if directive.name != "quiz" || directive.literal {
                    continue;
                }
                if let Some(first) = homes.insert(lesson, &page.path) {
                    let message = format!(
                        "the quiz `{lesson}` is shown a second time: {} has it",
                        first.display()
                    );
                    problems.push(
                        page.diagnostic(directive.span.start, message)
                            .hint("show it once: questions are linked, and answers are counted"),
                    );
                }
            }
        }
        Quizzes {
            all,
            homes,
            problems,
        }
    }

    /// The quiz of a lesson.
    pub fn of(&self, lesson: &str) -> Option<&Quiz> {
        self.all.get(lesson)
    }

    /// Quizzes that no page shows, or that two do.
    pub fn problems(&self, draft: bool) -> Vec<Diagnostic> {
        let missing = self
            .all
            .values()
            .filter(|quiz| !draft && !self.homes.contains_key(quiz.lesson.as_str()))
            .map(|quiz| {
                Diagnostic::new(&quiz.path, "no chapter shows this quiz").hint(format!(
                    "show it at the end of the lesson: `{{{{#quiz {}}}}}`",
                    quiz.lesson
                ))
            });
        self.problems.iter().cloned().chain(missing).collect()
    }
}

/// The quiz's HTML.
pub fn render(directive: &Directive, context: &Context) -> Result<String, Problem> {
    let known: BTreeSet<&str> = context.quizzes.all.keys().map(String::as_str).collect();
    let [lesson] = directive.arguments.as_slice() else {
        return Err(
            Problem::new(format!("`{}` wants one lesson", directive.text))
                .hint("write `{{#quiz 03_allocator}}`"),
        );
    };
    check_options(directive, &[])?;
    let quizzes = context.quizzes;
    let page = html::Page {
        catalog: context.catalog,
        here: &context.page.path,
        home: &|lesson| quizzes.homes.get(lesson).copied(),
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
            Problem::new(format!("there is no quiz `{lesson}`")).hint(format!(
                "write `listings/{lesson}/quiz.toml`; there are {}, `review` and `final`",
                names.join(", ")
            )),
        );
    };
    for id in &quiz.shown {
        context.show(id);
    }
    Ok(html::lesson(quiz, &page))
}
