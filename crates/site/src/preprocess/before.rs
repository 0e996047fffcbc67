//! What mdBook's own rendering would fail on, or write elsewhere. The stock mdBook empties its output folder before it
//! renders, so what can be known beforehand is refused beforehand, and the last good book stays.

use std::fs;
use std::path::{Component, Path};

use mdbook_preprocessor::PreprocessorContext;
use mdbook_preprocessor::book::Book;
use walkdir::WalkDir;

use crate::book::place::{self, ReplacedBy};
use book_support::diagnostic::Diagnostic;
use book_support::leftover;
use book_support::project::Project;

/// The theme's files that mdBook reads as templates.
const TEMPLATES: [&str; 6] = [
    "index.hbs",
    "head.hbs",
    "header.hbs",
    "redirect.hbs",
    "toc.js.hbs",
    "toc.html.hbs",
];

/// Everything about the book's settings and folders that would end the rendering or lead it astray.
pub(super) fn check(
    project: &Project,
    context: &PreprocessorContext,
    book: &Book,
) -> Vec<Diagnostic> {
    let config = &context.config;
    let mut problems = chapters(project, &config.book.src, book);
    let place = project.root().join(&config.build.build_dir);
    // Where this tool renders by itself it has a folder of its own, and looks at the place before and after.
    if !place.starts_with(project.work()) {
        problems.extend(place::problem(
            project,
            &config.book.src,
            &place,
            ReplacedBy::Emptying,
        ));
    }
    let html = config.html_config().unwrap_or_default();
    let theme = match &html.theme {
        Some(theme) => project.root().join(theme),
        None => project.root().join("theme"),
    };
    if html.theme.is_some() && !theme.is_dir() {
        problems.push(
            setting(project, "theme", "there is no folder of the theme", &theme)
                .hint("bring it back, or name the right one"),
        );
    }
    problems.extend(
        TEMPLATES
            .iter()
            .filter_map(|name| template(project, &theme.join(name))),
    );
    for (key, files) in [
        ("additional-css", &html.additional_css),
        ("additional-js", &html.additional_js),
    ] {
        for file in files {
            let path = project.root().join(file);
            if fs::File::open(&path).is_err() || !path.is_file() {
                problems.push(
                    setting(project, key, "there is no file that can be read", &path)
                        .hint("bring it back, or take it out of the setting"),
                );
            }
        }
    }
    if let Some(missing) = html.input_404.as_ref().filter(|name| !name.is_empty()) {
        let path = project.root().join(&config.book.src).join(missing);
        if fs::read_to_string(&path).is_err() {
            problems.push(
                setting(
                    project,
                    "input-404",
                    "there is no chapter that can be read",
                    &path,
                )
                .hint("bring it back, or take it out of the setting"),
            );
        }
    }
    let by = if place.starts_with(project.work()) {
        ReplacedBy::Exchange
    } else {
        ReplacedBy::Emptying
    };
    problems.extend(copied(project, &project.root().join(&config.book.src), by));
    problems
}

/// A problem with what a key of `book.toml` names.
fn setting(project: &Project, key: &str, what: &str, path: &Path) -> Diagnostic {
    let settings = fs::read_to_string(project.root().join("book.toml")).unwrap_or_default();
    let mut diagnostic = Diagnostic::new(
        "book.toml",
        format!("{what}: {}", project.relative(path).display()),
    );
    diagnostic.line = settings
        .lines()
        .position(|line| line.trim_start().starts_with(key))
        .map(|line| line + 1);
    diagnostic
}

/// Why a template cannot be used, if it is there.
fn template(project: &Project, path: &Path) -> Option<Diagnostic> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
        Err(error) => {
            return Some(Diagnostic::new(
                project.relative(path),
                format!("the template cannot be read: {error}"),
            ));
        }
    };
    let problem = |message: String| Diagnostic::new(project.relative(path), message);
    let Ok(text) = String::from_utf8(bytes) else {
        return Some(problem("the template is not UTF-8".into()).hint("save it as UTF-8"));
    };
    let error = handlebars::Template::compile(&text).err()?;
    let mut found = problem(format!(
        "mdBook cannot read the template: {}",
        error.reason()
    ))
    .hint("close every `{{#…}}` with its `{{/…}}`, or take the last change back");
    found.line = error.pos().map(|(line, _)| line);
    Some(found)
}

/// Chapters outside the folder of the chapters: their pages would be written outside the book.
fn chapters(project: &Project, source: &Path, book: &Book) -> Vec<Diagnostic> {
    let summary = source.join("SUMMARY.md");
    let text = fs::read_to_string(project.root().join(&summary)).unwrap_or_default();
    book.chapters()
        .filter_map(|chapter| chapter.source_path.as_ref())
        .filter(|path| leaves(path))
        .map(|path| {
            let shown = path.display().to_string();
            let mut problem = Diagnostic::new(
                &summary,
                format!("the chapter `{shown}` is outside `{}/`", source.display()),
            )
            .hint("move the file there, and write its path from there");
            problem.line = text
                .lines()
                .position(|line| line.contains(&shown))
                .map(|line| line + 1);
            problem
        })
        .collect()
}

/// Whether a relative path leads out of its folder.
fn leaves(path: &Path) -> bool {
    let mut depth = 0_i32;
    path.components().any(|part| {
        match part {
            Component::Normal(_) => depth += 1,
            Component::ParentDir => depth -= 1,
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return true,
        }
        depth < 0
    })
}

/// What mdBook would copy beside the pages and cannot: links that lead nowhere or in a circle, what is not a file.
fn copied(project: &Project, source: &Path, by: ReplacedBy) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for entry in WalkDir::new(source).follow_links(true) {
        let (path, why) = match entry {
            Ok(entry) if entry.file_type().is_dir() || entry.file_type().is_file() => continue,
            Ok(entry) => (
                entry.into_path(),
                "it is neither a file nor a folder".into(),
            ),
            Err(error) => {
                let Some(path) = error.path().map(Path::to_path_buf) else {
                    continue;
                };
                let why = if error.loop_ancestor().is_some() {
                    "the link leads back to a folder above it".into()
                } else if path.is_symlink() {
                    "the link leads nowhere".into()
                } else {
                    // It was there a moment ago: an editor replaces files.
                    match error.io_error() {
                        Some(error) if error.kind() != std::io::ErrorKind::NotFound => {
                            format!("it cannot be read: {error}")
                        }
                        _ => continue,
                    }
                };
                (path, why)
            }
        };
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let hint = match name.strip_prefix(".#") {
            _ if by == ReplacedBy::Exchange && !leftover::is_ours(&name) => continue,
            // Emacs marks a file that is being edited by a link that leads nowhere.
            Some(file) => format!(
                "save `{file}` in Emacs, or build by `cargo xtask build`, which passes over such marks"
            ),
            None => "remove it".into(),
        };
        problems.push(
            Diagnostic::new(
                project.relative(&path),
                format!("mdBook cannot copy this into the book: {why}"),
            )
            .hint(hint),
        );
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_leave_their_folder_are_known() {
        for (path, expected) in [
            ("a.md", false),
            ("a/../b.md", false),
            ("./a.md", false),
            ("../a.md", true),
            ("a/../../src/b.md", true),
            ("/etc/a.md", true),
        ] {
            assert_eq!(leaves(Path::new(path)), expected, "{path}");
        }
    }
}
