//! `{{#predict ID}}`, `{{#reveal}}` and `{{#end}}`: a question that is asked before anything tells, and what is folded
//! until it is answered. Pure.
//!
//! The question stands before the figures it is about. Their outcome, their output and their memory beyond the first
//! step are folded, and so is the explanation, in `<details>` that need no script. `theme/predict.js` opens them
//! together.

use std::ops::Range;

use mdbook_markdown::pulldown_cmark::{Event, Tag};

use super::directive::Directive;
use super::{Context, DirectiveProblem, Page, markdown};
use book_quiz::prediction;
use book_support::diagnostic::Diagnostic;
use book_support::html::escape;

/// What ends a fold besides headings and directives: the sentence that is to be kept. It answers most questions, so it is
/// folded with the explanation.
const RULE: &str = "**Rule";

/// What one prediction folds, in bytes of the page's content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fold {
    /// The prediction's.
    pub id: String,
    /// From the question to the explanation: figures in here do not tell.
    pub question: Range<usize>,
    /// Where the explanation begins, if it is marked.
    reveal: Option<usize>,
    /// Where the fold ends.
    pub end: usize,
}

/// The folds of one page, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folds(Vec<Fold>);

impl Folds {
    /// Reads the folds of a page, and says which directives belong to none.
    pub fn read(page: &Page, directives: &[Directive]) -> (Folds, Vec<Diagnostic>) {
        let content = &page.content;
        let named = |name: &'static str| {
            let is_live =
                move |directive: &&Directive| directive.name == name && !directive.literal;
            directives.iter().filter(is_live)
        };
        if named("predict").next().is_none() && named("reveal").chain(named("end")).next().is_none()
        {
            return (Folds::default(), Vec::new());
        }
        let ends = ends(content);
        let mut folds = Vec::new();
        let mut problems = Vec::new();
        let mut used = Vec::new();
        for predict in named("predict") {
            let after = predict.span.end;
            let next = named("predict").map(|directive| directive.span.start);
            let marked = named("end").find(|directive| directive.span.start >= after);
            let stop = next
                .chain(ends.iter().map(|(start, _)| *start))
                .chain(marked.map(|directive| directive.span.start))
                .filter(|at| *at >= after)
                .min()
                .unwrap_or(content.len());
            used.extend(
                marked
                    .filter(|marked| marked.span.start == stop)
                    .map(|marked| marked.span.start),
            );
            let reveal = named("reveal")
                .map(|directive| directive.span.start)
                .find(|at| (after..stop).contains(at));
            used.extend(reveal);
            let rule = ends.iter().find(|(start, _)| *start == stop);
            let end = match (reveal, rule) {
                (Some(_), Some((_, behind))) => *behind,
                _ => stop,
            };
            folds.push(Fold {
                id: predict.arguments.first().cloned().unwrap_or_default(),
                question: predict.span.start..reveal.unwrap_or(end),
                reveal,
                end,
            });
        }
        let callouts = markdown::callouts(content);
        for directive in named("predict").chain(named("reveal")).chain(named("end")) {
            let at = directive.span.start;
            let begins_line = at == 0 || content[..at].ends_with('\n');
            let in_callout = callouts.iter().any(|callout| callout.span.contains(&at));
            if !begins_line || in_callout {
                problems.push(
                    page.diagnostic(
                        at,
                        format!("`{}` stands inside something else", directive.text),
                    )
                    .hint("begin the line with it, outside lists, quotes and callouts"),
                );
            }
            if directive.name != "predict" && !used.contains(&at) {
                problems.push(
                    page.diagnostic(at, format!("`{}` belongs to no prediction", directive.text))
                        .hint("a fold begins with `{{#predict …}}` and ends at the next heading, rule or prediction"),
                );
            }
        }
        (Folds(folds), problems)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Fold> {
        self.0.iter()
    }

    /// The prediction that a figure at this place must not answer.
    pub fn asked_at(&self, offset: usize) -> Option<&str> {
        let holds = |fold: &&Fold| fold.question.contains(&offset);
        self.0.iter().find(holds).map(|fold| fold.id.as_str())
    }

    /// The fold whose explanation is marked at this place.
    fn revealed_at(&self, offset: usize) -> Option<&Fold> {
        self.0.iter().find(|fold| fold.reveal == Some(offset))
    }

    /// What has to be put into the page where folds end.
    pub fn closings(&self, context: &Context) -> Vec<(Range<usize>, String)> {
        let closing = |fold: &Fold| {
            let opening = match fold.reveal {
                Some(_) => String::new(),
                None => opening(fold, context),
            };
            (fold.end..fold.end, format!("\n{opening}\n\n</details>\n\n"))
        };
        self.0.iter().map(closing).collect()
    }
}

/// Where a heading or a rule begins, and where what belongs to it ends (a heading belongs to what follows), outside
/// callouts; in order.
fn ends(content: &str) -> Vec<(usize, usize)> {
    markdown::events(content)
        .filter_map(|(event, span)| match event {
            Event::Start(Tag::Heading { .. }) => Some((span.start, span.start)),
            Event::Start(Tag::Paragraph) if content[span.clone()].starts_with(RULE) => {
                Some((span.start, span.end))
            }
            _ => None,
        })
        .collect()
}

/// `{{#predict ID}}`: the question.
pub(crate) fn render(directive: &Directive, context: &Context) -> Result<String, DirectiveProblem> {
    super::directive::check_options(directive, &[])?;
    let [id] = directive.arguments.as_slice() else {
        return Err(DirectiveProblem::new(format!("`{}` wants one prediction", directive.text))
            .hint("write the id of a `[[prediction]]` of the lesson's quiz.toml: `{{#predict who-frees}}`"));
    };
    let Some(question) = context.quizzes.prediction(id) else {
        let problem = DirectiveProblem::new(format!("there is no prediction `{id}`"));
        return Err(match context.quizzes.similar_prediction(id) {
            Some(similar) => problem.hint(format!("did you mean `{similar}`?")),
            None => problem.hint("write it as `[[prediction]]` in the lesson's quiz.toml"),
        });
    };
    Ok(prediction::form(question, &context.page.path))
}

/// `{{#reveal}}`: where the explanation begins.
pub(crate) fn render_reveal(
    directive: &Directive,
    context: &Context,
) -> Result<String, DirectiveProblem> {
    nothing_else(directive)?;
    Ok(match context.folds.revealed_at(directive.span.start) {
        Some(fold) => opening(fold, context),
        None => String::new(),
    })
}

/// `{{#end}}`: where it ends, which [`Folds::closings`] writes.
pub(crate) fn render_end(directive: &Directive) -> Result<String, DirectiveProblem> {
    nothing_else(directive)?;
    Ok(String::new())
}

fn nothing_else(directive: &Directive) -> Result<(), DirectiveProblem> {
    if directive.arguments.is_empty() && directive.options.is_empty() {
        return Ok(());
    }
    let plain = format!("{{{{#{}}}}}", directive.name);
    Err(
        DirectiveProblem::new(format!("`{plain}` takes no arguments"))
            .hint(format!("write `{plain}`")),
    )
}

fn opening(fold: &Fold, context: &Context) -> String {
    let answer = context
        .quizzes
        .prediction(&fold.id)
        .map(|question| prediction::answer(question, &context.page.path));
    format!(
        "<details class=\"reveal\" data-fold=\"{}\"><summary>Show me</summary>{}",
        escape(&fold.id),
        book_support::html::one_line(&answer.unwrap_or_default())
    )
}

#[cfg(test)]
#[path = "predict_tests.rs"]
mod tests;
