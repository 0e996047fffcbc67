//! What keeps untrue pages out of the book: code that no listing backs, directives that were not expanded,
//! callouts that do not exist, listings that no chapter shows. Pure.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::sync::LazyLock;

use mdbook_markdown::pulldown_cmark::{CodeBlockKind, Event, Tag};
use regex::Regex;

use super::allowed::{self, TextKind};
use super::directive::{Directive, MDBOOK_NAMES, NAMES};
use super::{Page, admonish, links, markdown, mermaid, plain, tables};
use crate::{installable, offline};
use book_listing::{Catalog, Id};
use book_support::diagnostic::Diagnostic;
use book_support::leftover;
use book_support::nearest::{ALIKE, nearest};
use book_support::written::{TextForm, Written};

/// What mdBook replaces by a file, whatever the file is.
static INCLUDE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\\?\{\{\s*#\s*(include|rustdoc_include|playground|playpen)\b([^}]*)(?:\}\})?")
        .expect("a regex")
});

/// What is wrong with a chapter as its author wrote it.
pub(crate) fn source(page: &Page, directives: &[Directive], diagnostics: &mut Vec<Diagnostic>) {
    included(page, diagnostics);
    if page.raw.starts_with("---\n") || page.raw.starts_with("+++\n") {
        let message = "front matter: mdBook knows none, and shows it as a heading";
        let found = Diagnostic::new(&page.source, message).line(1);
        diagnostics.push(found.hint("remove it: a chapter begins with its heading `# …`"));
    }
    for offset in mermaid::without_words(&page.content) {
        diagnostics.push(
            page.diagnostic(offset, "nothing in words follows this diagram")
                .hint("say the same in a paragraph, a list or a table after it: who cannot see the drawing has that alone"),
        );
    }
    for row in tables::ragged(&page.content) {
        let message = format!(
            "a row of {} cells in a table of {} columns",
            row.cells, row.columns
        );
        diagnostics.push(
            page.diagnostic(row.at, message)
                .hint("write each row on a line of its own; a bar inside a cell is `\\|`"),
        );
    }
    for found in allowed::check(&page.content, TextKind::Chapter) {
        let diagnostic = page.diagnostic(found.at, found.message);
        diagnostics.push(diagnostic.hint(found.hint));
    }
    for (offset, label) in markdown::undefined(&page.content) {
        let (message, hint) = undefined(&label);
        diagnostics.push(page.diagnostic(offset, message).hint(hint));
    }
    for (offset, message, hint) in admonish::mistakes(&page.content) {
        diagnostics.push(page.diagnostic(offset, message).hint(hint));
    }
    for directive in directives {
        diagnostics.extend(unexpanded(page, directive));
        diagnostics.extend(caption(page, directive));
    }
}

/// What is said of a reference that nothing defines, and what to do about it.
fn undefined(label: &str) -> (String, String) {
    (
        format!("the reference `[{label}]` is defined nowhere"),
        format!("define it in a line of its own: `[{label}]: …`, or write `\\[` if it is no link"),
    )
}

/// Files that mdBook has put into a chapter. What may come so is what a tool recorded elsewhere: a text beside the
/// listings, in a block that holds no program.
fn included(page: &Page, diagnostics: &mut Vec<Diagnostic>) {
    if !INCLUDE.is_match(&page.raw) {
        return;
    }
    let blocks: Vec<_> = markdown::fences(&page.raw)
        .into_iter()
        .filter(|fence| matches!(fence.info.as_str(), "console" | "text"))
        .map(|fence| fence.span)
        .collect();
    for found in INCLUDE.captures_iter(&page.raw) {
        let span = found.get(0).expect("the whole match").range();
        let in_block = blocks.iter().any(|block| block.contains(&span.start));
        let recorded = &found[1] == "include" && is_record(&page.source, found[2].trim());
        if found[0].starts_with('\\') || (in_block && recorded) {
            continue;
        }
        let message = format!("`{}` brings in a file that nobody checks", &found[0]);
        diagnostics.push(
            Diagnostic::new(&page.source, message)
                .line(markdown::line_of(&page.raw, span.start))
                .hint(
                    "code is shown with `{{#listing …}}`; `{{#include …}}` shows a recorded `.txt` of `listings/`, in a \
                     `console` or `text` block",
                ),
        );
    }
}

/// Whether a chapter's path leads to a `.txt` of the listings.
fn is_record(chapter: &Path, path: &str) -> bool {
    let mut parts: Vec<&str> = Vec::new();
    let joined = chapter.parent().unwrap_or(Path::new("")).join(path);
    for part in joined.components() {
        match part {
            Component::Normal(part) => parts.push(part.to_str().unwrap_or_default()),
            Component::ParentDir => drop(parts.pop()),
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return false,
        }
    }
    parts.first() == Some(&"listings") && path.ends_with(".txt")
}

/// A caption whose code goes over several lines.
fn caption(page: &Page, directive: &Directive) -> Option<Diagnostic> {
    let caption = directive.option("caption")?;
    let mut code = caption.split('`').skip(1).step_by(2);
    code.any(|code| code.contains('\n')).then(|| {
        let message = "code in a caption goes over several lines";
        page.diagnostic(directive.span.start, message)
            .hint("write it on one line")
    })
}

/// What is wrong with the texts of quizzes and exercises.
pub(crate) fn written(texts: &[Written], place: TextKind) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for written in texts {
        let at = |offset: usize, message: String| {
            Diagnostic::new(&written.path, format!("`{}`: {message}", written.name))
                .line(written.line(offset))
        };
        if let Some(offset) = written.text.find("{{#") {
            let message = "a directive stands where none is expanded";
            diagnostics.push(
                at(offset, message.into())
                    .hint("directives work in chapters alone: say it in words"),
            );
        }
        if written.form == TextForm::Output {
            let Some(line) = plain::program(&written.text).filter(|_| written.text.contains('\n'))
            else {
                continue;
            };
            let offset = written.text.match_indices('\n').nth(line.wrapping_sub(1));
            let offset = offset.map_or(0, |(found, _)| found + 1);
            diagnostics.push(
                at(offset, plain::PROGRAM.into())
                    .hint("an answer is output, or one line of the program"),
            );
            continue;
        }
        for found in allowed::check(&written.text, place) {
            diagnostics.push(at(found.at, found.message).hint(found.hint));
        }
        for (offset, label) in markdown::undefined(&written.text) {
            let (message, hint) = undefined(&label);
            diagnostics.push(at(offset, message).hint(hint));
        }
    }
    diagnostics
}

/// A directive that will stand in the page as it is written.
fn unexpanded(page: &Page, directive: &Directive) -> Option<Diagnostic> {
    let name = directive.name.as_str();
    let at = |message: String| page.diagnostic(directive.span.start, message);
    if MDBOOK_NAMES.contains(&name) {
        // Other files than records are refused already, whether they are there or not.
        let file = directive.arguments.first().map_or("", String::as_str);
        if name != "title" && !is_record(&page.source, file) {
            return None;
        }
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
        let hint = match nearest(name, NAMES.iter().copied(), ALIKE).first() {
            Some(known) => format!("did you mean `{{{{#{known} …}}}}`?"),
            None => format!("the book knows {}", NAMES.join(", ")),
        };
        return Some(at(format!("`{}` is no directive", directive.text)).hint(hint));
    }
    None
}

/// What is left over when all stages have run: anything that still looks like a directive, and blocks of code
/// that no stage has made into something else.
pub(crate) fn rendered(page: &Page, diagnostics: &mut Vec<Diagnostic>) {
    let mut left = |text: &str, message: String, hint: &str| {
        let mut diagnostic = Diagnostic::new(&page.source, message).hint(hint);
        diagnostic.line = page
            .raw
            .find(text)
            .map(|at| markdown::line_of(&page.raw, at));
        diagnostics.push(diagnostic);
    };
    for found in LEFT.captures_iter(&page.content) {
        if !found[0].starts_with('\\') {
            let message = format!("`{}` was left in the rendered page", &found[0]);
            left(
                &found[0],
                message,
                "write it alone on its line, outside code, or `\\{{#` to show it as it is",
            );
        }
    }
    // A stage may read Markdown otherwise than mdBook does: what it leaves as code counts.
    if !["```", "~~~", "\n    ", "\t"]
        .iter()
        .any(|mark| page.content.contains(mark))
    {
        return;
    }
    for (event, span) in markdown::events(&page.content) {
        let Event::Start(Tag::CodeBlock(kind)) = event else {
            continue;
        };
        let word = match &kind {
            CodeBlockKind::Fenced(info) => info.trim(),
            CodeBlockKind::Indented => "",
        };
        if !["console", "text"].contains(&word) {
            let line = page.content[span].lines().next().unwrap_or_default().trim();
            let message = format!("`{line}` was left as code in the rendered page");
            left(
                line,
                message,
                "write callouts and diagrams at the left margin, or in a list, with blank lines around them",
            );
        }
    }
}

/// What begins as a directive does.
static LEFT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\\?\{\{\s*#[^}\n]{0,80}\}{0,2}").expect("a regex"));

/// Files in `src/` that mdBook would copy to the site although nobody has looked at them. What editors leave behind
/// stops nothing. `files` are relative to the repository's root.
pub(crate) fn strays(files: impl Iterator<Item = PathBuf>) -> Vec<Diagnostic> {
    let made = |path: &Path| {
        let ours = [offline::WORKER, installable::MANIFEST];
        path.starts_with("src/generated")
            || ours.iter().any(|name| path == Path::new("src").join(name))
    };
    let mut strays: Vec<PathBuf> = files
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let end = path.extension().unwrap_or_default().to_string_lossy();
            let known = end == "md" || end.is_empty() || links::PICTURES.contains(&&*end);
            !known && leftover::is_ours(&name) && !made(path)
        })
        .collect();
    strays.sort();
    let stray = |path: &PathBuf| {
        Diagnostic::new(
            path,
            "this file would be a page of the book that nobody checks",
        )
        .hint("move it out of `src/`, which holds chapters and pictures; code goes to `listings/`")
    };
    strays.iter().map(stray).collect()
}

/// `\{{#` on a page that explains directives: the backslash has done its work.
pub(crate) fn unescape(page: &mut Page) {
    if page.content.contains("\\{{#") {
        page.content = page.content.replace("\\{{#", "{{#");
    }
}

/// The listings that no chapter shows.
pub(crate) fn not_shown(catalog: &Catalog, shown: &BTreeSet<Id>) -> Vec<Diagnostic> {
    let mut missing: BTreeSet<&Id> = BTreeSet::new();
    let mut diagnostics = Vec::new();
    for listing in catalog.iter() {
        if shown.contains(&listing.id) {
            continue;
        }
        if let Some(of) = listing.id.varies() {
            let message = "no figure offers this variant";
            diagnostics.push(
                Diagnostic::new(&listing.path, message)
                    .hint(format!("show its listing: `{{{{#listing {of}}}}}`")),
            );
        } else if missing.insert(&listing.id) {
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
    use crate::preprocess::{directive, testing};

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
                "1: fenced `zig` code: nobody checks it",
                "6: fenced `rust,ignore` code: nobody checks it",
                "10: fenced `py` code: nobody checks it",
            ]
        );
        assert_eq!(
            problems("```console\n$ zig run a.zig\n```\n\n```text\n```\n"),
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
                "3: `{{#include x.md}}` brings in a file that nobody checks",
                "1: `{{#lisitng a/b}}` is no directive",
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
