//! `{{#time}}`: the estimated reading time of a page, computed from what the page holds.

use super::directive::{self, Directive};
use super::figures::Reference;
use super::{Context, Problem, markdown};

/// Words a minute for technical prose, by a reader for whom English may be a second language.
const WORDS_PER_MINUTE: usize = 180;
/// Seconds to read a line of code.
const SECONDS_PER_LINE: usize = 3;
/// Seconds to step through a memory diagram.
const SECONDS_PER_TRACE: usize = 60;
/// Seconds to read a question of a quiz with its code, answer it, and read why.
const SECONDS_PER_QUESTION: usize = 45;

pub fn render(directive: &Directive, context: &Context) -> Result<String, Problem> {
    if !directive.arguments.is_empty() || !directive.options.is_empty() {
        return Err(Problem::new("`{{#time}}` takes no arguments").hint("write `{{#time}}`"));
    }
    let minutes = minutes(context);
    Ok(if directive.alone {
        let number = minutes.split(' ').next().unwrap_or_default();
        format!("<p class=\"reading-time\" data-minutes=\"{number}\">About {minutes} to read.</p>")
    } else {
        minutes
    })
}

fn minutes(context: &Context) -> String {
    let content = &context.page.content;
    let mut seconds = markdown::words(content) * 60 / WORDS_PER_MINUTE;
    for directive in directive::find(content) {
        seconds += match directive.name.as_str() {
            _ if directive.literal => 0,
            "listing" => SECONDS_PER_LINE * lines(&directive, context),
            "trace" => SECONDS_PER_TRACE,
            "quiz" => SECONDS_PER_QUESTION * questions(&directive, context),
            _ => 0,
        };
    }
    match seconds.div_ceil(60).max(1) {
        1 => "1 minute".to_string(),
        // An estimate that is exact to the minute would be a lie.
        few @ 2..=10 => format!("{few} minutes"),
        many => format!("{} minutes", many.div_ceil(5) * 5),
    }
}

/// The questions of a lesson's quiz. The pools of all lessons are pages of their own, answered a few at a time.
fn questions(directive: &Directive, context: &Context) -> usize {
    let lesson = directive.arguments.first();
    lesson
        .and_then(|lesson| context.quizzes.of(lesson))
        .map_or(0, |quiz| quiz.questions.len())
}

/// The shown lines of the first twin: a reader reads the others only now and then.
fn lines(directive: &Directive, context: &Context) -> usize {
    directive
        .arguments
        .first()
        .and_then(|text| Reference::parse(text))
        .and_then(|reference| {
            let listing = *context.catalog.twins(&reference.id).first()?;
            listing.excerpt(reference.anchor.as_deref())
        })
        .map_or(0, |excerpt| excerpt.lines.len())
}
