//! mdBook's HTML renderer, without its copying: that takes everything below `src/`, even what an editor left there, and
//! stops at a link that leads nowhere, by which Emacs marks a file with unsaved changes.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use mdbook_html::HtmlHandlebars;
use mdbook_renderer::{RenderContext, Renderer};
use walkdir::WalkDir;

use crate::generated;
use book_support::leftover;

/// Renders pages by mdBook, and copies what belongs beside them.
pub(super) struct HtmlRenderer {
    /// A folder of its own to work in. What is in it goes.
    pub work: PathBuf,
}

impl Renderer for HtmlRenderer {
    fn name(&self) -> &str {
        "html"
    }

    /// # Errors
    ///
    /// When mdBook cannot render, or a file cannot be copied.
    fn render(&self, context: &RenderContext) -> Result<()> {
        let source = context.source_dir();
        let mut pages = context.clone();
        pages.root = self.without_files(context)?;
        HtmlHandlebars::new().render(&pages)?;
        copy(&source, &context.destination)
    }
}

impl HtmlRenderer {
    /// A root that has everything of the book's but the files beside its chapters.
    fn without_files(&self, context: &RenderContext) -> Result<PathBuf> {
        let cannot = || format!("cannot prepare {}", self.work.display());
        if self.work.exists() {
            // Links are removed, not what they lead to.
            fs::remove_dir_all(&self.work).with_context(cannot)?;
        }
        let source = &context.config.book.src;
        fs::create_dir_all(self.work.join(source)).with_context(cannot)?;
        for entry in fs::read_dir(&context.root).with_context(cannot)? {
            let entry = entry.with_context(cannot)?;
            let link = self.work.join(entry.file_name());
            if !link.exists() {
                symlink(entry.path(), link).with_context(cannot)?;
            }
        }
        // The one chapter that the renderer reads itself.
        let html = context.config.html_config().unwrap_or_default();
        let missing = html.input_404.as_deref().unwrap_or("404.md");
        if !missing.is_empty() && context.root.join(source).join(missing).is_file() {
            let copy = self.work.join(source).join(missing);
            fs::create_dir_all(copy.parent().expect("a file is in a folder"))
                .with_context(cannot)?;
            fs::copy(context.root.join(source).join(missing), copy).with_context(cannot)?;
        }
        Ok(self.work.clone())
    }
}

/// Copies what is not a chapter from `source` into the book.
fn copy(source: &Path, book: &Path) -> Result<()> {
    let files = WalkDir::new(source)
        .follow_links(true)
        .into_iter()
        .filter_entry(|entry| {
            entry.depth() == 0 || leftover::is_ours(&entry.file_name().to_string_lossy())
        });
    for entry in files {
        let entry = match entry {
            Ok(entry) => entry,
            // A link that leads nowhere reaches the filter only by its error.
            Err(error)
                if error
                    .path()
                    .and_then(Path::file_name)
                    .is_some_and(|name| !leftover::is_ours(&name.to_string_lossy())) =>
            {
                continue;
            }
            Err(error) => {
                return Err(error).context("cannot read what belongs beside the chapters");
            }
        };
        let is_chapter = entry.path().extension().is_some_and(|end| end == "md");
        if is_chapter || !entry.file_type().is_file() {
            continue;
        }
        let inside = entry.path().strip_prefix(source).expect("walked below it");
        let target = book.join(inside);
        let folder = target.parent().expect("a file is in a folder");
        let cannot = || format!("cannot copy {}", entry.path().display());
        fs::create_dir_all(folder).with_context(cannot)?;
        // What was generated is never written to, but replaced; and a new name costs less than a new file.
        let may_link = inside.starts_with(generated::NAME);
        if !may_link || fs::hard_link(entry.path(), &target).is_err() {
            fs::copy(entry.path(), &target).with_context(cannot)?;
        }
    }
    Ok(())
}
