//! What an author may get wrong in `book.toml` and `src/SUMMARY.md`: mdBook stops at the first such thing, without a
//! line, or makes pages that nobody can open. Looked at before mdBook reads them.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result};
use mdbook_markdown::pulldown_cmark::{Event, Tag};
use mdbook_preprocessor::config::Config;

use crate::preprocess::markdown;
use book_support::diagnostic::Diagnostic;
use book_support::files::with_line_feeds;
use book_support::project::Project;

const SUMMARY: &str = "src/SUMMARY.md";
/// What a browser takes for something else in an address, and mdBook writes there as it is.
const NOT_IN_ADDRESSES: &str = "#?%\\\"<>";

/// The most bytes of a part of a chapter's path: pages, and files made beside them, have names of at most 255.
const LONGEST: usize = 150;

/// Everything that is wrong.
///
/// # Errors
///
/// When a file is there and cannot be read.
pub(crate) fn check(project: &Project) -> Result<Vec<Diagnostic>> {
    let mut problems = settings(&project.root().join("book.toml"))?;
    let path = project.root().join(SUMMARY);
    match text_of(&path, Path::new(SUMMARY))? {
        Ok(text) => chapters(project, &text, &mut problems)?,
        Err(problem) => {
            problems.push(problem.hint("it lists the book's chapters: `- [Title](chapter.md)`"))
        }
    }
    Ok(problems)
}

/// What is wrong with `book.toml`.
fn settings(path: &Path) -> Result<Vec<Diagnostic>> {
    let shown = Path::new("book.toml");
    let text = match text_of(path, shown)? {
        Ok(text) => text,
        Err(problem) => return Ok(vec![problem]),
    };
    let problem = |message: &str| {
        Diagnostic::new(shown, format!("it cannot be read: {}", message.trim()))
            .hint("https://rust-lang.github.io/mdBook/format/configuration lists what it may hold")
    };
    if let Err(error) = text.parse::<toml::Table>() {
        let mut found = problem(error.message());
        found.line = error
            .span()
            .map(|span| markdown::line_of(&text, span.start));
        return Ok(vec![found]);
    }
    Ok(match text.parse::<Config>() {
        Ok(_) => Vec::new(),
        Err(error) => vec![problem(&format!("{error:#}"))],
    })
}

/// What is wrong with the chapters that the summary lists.
fn chapters(project: &Project, summary: &str, problems: &mut Vec<Diagnostic>) -> Result<()> {
    let mut seen: BTreeMap<PathBuf, usize> = BTreeMap::new();
    for (event, span) in markdown::events(summary) {
        let Event::Start(Tag::Link { dest_url, .. }) = event else {
            continue;
        };
        // A chapter without a file is one that is still to be written.
        if dest_url.is_empty() {
            continue;
        }
        let line = markdown::line_of(summary, span.start);
        // As mdBook does it, and nothing else is decoded.
        let name = dest_url.replace("%20", " ");
        let wrong =
            |message: String, hint: &str| Diagnostic::new(SUMMARY, message).line(line).hint(hint);
        let Some(path) = inside(Path::new(&name)) else {
            problems.push(wrong(
                format!("the chapter `{name}` is outside `src/`"),
                "move the file there, and write its path from there",
            ));
            continue;
        };
        if let Some(first) = seen.insert(path.clone(), line) {
            problems.push(wrong(
                format!("the chapter `{name}` is listed twice: first in line {first}"),
                "list it once, and link to it elsewhere",
            ));
            continue;
        }
        if let Some(character) = name.chars().find(|found| NOT_IN_ADDRESSES.contains(*found)) {
            problems.push(wrong(
                format!("the chapter's file name `{name}` holds `{character}`, which means something else in an address"),
                "rename the file; blanks and letters of any language are fine",
            ));
            continue;
        }
        if path.iter().any(|part| part.len() > LONGEST) {
            problems.push(wrong(
                format!("the chapter's path `{name}` holds a name of more than {LONGEST} bytes"),
                "give it a shorter one: what is made of it has to have a name, too",
            ));
            continue;
        }
        let shown = Path::new("src").join(&path);
        match text_of(&project.root().join(&shown), &shown)? {
            Ok(_) => {}
            Err(problem) if problem.line.is_some() => problems.push(problem),
            Err(problem) => problems.push(wrong(
                format!("the chapter `{name}`: {}", problem.message),
                "write the file, or correct its path, which is relative to `src/`",
            )),
        }
    }
    Ok(())
}

/// `path` without `.` and `..`; nothing where it is absolute or leads out of the folder.
fn inside(path: &Path) -> Option<PathBuf> {
    let mut inside = PathBuf::new();
    for component in path.components() {
        match component {
            Component::Normal(name) => inside.push(name),
            Component::CurDir => {}
            Component::ParentDir => {
                if !inside.pop() {
                    return None;
                }
            }
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(inside)
}

/// The text of a file, or what is wrong with it.
fn text_of(path: &Path, shown: &Path) -> Result<Result<String, Diagnostic>> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Ok(Err(Diagnostic::new(shown, "the file is missing")));
        }
        Err(error) if error.kind() == ErrorKind::IsADirectory => {
            return Ok(Err(Diagnostic::new(shown, "it is a folder")));
        }
        Err(error) => {
            return Err(error).with_context(|| format!("cannot read {}", path.display()));
        }
    };
    Ok(String::from_utf8(bytes)
        .map(with_line_feeds)
        .map_err(|error| {
            let line = markdown::line_of(error.as_bytes(), error.utf8_error().valid_up_to());
            Diagnostic::new(shown, "the file is not UTF-8 from here on")
                .line(line)
                .hint("save it as UTF-8")
        }))
}
