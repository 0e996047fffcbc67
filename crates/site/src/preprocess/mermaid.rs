//! Drawn diagrams: hosts mdbook-mermaid, which turns ```` ```mermaid ```` blocks into what mermaid's script reads.
//! The theme loads that script only on a page with a diagram, once the diagram comes near.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use mdbook_markdown::pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
use mdbook_mermaid::Mermaid;
use mdbook_preprocessor::book::{Book, BookItem, Chapter};
use mdbook_preprocessor::config::Config;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

use super::{Page, markdown};
use crate::generated::GeneratedFolder;
use book_support::files::write_whole;
use book_support::process::Spec;
use book_support::project::Project;

/// The script inside the crate.
const SCRIPT: &str = "src/bin/assets/mermaid.min.js";

/// How the element of a diagram begins.
const DRAWING: &str = "<pre class=\"mermaid\"";
/// What is heard of it: its pieces say nothing without their lines.
const SPOKEN: &str = " role=\"img\" aria-label=\"A drawing of what follows in words\"";

/// Whether a page has a diagram.
pub(crate) fn has_diagram(content: &str) -> bool {
    content.contains("mermaid")
        && markdown::fences(content)
            .iter()
            .any(|fence| fence.language() == "mermaid")
}

/// The diagrams that nothing in words follows, each by the place where it begins in `content`, which is as its author
/// wrote it. Readers who cannot see the drawing, on an e-reader or by ear, have these words alone.
pub(crate) fn without_words(content: &str) -> Vec<usize> {
    if !has_diagram(content) {
        return Vec::new();
    }
    let text = markdown::open_callouts(content);
    let mut alone = Vec::new();
    let mut waiting = None;
    let mut inside = false;
    for (event, span) in markdown::events(&text) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                alone.extend(waiting.take());
                if info.split_whitespace().next() == Some("mermaid") {
                    waiting = Some(span.start);
                    inside = true;
                }
            }
            Event::End(TagEnd::CodeBlock) => inside = false,
            _ if inside => {}
            // A directive alone on its line is read as a paragraph, too.
            Event::Start(Tag::Paragraph | Tag::Table(_) | Tag::List(_) | Tag::DefinitionList)
                if !text[span.clone()].starts_with("{{#") =>
            {
                waiting = None;
            }
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::HtmlBlock) => {
                alone.extend(waiting.take());
            }
            _ => {}
        }
    }
    alone.extend(waiting);
    alone
}

/// Turns the diagrams of one page into elements for mermaid's script.
///
/// # Errors
///
/// When mdbook-mermaid fails.
pub(crate) fn run(page: &mut Page) -> Result<()> {
    if !has_diagram(&page.content) {
        return Ok(());
    }
    let chapter = Chapter::new("", page.content.clone(), "page.md", Vec::new());
    let book = Book::new_with_items(vec![BookItem::Chapter(chapter)]);
    let context =
        PreprocessorContext::new(PathBuf::from("."), Config::default(), "html".to_string());
    let book = Mermaid.run(&context, book)?;
    if let Some(chapter) = book.chapters().next() {
        page.content = chapter
            .content
            .replace(DRAWING, &format!("{DRAWING}{SPOKEN}"));
    }
    Ok(())
}

/// Puts mermaid's script where mdBook copies it to the site from, and tells the drawings where. Only a book with a
/// drawing needs it.
///
/// # Errors
///
/// When the crate's folder cannot be found or the script cannot be copied.
pub(crate) fn install(
    project: &Project,
    pages: &mut [Page],
    folder: &mut GeneratedFolder,
) -> Result<()> {
    if !pages.iter().any(|page| page.content.contains(DRAWING)) {
        return Ok(());
    }
    let address = folder.put("mermaid.js", &script(project)?)?;
    for page in pages {
        let told = format!("{DRAWING} data-src=\"{address}\"");
        page.content = page.content.replace(DRAWING, &told);
    }
    Ok(())
}

/// Mermaid's script, which is part of the mdbook-mermaid crate; kept, because cargo takes its time to tell where.
fn script(project: &Project) -> Result<Vec<u8>> {
    let lock =
        std::fs::read(project.root().join("Cargo.lock")).context("cannot read Cargo.lock")?;
    let version = blake3::hash(&lock).to_hex();
    let kept = project
        .work()
        .join(format!("mermaid-{}.js", &version[..10]));
    if let Ok(script) = std::fs::read(&kept) {
        return Ok(script);
    }
    let asked = Spec::new(std::env::var_os("CARGO").unwrap_or("cargo".into()))
        .args(["metadata", "--format-version", "1", "--offline", "--locked"])
        // Packages for other systems are not on this machine.
        .args(["--filter-platform", env!("TARGET")])
        .folder(project.root())
        .run_split()?;
    let metadata: serde_json::Value = serde_json::from_slice(&asked.stdout)
        .with_context(|| format!("cannot ask cargo for its packages: {}", asked.text()))?;
    let manifest = metadata["packages"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|package| package["name"] == "mdbook-mermaid")
        .and_then(|package| package["manifest_path"].as_str())
        .context("mdbook-mermaid is not among cargo's packages")?;
    let from = Path::new(manifest).with_file_name(SCRIPT);
    let script = std::fs::read(&from).with_context(|| format!("cannot read {}", from.display()))?;
    write_whole(&kept, &script)?;
    Ok(script)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagram_becomes_an_element_and_other_pages_stay() {
        let mut page = Page::new("a.md", "a\n\n```mermaid\ngraph LR\nA --> B\n```\n\nb\n");
        run(&mut page).unwrap();
        assert!(
            page.content
                .contains("<pre class=\"mermaid\" role=\"img\" aria-label=\"A drawing of what follows in words\">graph LR\nA --&gt; B")
        );
        let text = "`mermaid`\n\n```text\nmermaid\n```\n";
        let mut page = Page::new("a.md", text);
        run(&mut page).unwrap();
        assert_eq!(page.content, text);
    }

    #[test]
    fn a_diagram_is_followed_by_words() {
        let drawing = "a\n\n```mermaid\ngraph LR\nA --> B\n```\n\n";
        for words in [
            "In words.",
            "| a | b |\n|---|---|\n| 1 | 2 |",
            "- one\n- two",
            "```admonish note\nIn words.\n```",
        ] {
            assert_eq!(
                without_words(&format!("{drawing}{words}\n")),
                [0; 0],
                "{words}"
            );
        }
        for others in [
            "",
            "## Next\n\nText.",
            "{{#listing a/b}}\n\nText.",
            "```text\nx\n```\n\nText.",
            "<div>x</div>",
        ] {
            assert_eq!(
                without_words(&format!("{drawing}{others}\n")),
                [3],
                "{others}"
            );
        }
    }
}
