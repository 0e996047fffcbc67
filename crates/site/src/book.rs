//! Renders the book with mdBook, in process: the only user of mdbook-driver.
//!
//! mdBook empties its output folder and then writes into it. Here it writes into a folder of its own, which
//! takes the place of the last good book in one step: killed at any moment, there is a whole book. [`place`] says
//! what may be replaced.

mod html;
pub mod place;

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use mdbook_driver::MDBook;
use mdbook_driver::book::BookItem;

use crate::epub::{self, Chapter, Outline, OutlinePart};
use crate::preprocess::Page;
use crate::preprocess::chain::{self, BookRefused, ChapterChain, ChapterOptions};
use crate::{moment, repository, summary};
use book_support::files::write_whole;
use book_support::project::Project;
use place::ReplacedBy;

/// How to render.
#[derive(Clone, Debug, Default)]
pub struct BookSettings {
    /// What the chain of stages is told.
    pub options: ChapterOptions,
    /// Where the page asks for news of a changed book, without a slash at its start; only a server has one.
    pub live_reload: Option<String>,
    /// Whether the pages are for a server that builds what readers write.
    pub lab: bool,
    /// Where the book goes, if not where `book.toml` says.
    pub place: Option<PathBuf>,
    /// The repository's address on GitHub, if it is not to be found out.
    pub repository: Option<String>,
    /// Whether to make an EPUB of the pages too, beside them: `book.epub` for `book/`.
    pub epub: bool,
}

/// Checks the book, renders it, and puts it in place.
///
/// # Errors
///
/// [`BookRefused`] when something in the book is wrong; another error when the
/// tool could not do its work. Either way the last good book stays.
pub fn build(project: &Project, settings: &BookSettings) -> Result<PathBuf> {
    let problems = summary::check(project)?;
    if !problems.is_empty() {
        return Err(BookRefused(problems).into());
    }
    let mut book = load(project)?;
    let place = settings
        .place
        .clone()
        .unwrap_or_else(|| project.root().join(&book.config.build.build_dir));
    let chapters = book.config.book.src.clone();
    let may_replace = || {
        // The tool's own place needs no permission.
        let problem = (settings.place.is_none())
            .then(|| place::problem(project, &chapters, &place, ReplacedBy::Exchange))
            .flatten();
        problem.map_or(Ok(()), |problem| Err(BookRefused(vec![problem])))
    };
    may_replace()?;
    let work = project.work().join("render");
    project.writable()?;
    fs::create_dir_all(&work).with_context(|| format!("cannot make {}", work.display()))?;
    // Two builds at once take turns, so whatever else is in the folder was left by one that was killed.
    let lock = File::create(work.join("lock")).context("cannot make the lock of the renderer")?;
    lock.lock().context("cannot lock the renderer")?;
    let fresh = work.join("book");
    let old = work.join("old");
    remove(&fresh)?;
    remove(&old)?;

    book.config.build.build_dir = fresh.clone();
    if let Some(endpoint) = &settings.live_reload {
        book.config
            .set("output.html.live-reload-endpoint", endpoint)
            .context("cannot set the live reload endpoint")?;
        book.config
            .set("output.html.site-url", "/")
            .context("cannot set the site's address")?;
    }
    if settings.lab {
        book.config
            .set(chain::LAB, true)
            .context("cannot set what the server offers")?;
    }
    if let Some(address) = &settings.repository {
        book.config.set(repository::ADDRESS, address)?;
    }
    book.with_preprocessor(ChapterChain {
        options: settings.options,
    });
    book.with_renderer(html::HtmlRenderer {
        work: work.join("sources"),
    });
    book.build()?;
    let epub = settings
        .epub
        .then(|| epub::make(&fresh, &outline(&book)?))
        .transpose()?;
    // Somebody may have put something there meanwhile.
    may_replace()?;
    put(&fresh, &place, &old).map_err(|error| cannot_put(error, project, &place))?;
    if let Some(epub) = epub {
        write_whole(&epub_place(&place), &epub)?;
    }
    Ok(place)
}

/// Where the EPUB of the book at `place` is.
pub fn epub_place(place: &Path) -> PathBuf {
    place.with_extension("epub")
}

/// What `book.toml` and `SUMMARY.md` say of the book.
fn outline(book: &MDBook) -> Result<Outline> {
    let seconds = moment::now()?.cast_signed();
    let modified = chrono::DateTime::from_timestamp(seconds, 0)
        .context("the time is no date")?
        .to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    let config = &book.config.book;
    let mut parts = vec![OutlinePart::default()];
    for item in book.iter() {
        match item {
            BookItem::PartTitle(title) => parts.push(OutlinePart {
                title: Some(title.clone()),
                chapters: Vec::new(),
            }),
            BookItem::Chapter(chapter) => {
                let Some(path) = &chapter.path else {
                    continue;
                };
                let number = chapter.number.as_ref().filter(|_| parts.len() == 2);
                let title = match number {
                    Some(number) => format!("{number} {}", chapter.name),
                    None => chapter.name.clone(),
                };
                let path = path.with_extension("html").to_string_lossy().into_owned();
                let part = parts.last_mut().expect("there is one from the start");
                part.chapters.push(Chapter { title, path });
            }
            BookItem::Separator => {}
        }
    }
    Ok(Outline {
        title: config.title.clone().unwrap_or_default(),
        description: config.description.clone().unwrap_or_default(),
        language: config.language.clone().unwrap_or("en".into()),
        authors: config.authors.clone(),
        modified,
        parts,
    })
}

/// The chapters as their authors wrote them, in the book's order.
///
/// # Errors
///
/// When `book.toml`, the summary or a chapter cannot be read.
pub fn pages(project: &Project) -> Result<Vec<Page>> {
    let book = load(project)?;
    Ok(chain::pages(project, &book.book))
}

/// Reads `book.toml` and the chapters.
fn load(project: &Project) -> Result<MDBook> {
    MDBook::load(project.root()).with_context(|| {
        format!(
            "mdBook cannot read the book at {}",
            project.chapters().display()
        )
    })
}

/// Puts `fresh` at `place`, and throws away what was there.
fn put(fresh: &Path, place: &Path, old: &Path) -> io::Result<()> {
    if !place.exists() {
        if let Some(above) = place.parent() {
            fs::create_dir_all(above)?;
        }
        return fs::rename(fresh, place);
    }
    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        // One step, if the file system can: at no moment is there no book.
        if renameat_with(CWD, fresh, CWD, place, RenameFlags::EXCHANGE).is_ok() {
            return fs::remove_dir_all(fresh);
        }
    }
    fs::rename(place, old)?;
    fs::rename(fresh, place)?;
    fs::remove_dir_all(old)
}

fn cannot_put(error: io::Error, project: &Project, place: &Path) -> anyhow::Error {
    let shown = project.relative(place).display().to_string();
    let hint = match error.kind() {
        io::ErrorKind::CrossesDevices => format!(
            "{} and `{shown}` are on different file systems, and only within one does a book take another's place in one \
             step: have both on one",
            project.relative(&project.work()).display()
        ),
        io::ErrorKind::ResourceBusy => format!("`{shown}` is in use as a mount: unmount it"),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            format!("make the folder of `{shown}` writable")
        }
        _ => {
            return anyhow::Error::new(error)
                .context(format!("cannot put the book in place at {shown}"));
        }
    };
    anyhow::anyhow!("cannot put the book in place at {shown}: {error}\n  hint: {hint}")
}

fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}

/// Lets mdBook's own warnings and errors be seen; without a subscriber they vanish.
pub fn show_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("MDBOOK_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .without_time()
        .with_target(false)
        .try_init();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_new_book_takes_the_place_of_the_old_one_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for (book, file) in [("fresh", "new.html"), ("place", "old.html")] {
            fs::create_dir(path(book)).unwrap();
            fs::write(path(book).join(file), "").unwrap();
        }
        put(&path("fresh"), &path("place"), &path("old")).unwrap();
        assert!(path("place").join("new.html").is_file());
        assert!(!path("place").join("old.html").exists());
        assert!(!path("fresh").exists() && !path("old").exists());
    }
}
