//! What keeps untrue pages out of the book: code that no listing backs, directives that were not expanded,
//! callouts that do not exist, listings that no chapter shows. Pure.

use std::collections::BTreeSet;

use super::directive::{self, Directive, MDBOOK_NAMES, NAMES};
use super::{Page, admonish, markdown, mermaid};
use book_listing::{Catalog, Id, Language};
use book_support::diagnostic::Diagnostic;

/// What is wrong with a chapter as its author wrote it.
pub fn source(page: &Page, directives: &[Directive], diagnostics: &mut Vec<Diagnostic>) {
    for fence in markdown::fences(&page.content) {
        if listing_language(fence.language()).is_some() {
            diagnostics.push(
                page.diagnostic(
                    fence.span.start,
                    format!(
                        "fenced `{}` code in a chapter: nobody checks it",
                        fence.language()
                    ),
                )
                .hint("make it a listing (`cargo xtask new-listing`) and show it with `{{#listing …}}`"),
            );
        }
    }
    for offset in mermaid::without_words(&page.content) {
        diagnostics.push(
            page.diagnostic(offset, "nothing in words follows this diagram")
                .hint("say the same in a paragraph, a list or a table after it: who cannot see the drawing has that alone"),
        );
    }
    for (offset, message) in admonish::unknown_kinds(&page.content) {
        diagnostics.push(page.diagnostic(offset, message));
    }
    for directive in directives {
        if let Some(diagnostic) = unexpanded(page, directive) {
            diagnostics.push(diagnostic);
        }
    }
}

/// The language of the book that the first word of a fence names.
fn listing_language(word: &str) -> Option<Language> {
    let word = word.to_ascii_lowercase();
    word.parse().ok().or(match word.as_str() {
        "python3" | "pycon" => Some(Language::Python),
        _ => None,
    })
}

/// A directive that will stand in the page as it is written.
fn unexpanded(page: &Page, directive: &Directive) -> Option<Diagnostic> {
    let name = directive.name.as_str();
    let at = |message: String| page.diagnostic(directive.span.start, message);
    if MDBOOK_NAMES.contains(&name) {
        return Some(
            at(format!("`{}` was not expanded by mdBook", directive.text))
                .hint("does the file exist? Code is shown with `{{#listing …}}`"),
        );
    }
    let known = NAMES.contains(&name);
    if known && directive.literal {
        return Some(
            at(format!(
                "`{}` stands in code or in a comment, where nothing is expanded",
                directive.text
            ))
            .hint("move it out, or write `\\{{#` to show it as it is"),
        );
    }
    if !known && !directive.literal {
        let similar = NAMES
            .iter()
            .map(|known| (similar::TextDiff::from_chars(*known, name).ratio(), known))
            .filter(|(ratio, _)| *ratio > 0.6)
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let hint = match similar {
            Some((_, known)) => format!("did you mean `{{{{#{known} …}}}}`?"),
            None => format!("the book knows {}", NAMES.join(", ")),
        };
        return Some(at(format!("`{}` is no directive", directive.text)).hint(hint));
    }
    None
}

/// What is left over when all stages have run: anything that still looks like a directive.
pub fn rendered(page: &Page, diagnostics: &mut Vec<Diagnostic>) {
    for directive in directive::find(&page.content) {
        let ours = NAMES.contains(&directive.name.as_str())
            || MDBOOK_NAMES.contains(&directive.name.as_str());
        if directive.literal && !ours {
            continue;
        }
        let line = page
            .raw
            .find(&directive.text)
            .map(|at| markdown::line_of(&page.raw, at));
        let mut diagnostic = Diagnostic::new(
            &page.source,
            format!("`{}` was left in the rendered page", directive.text),
        )
        .hint("write it alone on its line, outside code");
        diagnostic.line = line;
        diagnostics.push(diagnostic);
    }
}

/// `\{{#` on a page that explains directives: the backslash has done its work.
pub fn unescape(page: &mut Page) {
    if page.content.contains("\\{{#") {
        page.content = page.content.replace("\\{{#", "{{#");
    }
}

/// The listings that no chapter shows.
pub fn not_shown(catalog: &Catalog, shown: &BTreeSet<Id>) -> Vec<Diagnostic> {
    let mut missing: BTreeSet<&Id> = BTreeSet::new();
    let mut diagnostics = Vec::new();
    for listing in catalog.iter() {
        if !shown.contains(&listing.id) && missing.insert(&listing.id) {
            diagnostics.push(
                Diagnostic::new(
                    &catalog.twins(&listing.id)[0].path,
                    "no chapter shows this listing",
                )
                .hint(format!(
                    "show it with `{{{{#listing {}}}}}`, or remove it and its twins",
                    listing.id
                )),
            );
        }
    }
    diagnostics
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preprocess::testing;

    fn problems(content: &str) -> Vec<String> {
        let page = Page::new("a.md", content);
        let mut diagnostics = Vec::new();
        source(&page, &directive::find(content), &mut diagnostics);
        diagnostics
            .iter()
            .map(|diagnostic| format!("{}: {}", diagnostic.line.unwrap(), diagnostic.message))
            .collect()
    }

    #[test]
    fn code_of_the_books_languages_is_refused_wherever_it_is_fenced() {
        assert_eq!(
            problems(
                "```zig\n```\n\n- a\n\n  ~~~ rust,ignore\n  ~~~\n\n````admonish\n```py\n```\n````\n"
            ),
            [
                "1: fenced `zig` code in a chapter: nobody checks it",
                "6: fenced `rust` code in a chapter: nobody checks it",
                "10: fenced `py` code in a chapter: nobody checks it",
            ]
        );
        assert_eq!(
            problems("```console\n$ zig run\n```\n\n```text\n```\n"),
            [""; 0]
        );
    }

    #[test]
    fn a_directive_that_nobody_will_expand_is_refused() {
        assert_eq!(
            problems(
                "{{#lisitng a/b}}\n\n{{#include x.md}}\n\n```text\n{{#listing a/b}}\n{{#if x}}\n```\n\n\\{{#listing a/b}}\n"
            ),
            [
                "1: `{{#lisitng a/b}}` is no directive",
                "3: `{{#include x.md}}` was not expanded by mdBook",
                "6: `{{#listing a/b}}` stands in code or in a comment, where nothing is expanded",
            ]
        );
    }

    #[test]
    fn a_listing_that_no_chapter_shows_is_refused_once_for_all_its_twins() {
        let catalog = testing::catalog(&["01_a/x.zig", "01_a/x.rs", "01_a/y.zig"]);
        let shown = BTreeSet::from([Id::parse("01_a/y").unwrap()]);
        let diagnostics = not_shown(&catalog, &shown);
        assert_eq!(diagnostics.len(), 1);
        assert!(diagnostics[0].path.ends_with("01_a/x.zig"));
    }
}
