//! `{{#exercise 03_allocator}}`: an exercise on its page: task, signatures, how to run it, and in folds what a
//! reader should not see too early. Pure but for [`Exercises::load`].
//!
//! The parts stand in the page one after the other, each an element of its own, so that the theme treats them
//! like the rest of the chapter.

use std::collections::BTreeMap;
use std::fmt::Write;

use anyhow::Result;
use mdbook_markdown::pulldown_cmark::{Event, html as markdown_html};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};

use super::directive::{Directive, check_options};
use super::{Context, DirectiveProblem, figure, lab, spot};
use crate::highlight::{self, ColoredToken};
use book_exercise::Exercise;
use book_listing::{Excerpt, Language};
use book_support::html::escape;
use book_support::project::Project;
use book_support::written::Written;

/// The languages of a page, in the order of its tabs.
const LANGUAGES: [Language; 2] = [Language::Zig, Language::Rust];

/// Every exercise with what highlighting its sources takes.
#[derive(Clone, Debug, Default)]
pub struct Exercises {
    all: Vec<Exercise>,
    tokens: BTreeMap<(Language, String), Vec<ColoredToken>>,
}

impl Exercises {
    /// Highlights what the pages show of `all`.
    ///
    /// # Errors
    ///
    /// When Zig is needed for that and cannot be run, or the cache cannot be written.
    pub fn load(project: &Project, all: Vec<Exercise>) -> Result<Exercises> {
        let mut sources: Vec<(Language, &str)> = Vec::new();
        for exercise in &all {
            for (&language, files) in &exercise.languages {
                for source in [&files.starter, &files.tests, &files.solution] {
                    sources.push((language, source));
                }
            }
            for signature in &exercise.meta.signature {
                sources.push((Language::Zig, &signature.zig));
                sources.push((Language::Rust, &signature.rust));
            }
        }
        let tokens = highlight::highlight(project, "exercises", &sources)?;
        let tokens = sources
            .into_iter()
            .map(|(language, source)| (language, source.to_string()))
            .zip(tokens)
            .collect();
        Ok(Exercises { all, tokens })
    }

    /// All that authors wrote for readers beside the programs.
    pub fn texts(&self) -> Vec<Written> {
        let texts = self.all.iter().flat_map(|exercise| &exercise.texts);
        texts.cloned().collect()
    }

    /// All of them, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &Exercise> {
        self.all.iter()
    }

    fn tokens(&self, language: Language, source: &str) -> &[ColoredToken] {
        self.tokens
            .get(&(language, source.to_string()))
            .map_or(&[], Vec::as_slice)
    }
}

/// The exercise's HTML.
pub(crate) fn render(directive: &Directive, context: &Context) -> Result<String, DirectiveProblem> {
    check_options(directive, &[])?;
    let [name] = directive.arguments.as_slice() else {
        return Err(
            DirectiveProblem::new(format!("`{}` wants one exercise", directive.text))
                .hint("write `{{#exercise 03_allocator}}`"),
        );
    };
    let exercises = context.exercises;
    let Some(exercise) = exercises.all.iter().find(|each| each.name == *name) else {
        let names: Vec<&str> = exercises.all.iter().map(|each| &*each.name).collect();
        return Err(
            DirectiveProblem::new(format!("there is no exercise `{name}`")).hint(
                if names.is_empty() {
                    "exercises are in `exercises/`; CONTRIBUTING.md says what one consists of"
                        .into()
                } else {
                    format!("the exercises are {}", names.join(", "))
                },
            ),
        );
    };
    let here = lab::exercise(&exercise.name, context.offers);
    let spot = spot::section(exercise, context.offers.spot.as_deref());
    Ok(page(exercise, exercises, &here) + &spot)
}

/// `here` is what does it on the page, if anything does.
fn page(exercise: &Exercise, exercises: &Exercises, here: &str) -> String {
    let meta = &exercise.meta;
    let mut html = String::new();
    heading(&mut html, "task", "The task");
    let _ = write!(
        html,
        "<p class=\"reading-time\">About {} minutes in the first language.</p>{}",
        meta.minutes,
        markdown(&meta.task)
    );
    heading(&mut html, "practice", "What you practice");
    html.push_str("<ul>");
    for practice in &meta.practices {
        let _ = write!(html, "<li>{}</li>", span(practice));
    }
    html.push_str("</ul>");
    heading(&mut html, "signatures", "The signatures");
    html.push_str(&signatures(exercise, exercises));
    heading(&mut html, "run", "How to run it");
    html.push_str(&how_to_run(exercise));
    html.push_str(here);
    html.push_str(&fold(
        "The starter",
        &twins(exercise, exercises, "starter", |files| &files.starter),
    ));
    html.push_str(&fold(
        "The tests",
        &twins(exercise, exercises, "tests", |files| &files.tests),
    ));
    heading(&mut html, "hints", "Hints");
    html.push_str("<p>Each goes a step further. Try again after each.</p>");
    for (index, hint) in exercise.hints.iter().enumerate() {
        html.push_str(&fold(&format!("Hint {}", index + 1), &markdown(hint)));
    }
    heading(&mut html, "solution", "A solution");
    let solution = format!(
        "<p>There are other good ones. The comments say why a line is where it is.</p>{}\
         <h3>What the compilers checked, and what the tests</h3>{}",
        twins(exercise, exercises, "solution", |files| &files.solution),
        markdown(&meta.comparison)
    );
    let _ = write!(
        html,
        "<p class=\"spoiler\"><strong>Only for those who have tried.</strong> A solution that you read is \
         soon forgotten; one that you found, after some wrong ones, stays.</p>{}",
        fold("Show the solution and the comparison", &solution)
    );
    let _ = write!(html, "<div data-exercise=\"{}\"></div>", exercise.name);
    html
}

fn heading(html: &mut String, id: &str, text: &str) {
    let _ = write!(
        html,
        "<h2 id=\"{id}\"><a class=\"header\" href=\"#{id}\">{text}</a></h2>"
    );
}

/// A table of the functions; its headings name the languages.
fn signatures(exercise: &Exercise, exercises: &Exercises) -> String {
    let mut html = String::from(
        "<div class=\"table-wrapper\"><table class=\"signatures\"><thead><tr><th scope=\"col\">Zig</th>\
         <th scope=\"col\">Rust</th><th scope=\"col\">Meaning</th></tr></thead><tbody>",
    );
    let code = |language, source: &str| {
        let tokens = exercises.tokens(language, source);
        format!(
            "<code>{}</code>",
            figure::color(source, 0..source.len(), tokens)
        )
    };
    for signature in &exercise.meta.signature {
        let _ = write!(
            html,
            "<tr><td>{}</td><td>{}</td><td>{}</td></tr>",
            code(Language::Zig, &signature.zig),
            code(Language::Rust, &signature.rust),
            span(&signature.meaning)
        );
    }
    html.push_str("</tbody></table></div>");
    html
}

fn how_to_run(exercise: &Exercise) -> String {
    let (number, name) = (exercise.number(), &exercise.name);
    format!(
        "<pre><code class=\"language-console\">$ cargo xtask exercise {number}\n\
         $ cargo xtask exercise {number} --lang rust</code></pre>\
         <p>The first is for Zig, the second for Rust. The command copies the starter to \
         <code>my-exercises/{name}/exercise.zig</code> (or <code>.rs</code>), which is yours to edit. At every save \
         it compiles the file, runs the tests, and says what to look at next; a key gives the next hint. \
         <code>exercises/README.md</code> in the book's repository says how to do the same by hand.</p>"
    )
}

fn fold(summary: &str, body: &str) -> String {
    format!("<details class=\"fold wide\"><summary>{summary}</summary>{body}</details>")
}

/// One file of the exercise in both languages, with the tabs of a listing's figure.
fn twins(
    exercise: &Exercise,
    exercises: &Exercises,
    stem: &str,
    of: impl Fn(&book_exercise::ExerciseFiles) -> &String,
) -> String {
    let id = format!("exercise-{stem}");
    let mut html = format!(
        "<figure class=\"listing\" id=\"{id}\" data-languages=\"zig rust\"><div class=\"listing-body\">{}",
        figure::tabs(&id, &format!("the {stem}"), &LANGUAGES)
    );
    for language in LANGUAGES {
        let source = of(&exercise.languages[&language]);
        let word = language.word();
        let first = if language == LANGUAGES[0] {
            " first"
        } else {
            ""
        };
        let excerpt = Excerpt {
            lines: source
                .lines()
                .enumerate()
                .map(|(index, line)| (index + 1, line.to_string()))
                .collect(),
        };
        let _ = write!(
            html,
            "<div class=\"listing-twin{first}\" role=\"tabpanel\" id=\"{id}-{word}\" \
             aria-labelledby=\"{id}-tab-{word}\" data-language=\"{word}\">\
             <p class=\"listing-head\"><span class=\"listing-language\">{language}</span> \
             <span class=\"listing-file\">{}</span>{}</p>{}</div>",
            escape(&exercise.file(stem, language).display().to_string()),
            figure::COPY,
            figure::code(
                source,
                &excerpt,
                exercises.tokens(language, source),
                &format!("The {stem}, {language}")
            )
        );
    }
    html.push_str("</div></figure>");
    html
}

/// Markdown as HTML.
fn markdown(text: &str) -> String {
    let events = new_cmark_parser(text, &MarkdownOptions::default()).map(|event| match event {
        // The whole becomes one line.
        Event::SoftBreak => Event::Text(" ".into()),
        other => other,
    });
    let mut html = String::new();
    markdown_html::push_html(&mut html, events);
    html.trim().to_string()
}

/// Markdown of one paragraph, without its element.
fn span(text: &str) -> String {
    let html = markdown(text);
    match html
        .strip_prefix("<p>")
        .and_then(|html| html.strip_suffix("</p>"))
    {
        Some(inner) => inner.to_string(),
        None => html,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use book_exercise::testing;

    fn exercises() -> Exercises {
        Exercises {
            all: vec![testing::exercise()],
            tokens: BTreeMap::new(),
        }
    }

    #[test]
    fn a_page_has_every_part_and_folds_what_gives_it_away() {
        let exercises = exercises();
        let html = page(&exercises.all[0], &exercises, "");
        let at = |text: &str| {
            html.find(text)
                .unwrap_or_else(|| panic!("not on the page: {text}\n{html}"))
        };
        let parts = [
            "About 40 minutes",
            "<p>Write <code>double</code>.</p>",
            "<li>multiplying</li>",
            "<td><code>fn double(x: u8) u8</code></td><td><code>fn double(x: u8) -&gt; u8</code></td><td>twice</td>",
            "cargo xtask exercise 3 --lang rust",
            "<summary>The starter</summary>",
            "<summary>The tests</summary>",
            "<summary>Hint 1</summary><p>Think.</p></details>",
            "<summary>Hint 3</summary>",
            "<summary>Show the solution and the comparison</summary>",
            "exercises/03_allocator/solution.rs",
            "<p>Both double.</p></details>",
            "<div data-exercise=\"03_allocator\"></div>",
        ];
        let places: Vec<usize> = parts.iter().map(|part| at(part)).collect();
        assert!(places.is_sorted(), "{places:?}");
        assert!(!html.contains("<details open"));
    }

    #[test]
    fn elements_that_open_close() {
        let exercises = exercises();
        let html = page(&exercises.all[0], &exercises, "");
        for element in ["details", "figure", "div", "table", "pre", "code", "span"] {
            let count = |text: String| html.matches(&text).count();
            let opened = count(format!("<{element}>")) + count(format!("<{element} "));
            assert_eq!(opened, count(format!("</{element}>")), "{element}");
        }
    }
}
