//! Callouts: hosts mdbook-admonish, which speaks mdBook's 0.4 protocol, until it speaks that of 0.5.
//!
//! The two protocols differ in the name of a book's list (`sections`, `items`) and in fields that are null. One
//! page at a time goes through as a book of its own, so that an error has its page.

use mdbook_04::book::Book;
use mdbook_04::preprocess::{Preprocessor, PreprocessorContext};
use serde_json::{Value, json};

use super::{Page, markdown};
use book_support::diagnostic::Diagnostic;

/// The callouts of this book; mdbook-admonish would render any other word as a note without a word.
const KINDS: [&str; 6] = ["note", "tip", "warning", "danger", "example", "question"];

/// Turns the callouts of one page into HTML.
pub fn run(page: &mut Page) -> Result<(), Diagnostic> {
    if markdown::callouts(&page.content).is_empty() {
        return Ok(());
    }
    match render(&page.content) {
        Ok(content) => {
            page.content = content;
            Ok(())
        }
        Err(error) => Err(Diagnostic::new(&page.source, "a callout cannot be read")
            .detail(format!("{error:#}"))
            .hint("write ```admonish question title=\"Predict\"")),
    }
}

/// Callouts of an unknown kind, with where they are.
pub fn unknown_kinds(content: &str) -> Vec<(usize, String)> {
    markdown::callouts(content)
        .into_iter()
        .filter_map(|callout| {
            let kind = callout.info.split_whitespace().nth(1).unwrap_or("note");
            let known = kind.contains('=') || KINDS.contains(&kind);
            (!known).then(|| {
                (
                    callout.span.start,
                    format!("`{kind}` is no kind of callout: write {}", KINDS.join(", ")),
                )
            })
        })
        .collect()
}

fn render(content: &str) -> anyhow::Result<String> {
    let context: PreprocessorContext = serde_json::from_value(json!({
        "root": ".",
        "config": { "preprocessor": { "admonish": {
            "on_failure": "bail",
            "assets_version": "3.1.0",
        } } },
        "renderer": "html",
        "mdbook_version": mdbook_04::MDBOOK_VERSION,
    }))?;
    let book: Book = serde_json::from_value(json!({
        "sections": [ { "Chapter": {
            "name": "", "content": content, "number": null, "sub_items": [],
            "path": "page.md", "source_path": "page.md", "parent_names": [],
        } } ],
        "__non_exhaustive": null,
    }))?;
    let book = mdbook_admonish::Admonish.run(&context, book)?;
    let book: Value = serde_json::to_value(&book)?;
    let content = book["sections"][0]["Chapter"]["content"]
        .as_str()
        .unwrap_or_default();
    // Its permanent link has no text, which says nothing to who hears the page.
    Ok(content.replace(
        "<a class=\"admonition-anchor-link\" ",
        "<a class=\"admonition-anchor-link\" aria-label=\"Link to this note\" ",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_callout_becomes_html_whose_inside_is_still_markdown() {
        let mut page = Page::new(
            "a.md",
            "before\n\n```admonish question title=\"Predict\"\nWhat does *it* print?\n```\n\nafter\n",
        );
        run(&mut page).unwrap();
        assert!(page.content.starts_with("before\n\n"));
        assert!(page.content.ends_with("\n\nafter\n"));
        assert!(
            page.content
                .contains("class=\"admonition admonish-question\"")
        );
        assert!(page.content.contains("\n\nWhat does *it* print?\n\n"));
        assert!(page.content.contains("aria-label=\"Link to this note\""));
    }

    #[test]
    fn a_page_without_callouts_stays_byte_for_byte() {
        let text = "a\r\n\r\n```text\r\nadmonish\r\n```\r\n";
        let mut page = Page::new("a.md", text);
        run(&mut page).unwrap();
        assert_eq!(page.content, text);
    }

    #[test]
    fn a_broken_callout_and_an_unknown_kind_are_errors() {
        let mut page = Page::new("a.md", "```admonish question title=\"Predict\nx\n```\n");
        assert!(run(&mut page).is_err());
        assert_eq!(unknown_kinds("```admonish titel\nx\n```\n").len(), 1);
        assert_eq!(unknown_kinds("```admonish title=\"x\"\nx\n```\n"), []);
    }
}
