//! Links and anchors that lead nowhere, within a page, between chapters and to files beside them. Pure: the
//! files are named by the caller.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Component, Path, PathBuf};
use std::sync::LazyLock;

use mdbook_markdown::pulldown_cmark::{Event, Tag};
use regex::Regex;

use super::headings::{Followed, Headings};
use super::{Page, markdown};
use book_support::diagnostic::Diagnostic;
use book_support::parallel::in_parallel;

/// Pages that mdBook makes of its own.
const GENERATED: [&str; 3] = ["print.html", "toc.html", "404.html"];

static ID: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"<[^<>]*?\sid="([^"]*)""#).expect("a regex"));
static HREF: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"<[^<>]*?\s(?:href|src)="([^"]*)""#).expect("a regex"));
static SCHEME: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:[A-Za-z][A-Za-z0-9+.-]*:|//)").expect("a regex"));

/// What one page offers and asks for.
#[derive(Default)]
struct Links {
    ids: BTreeSet<String>,
    destinations: Vec<String>,
}

impl Links {
    /// Reads a page as mdBook will render it.
    fn read(content: &str) -> Links {
        let mut links = Links::default();
        let mut headings = Headings::default();
        for (event, _) in markdown::events(content) {
            if let Followed::Ended { id, .. } = headings.follow(&event) {
                links.ids.insert(id);
                continue;
            }
            match event {
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    links.destinations.push(dest_url.to_string());
                }
                Event::Html(html) | Event::InlineHtml(html) => links.read_html(&html),
                Event::FootnoteReference(name) => {
                    links.destinations.push(format!("#footnote-{name}"));
                }
                Event::Start(Tag::FootnoteDefinition(name)) => {
                    links.ids.insert(format!("footnote-{name}"));
                }
                _ => {}
            }
        }
        links
    }

    fn read_html(&mut self, html: &str) {
        for found in ID.captures_iter(html) {
            self.ids.insert(found[1].to_string());
        }
        for found in HREF.captures_iter(html) {
            self.destinations.push(found[1].replace("&amp;", "&"));
        }
    }
}

/// The links of all pages that lead nowhere. `is_file` answers for paths relative to `src/` that are no chapter.
pub fn check(pages: &[Page], is_file: impl Fn(&Path) -> bool) -> Vec<Diagnostic> {
    let links: BTreeMap<&Path, Links> = in_parallel(pages.iter().collect(), |page: &Page| {
        (page.path.as_path(), Links::read(&page.content))
    })
    .into_iter()
    .collect();
    let mut diagnostics = Vec::new();
    for page in pages {
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for destination in &links[page.path.as_path()].destinations {
            let Some((message, hint)) = broken(page, destination, &links, &is_file) else {
                continue;
            };
            let from = seen.entry(destination).or_default();
            let mut diagnostic = Diagnostic::new(&page.source, message).hint(hint);
            if let Some(at) = page.raw[*from..].find(destination.as_str()) {
                diagnostic.line = Some(markdown::line_of(&page.raw, *from + at));
                *from += at + destination.len();
            }
            diagnostics.push(diagnostic);
        }
    }
    diagnostics
}

/// What is wrong with a destination, and what to do about it.
fn broken(
    page: &Page,
    destination: &str,
    links: &BTreeMap<&Path, Links>,
    is_file: &impl Fn(&Path) -> bool,
) -> Option<(String, String)> {
    if SCHEME.is_match(destination) || destination.is_empty() {
        return None;
    }
    let (path, anchor) = match destination.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (destination, None),
    };
    let path = decode(path.split('?').next().unwrap_or_default());
    let target = if path.is_empty() {
        page.path.clone()
    } else {
        let folder = page.path.parent().unwrap_or(Path::new(""));
        let Some(path) = normalize(&folder.join(&path)) else {
            return Some((
                format!("the link `{destination}` leads out of the book"),
                "only what is in `src/` is on the site".into(),
            ));
        };
        path
    };
    let chapter = match target.extension().and_then(|extension| extension.to_str()) {
        Some("html") => target.with_extension("md"),
        _ => target.clone(),
    };
    let Some(there) = links.get(chapter.as_path()) else {
        let name = target.to_string_lossy();
        if GENERATED.contains(&name.as_ref()) {
            return None;
        }
        let is_chapter = chapter.extension().is_some_and(|end| end == "md");
        if !is_chapter && is_file(&target) {
            return None;
        }
        let hint = if is_chapter && is_file(&chapter) {
            "the file is there: list it in `src/SUMMARY.md`".to_string()
        } else {
            "correct the path: it is relative to the chapter's own folder".to_string()
        };
        return Some((format!("the link `{destination}` leads nowhere"), hint));
    };
    let anchor = decode(anchor.unwrap_or_default());
    // A memory diagram is opened at a step: `#trace-03_allocator-caller_owns=4`.
    let diagram = anchor
        .rsplit_once('=')
        .filter(|(id, step)| id.starts_with("trace-") && step.parse::<u32>().is_ok());
    let anchor = diagram.map_or(anchor.as_str(), |(id, _)| id);
    if anchor.is_empty() || there.ids.contains(anchor) {
        return None;
    }
    let similar = there
        .ids
        .iter()
        .map(|id| {
            (
                similar::TextDiff::from_chars(id.as_str(), anchor).ratio(),
                id,
            )
        })
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .filter(|(ratio, _)| *ratio > 0.5);
    Some((
        format!("the link `{destination}` leads to an anchor that is not there"),
        match similar {
            Some((_, id)) => format!("did you mean `#{id}`?"),
            None => format!("no heading of `{}` has it", chapter.display()),
        },
    ))
}

/// What an encoded address stands for.
pub fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        decoded.push(hex.unwrap_or(bytes[at]));
        at += if hex.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

/// Resolves `.` and `..`. `None` when the path leaves the book.
fn normalize(path: &Path) -> Option<PathBuf> {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                if !normal.pop() {
                    return None;
                }
            }
            Component::Normal(part) => normal.push(part),
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(normal)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(pages: &[(&str, &str)]) -> Vec<String> {
        let pages: Vec<Page> = pages
            .iter()
            .map(|(path, content)| Page::new(path, content))
            .collect();
        check(&pages, |path| path == Path::new("logo.svg"))
            .iter()
            .map(|diagnostic| {
                let line = diagnostic.line.unwrap_or_default();
                format!(
                    "{}:{line}: {}",
                    diagnostic.path.display(),
                    diagnostic.message
                )
            })
            .collect()
    }

    #[test]
    fn links_between_chapters_are_followed_to_their_anchors() {
        let second = "# Who *owns* `x`?\n\n## Again\n\n## Again\n\n## Named {#given}\n\n<a id=\"raw\"></a>\n<figure id=\"trace-x\"></figure>\n";
        let good = "[a](lessons/b.md#who-owns-x) [b](lessons/b.html#again-1) [c](lessons/b.md#given)\n\
                    [d](lessons/b.md#raw) [s](lessons/b.md#trace-x=4) ![e](logo.svg) [f](https://example.org/#x) <a href=\"#top\" id=\"top\">g</a>\n";
        assert_eq!(
            problems(&[("index.md", good), ("lessons/b.md", second)]),
            [""; 0]
        );
    }

    #[test]
    fn what_leads_nowhere_is_named_with_its_line() {
        let page = "# A\n\n[a](#b)\n\n[b](missing.md) [c](missing.md)\n\n[d](../../x.md)\n\n`[e](no.md)`\n";
        assert_eq!(
            problems(&[("lessons/a.md", page)]),
            [
                "src/lessons/a.md:3: the link `#b` leads to an anchor that is not there",
                "src/lessons/a.md:5: the link `missing.md` leads nowhere",
                "src/lessons/a.md:5: the link `missing.md` leads nowhere",
                "src/lessons/a.md:7: the link `../../x.md` leads out of the book",
            ]
        );
    }
}
