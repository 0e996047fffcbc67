//! Callouts: hosts mdbook-admonish, which speaks mdBook's 0.4 protocol, until it speaks that of 0.5.
//!
//! The two protocols differ in the name of a book's list (`sections`, `items`) and in fields that are null. One
//! page at a time goes through as a book of its own, so that an error has its page.

use std::sync::LazyLock;

use mdbook_04::book::Book;
use mdbook_04::preprocess::{Preprocessor, PreprocessorContext};
use regex::Regex;
use serde_json::{Value, json};

use super::{Page, markdown};
use book_support::diagnostic::Diagnostic;

/// The callouts of this book; mdbook-admonish would render any other word as a note without a word.
const KINDS: [&str; 6] = ["note", "tip", "warning", "danger", "example", "question"];

/// Turns the callouts of one page into HTML.
pub(crate) fn run(page: &mut Page) -> Result<(), Diagnostic> {
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

/// What may follow the fence of a callout.
static INFO: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^admonish(?: (?<kind>[\w-]+))?",
        r#"(?: (?:title="(?:[^\s"\\<>`][^"\\<>]*)?"|id="[A-Za-z][\w-]*"|collapsible=(?:true|false)))*$"#
    ))
    .expect("a regex")
});

/// Callouts that are not written as the book writes them: where they are, what is wrong, and what to write.
/// mdbook-admonish would take any word for a note, and any title for HTML.
pub(crate) fn mistakes(content: &str) -> Vec<(usize, String, String)> {
    const FORM: &str = "write ```admonish question title=\"Predict\", and beside the title `id=\"…\"` or `collapsible=true`";
    let callouts = markdown::all_callouts(content).into_iter();
    let mistake = |callout: markdown::Fence| {
        let Some(found) = INFO.captures(&callout.info) else {
            let message = format!("`{}` begins no callout", callout.info);
            return Some((callout.span.start, message, FORM.to_string()));
        };
        let kind = found.name("kind")?.as_str();
        (!KINDS.contains(&kind)).then(|| {
            let message = format!("`{kind}` is no kind of callout: write {}", KINDS.join(", "));
            (callout.span.start, message, FORM.to_string())
        })
    };
    callouts.filter_map(mistake).collect()
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
    // Its permanent link has no text, which says nothing to anyone who hears the page.
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
        for wrong in [
            "titel",
            "title='a'",
            "note.listing",
            "note class=\"listing\"",
            "title=\"<pre>a</pre>\"",
            "title=\"a\\n\\n    b\"",
            "title=\"    a\"",
            "note, title=\"a\"",
            "title=\"a",
        ] {
            let text = format!("a\n\n````admonish tip\n```admonish {wrong}\nx\n```\n````\n");
            let found = mistakes(&text);
            assert_eq!(found.len(), 1, "{wrong}: {found:?}");
            assert_eq!(markdown::line_of(&text, found[0].0), 4, "{wrong}");
        }
        for right in [
            " title=\"x\"",
            "",
            " note",
            " tip title=\"x's `y`\" id=\"a\" collapsible=true",
        ] {
            assert_eq!(
                mistakes(&format!("~~~admonish{right}\nx\n~~~\n")),
                [],
                "{right}"
            );
        }
    }
}
