//! From the chapters as authors write them to the Markdown and HTML that mdBook renders: one chain of stages,
//! each a pure function over pages, run in one process because every process costs a reader's patience.
//!
//! The order: `guard::source` (what a chapter may hold), the directives (`listings`, `quiz`, `trace`, `exercise`,
//! `variants`, `predict`, `time`), `admonish`, `mermaid`, `guard::rendered` (what is left over, links that lead nowhere). Every stage
//! reports all it finds; a book with one diagnostic is not rendered. A sound one gets its `search` index and, on every
//! page, the `stamp`. [`chain`] is the only part that reads files.

pub(crate) mod admonish;
mod allowed;
pub(crate) mod asked;
mod before;
pub mod chain;
pub mod directive;
pub(crate) mod draw;
pub(crate) mod exercise;
pub(crate) mod figure;
pub(crate) mod figures;
mod flowchart;
pub(crate) mod guard;
mod headings;
pub(crate) mod lab;
pub(crate) mod laboratory;
pub(crate) mod links;
pub(crate) mod listings;
pub(crate) mod markdown;
pub(crate) mod mermaid;
mod messages;
mod plain;
pub(crate) mod predict;
pub(crate) mod quiz;
pub(crate) mod run;
pub(crate) mod search;
pub(crate) mod spoiler;
pub(crate) mod spot;
pub(crate) mod stamp;
mod tables;
mod tags;
#[cfg(test)]
pub mod testing;
pub mod time;
pub(crate) mod trace;
pub(crate) mod variants;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::highlight::Sources;
use crate::wasm::Offers;
use book_listing::{Catalog, Id};
use book_support::diagnostic::Diagnostic;
use book_support::html;
use book_support::project::Project;
use directive::Directive;
use exercise::Exercises;
use figures::Figures;
use predict::Folds;
use quiz::Quizzes;

/// A chapter on its way through the stages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Relative to `src/`, as mdBook knows it.
    pub path: PathBuf,
    /// The Markdown file, relative to the repository's root, for messages.
    pub source: PathBuf,
    /// The Markdown file's text.
    pub raw: String,
    /// What the stages work on: at first the text that mdBook's own preprocessors left.
    pub content: String,
    /// Files that the page loads when a reader asks for what is in them.
    pub beside: Vec<VariantScript>,
}

/// A script that holds the memory diagram of a variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariantScript {
    /// Its name in the folder of what is generated, which tells its content.
    pub file: String,
    /// The whole file: JavaScript.
    pub text: String,
    /// Whose trace it shows.
    pub traced: Id,
}

impl Page {
    /// A page whose file is what mdBook hands over.
    pub fn new(path: impl AsRef<Path>, content: &str) -> Page {
        Page {
            path: path.as_ref().to_path_buf(),
            source: Path::new("src").join(path),
            raw: content.to_string(),
            content: content.to_string(),
            beside: Vec::new(),
        }
    }

    /// A diagnostic at a byte of `content` as it is before the first edit. The line is that of the Markdown
    /// file, even where mdBook's own preprocessors changed the text before it.
    pub fn diagnostic(&self, offset: usize, message: impl Into<String>) -> Diagnostic {
        let line = markdown::line_of(&self.content, offset);
        Diagnostic::new(&self.source, message).line(self.line_in_file(line))
    }

    fn line_in_file(&self, line: usize) -> usize {
        if self.raw == self.content {
            return line;
        }
        let before: String = self.content.split_inclusive('\n').take(line).collect();
        let diff = similar::TextDiff::from_lines(self.raw.as_str(), before.as_str());
        // The last line that both have is the nearest that the author wrote.
        let common = diff
            .iter_all_changes()
            .filter(|change| change.tag() == similar::ChangeTag::Equal)
            .last();
        common.and_then(|change| change.old_index()).unwrap_or(0) + 1
    }
}

/// What is wrong with one directive. [`chain`] adds the path and the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectiveProblem {
    /// One sentence, without the place.
    pub message: String,
    /// How to mend it.
    pub hint: Option<String>,
}

impl DirectiveProblem {
    /// Without a hint.
    pub fn new(message: impl Into<String>) -> DirectiveProblem {
        DirectiveProblem {
            message: message.into(),
            hint: None,
        }
    }

    /// The same with what mends it.
    pub fn hint(mut self, hint: impl Into<String>) -> DirectiveProblem {
        self.hint = Some(hint.into());
        self
    }

    fn at(self, page: &Page, offset: usize) -> Diagnostic {
        let mut diagnostic = page.diagnostic(offset, self.message);
        diagnostic.hint = self.hint;
        diagnostic
    }
}

/// The whole book, as far as a directive may need it.
pub struct Context<'a> {
    /// Where the repository is.
    pub project: &'a Project,
    /// All listings.
    pub catalog: &'a Catalog,
    /// The highlighted tokens of every listing.
    pub sources: &'a Sources,
    /// The numbered figures of all pages.
    pub figures: &'a Figures,
    /// The questions of all lessons, and where each is asked.
    pub quizzes: &'a Quizzes<'a>,
    /// All exercises.
    pub exercises: &'a Exercises,
    /// All directives of the page, in order.
    pub directives: &'a [Directive],
    /// What the page's predictions fold.
    pub folds: &'a Folds,
    /// What can be run in the page.
    pub offers: &'a Offers,
    /// The repository's address, without a slash at its end.
    pub repository: Option<&'a str>,
    /// The page that holds the directive.
    pub page: &'a Page,
    shown: RefCell<BTreeSet<Id>>,
    beside: RefCell<Vec<VariantScript>>,
}

impl Context<'_> {
    /// Notes that a reader sees this listing. One that no page shows is an error.
    pub fn show(&self, id: &Id) {
        self.shown.borrow_mut().insert(id.clone());
    }

    /// Puts a file beside the page.
    fn beside(&self, file: VariantScript) {
        self.beside.borrow_mut().push(file);
    }
}

/// Expands one directive. `Ok(None)` when its name is unknown, which [`guard`] reports.
fn expand(directive: &Directive, context: &Context) -> Result<Option<String>, DirectiveProblem> {
    let inline = matches!(directive.name.as_str(), "listing-ref" | "time");
    let html = match directive.name.as_str() {
        "listing" => listings::render(directive, context)?,
        "listing-ref" => listings::render_reference(directive, context)?,
        "output" => listings::render_output(directive, context)?,
        "quiz" => quiz::render(directive, context)?,
        "trace" => trace::render(directive, context)?,
        "exercise" => exercise::render(directive, context)?,
        "draw-digit" => draw::render(directive, context)?,
        "lab" => lab::render(directive, context)?,
        "laboratory" => laboratory::render(directive, context)?,
        "spot" => spot::render(directive, context)?,
        "time" => time::render(directive, context)?,
        "predict" => predict::render(directive, context)?,
        "reveal" => predict::render_reveal(directive, context)?,
        "end" => predict::render_end(directive)?,
        _ => return Ok(None),
    };
    if !inline && !directive.alone {
        return Err(DirectiveProblem::new(format!(
            "`{{{{#{}}}}}` stands inside a line",
            directive.name
        ))
        .hint("put it alone on its line, with an empty line before and after it"));
    }
    // What looks like a directive in a program is none, and stays so when the page is looked through for them.
    Ok(Some(html::one_line(&html).replace("{{#", "&#123;{#")))
}

/// Replaces the directives of one page, and says what is wrong with them.
fn expand_page(
    directives: &[Directive],
    context: &Context,
    diagnostics: &mut Vec<Diagnostic>,
) -> String {
    let content = &context.page.content;
    let mut edits = context.folds.closings(context);
    for directive in directives.iter().filter(|directive| !directive.literal) {
        match expand(directive, context) {
            Ok(Some(mut html)) => {
                // A block of HTML lasts until an empty line: the text after it must not become part of it.
                let next = content[directive.span.end..].lines().nth(1);
                let ends = next.is_none_or(|line| line.trim_matches(['>', ' ', '\t']).is_empty());
                if directive.alone && !ends {
                    html.push('\n');
                }
                edits.push((directive.span.clone(), html));
            }
            Ok(None) => {}
            Err(problem) => diagnostics.push(problem.at(context.page, directive.span.start)),
        }
    }
    markdown::splice(content, edits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_that_of_the_file_also_after_an_include() {
        let mut page = Page::new("a.md", "one\nx\ny\nz\ntwo\nthree\n");
        page.raw = "one\n{{#include x.txt}}\ntwo\nthree\n".into();
        let line = |text: &str| page.diagnostic(page.content.find(text).unwrap(), "m").line;
        assert_eq!(line("one"), Some(1));
        assert_eq!(line("three"), Some(4));
        assert_eq!(line("two"), Some(3));
    }
}
