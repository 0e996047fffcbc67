//! Drawn diagrams: hosts mdbook-mermaid, which turns ```` ```mermaid ```` blocks into what mermaid's script reads.
//! The theme loads that script only on a page with a diagram, once the diagram comes near.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use mdbook_mermaid::Mermaid;
use mdbook_preprocessor::book::{Book, BookItem, Chapter};
use mdbook_preprocessor::config::Config;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

use super::{Page, markdown};
use crate::generated::Folder;
use book_support::files::write_whole;
use book_support::process::Spec;
use book_support::project::Project;

/// The script inside the crate.
const SCRIPT: &str = "src/bin/assets/mermaid.min.js";

/// Whether a page has a diagram.
pub fn has_diagram(content: &str) -> bool {
    content.contains("mermaid")
        && markdown::fences(content)
            .iter()
            .any(|fence| fence.language() == "mermaid")
}

/// Turns the diagrams of one page into elements for mermaid's script.
///
/// # Errors
///
/// When mdbook-mermaid fails.
pub fn run(page: &mut Page) -> Result<()> {
    if !has_diagram(&page.content) {
        return Ok(());
    }
    let chapter = Chapter::new("", page.content.clone(), "page.md", Vec::new());
    let book = Book::new_with_items(vec![BookItem::Chapter(chapter)]);
    let context =
        PreprocessorContext::new(PathBuf::from("."), Config::default(), "html".to_string());
    let book = Mermaid.run(&context, book)?;
    if let Some(chapter) = book.chapters().next() {
        page.content = chapter.content.clone();
    }
    Ok(())
}

/// Puts mermaid's script where mdBook copies it to the site from, and tells the drawings where. Only a book with a
/// drawing needs it.
///
/// # Errors
///
/// When the crate's folder cannot be found or the script cannot be copied.
pub fn install(project: &Project, pages: &mut [Page], folder: &mut Folder) -> Result<()> {
    const DRAWING: &str = "<pre class=\"mermaid\"";
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
                .contains("<pre class=\"mermaid\">graph LR\nA --&gt; B")
        );
        let text = "`mermaid`\n\n```text\nmermaid\n```\n";
        let mut page = Page::new("a.md", text);
        run(&mut page).unwrap();
        assert_eq!(page.content, text);
    }
}
