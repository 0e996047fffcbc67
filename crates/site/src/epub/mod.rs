//! The book as an EPUB, made from the pages that were just rendered: what a reader holds is what was checked, less
//! what needs a browser.
//!
//! | module | what |
//! |---|---|
//! | `page` | a page of the site to a page of the EPUB (pure) |
//! | `package` | the files that say what is in the EPUB, and in which order (pure) |
//! | [`checker`] | finds the program that the tests check EPUBs with |
//!
//! Only [`make`] reads files. Knows nothing of mdBook: `book.rs` says what the chapters are.

pub mod checker;
mod package;
mod page;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use anyhow::{Context, Result};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::drawing;
use page::{EpubPage, Surroundings};

/// The size of the picture by which a library shows the book, in pixels.
const COVER: (u32, u32) = (1200, 1600);

const STYLE: &str = concat!(
    include_str!("../../../../theme/epub.css"),
    "\n",
    include_str!("../../../../theme/trace.css")
);

/// A book, as `book.toml` and `SUMMARY.md` describe it.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// Plain text.
    pub title: String,
    /// Plain text; may be empty.
    pub description: String,
    /// A tag such as `en`.
    pub language: String,
    /// Their names, in the order of the title page.
    pub authors: Vec<String>,
    /// When it was made, in UTC: `2026-01-31T12:00:00Z`.
    pub modified: String,
    /// In the order of the table of contents.
    pub parts: Vec<OutlinePart>,
}

/// The chapters under one heading of the table of contents.
#[derive(Clone, Debug, Default)]
pub struct OutlinePart {
    /// The heading; none for chapters before the first one.
    pub title: Option<String>,
    /// In the book's order.
    pub chapters: Vec<Chapter>,
}

/// A page of the site that becomes one of the EPUB.
#[derive(Clone, Debug)]
pub struct Chapter {
    /// As it stands in the table of contents: plain text.
    pub title: String,
    /// The page on the site, relative to its root: `lessons/03_allocator.html`.
    pub path: String,
}

impl Outline {
    fn chapters(&self) -> impl Iterator<Item = &Chapter> {
        self.parts.iter().flat_map(|part| &part.chapters)
    }
}

/// The EPUB of the pages in the folder `site`. Pages that only a browser can fill are left out.
///
/// # Errors
///
/// When a page or a picture cannot be read.
pub fn make(site: &Path, outline: &Outline) -> Result<Vec<u8>> {
    let mut sources = BTreeMap::new();
    for chapter in outline.chapters() {
        let path = site.join(&chapter.path);
        let html = fs::read_to_string(&path)
            .with_context(|| format!("cannot read the page {}", path.display()))?;
        if page::stands_alone(&html) {
            sources.insert(chapter.path.as_str(), html);
        }
    }
    let mut outline = outline.clone();
    for part in &mut outline.parts {
        part.chapters
            .retain(|chapter| sources.contains_key(chapter.path.as_str()));
    }
    outline.parts.retain(|part| !part.chapters.is_empty());

    // Twice: which anchors there are is known when every page was read once.
    let mut anchors: BTreeMap<String, BTreeSet<String>> = sources
        .keys()
        .map(|path| ((*path).to_string(), BTreeSet::new()))
        .collect();
    let read = |anchors: &BTreeMap<String, BTreeSet<String>>| -> Vec<(String, EpubPage)> {
        outline
            .chapters()
            .map(|chapter| {
                let around = Surroundings {
                    path: &chapter.path,
                    title: &chapter.title,
                    language: &outline.language,
                    anchors,
                };
                let html = &sources[chapter.path.as_str()];
                (chapter.path.clone(), page::page(html, &around))
            })
            .collect()
    };
    for (path, page) in read(&anchors) {
        anchors.insert(path, page.anchors);
    }
    let pages = read(&anchors);
    let pictures: BTreeSet<&str> = pages
        .iter()
        .flat_map(|(_, page)| &page.pictures)
        .map(String::as_str)
        .collect();

    let mut zip = Zip(ZipWriter::new(Cursor::new(Vec::new())));
    // The first file, as it is: by it the kind of the whole file is known.
    zip.add("mimetype", package::MIMETYPE, CompressionMethod::Stored)?;
    zip.text("META-INF/container.xml", package::CONTAINER)?;
    zip.text(
        "book/book.opf",
        &package::manifest(&outline, &pages, &pictures),
    )?;
    zip.text("book/contents.xhtml", &package::contents(&outline))?;
    zip.text("book/contents.ncx", &package::old_contents(&outline))?;
    zip.text("book/book.css", STYLE)?;
    zip.text("book/cover.xhtml", &package::cover(&outline))?;
    let (width, height) = COVER;
    let cover = drawing::png(width, height);
    zip.add("book/cover.png", &cover, CompressionMethod::Stored)?;
    for (path, page) in &pages {
        let name = format!("book/{}", page::renamed(path));
        zip.text(&name, &page.xhtml)?;
    }
    for path in pictures {
        let bytes =
            fs::read(site.join(path)).with_context(|| format!("cannot read the picture {path}"))?;
        let name = format!("book/{}", page::renamed(path));
        zip.add(&name, &bytes, CompressionMethod::Deflated)?;
    }
    let file = zip.0.finish().context("cannot pack the EPUB")?;
    Ok(file.into_inner())
}

struct Zip(ZipWriter<Cursor<Vec<u8>>>);

impl Zip {
    fn text(&mut self, name: &str, text: &str) -> Result<()> {
        self.add(name, text.as_bytes(), CompressionMethod::Deflated)
    }

    fn add(&mut self, name: &str, bytes: &[u8], method: CompressionMethod) -> Result<()> {
        let options = SimpleFileOptions::default().compression_method(method);
        self.0
            .start_file(name, options)
            .map_err(anyhow::Error::from)
            .and_then(|()| Ok(self.0.write_all(bytes)?))
            .with_context(|| format!("cannot pack {name}"))
    }
}
