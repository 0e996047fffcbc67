//! Links and anchors that lead nowhere, within a page, between chapters and to files beside them. Pure: the
//! files are named by the caller.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Component, Path, PathBuf};
use std::sync::LazyLock;

use mdbook_markdown::pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use regex::Regex;

use super::headings::{HeadingPart, Headings};
use super::{Page, markdown, tags};
use book_support::diagnostic::Diagnostic;
use book_support::nearest::nearest;
use book_support::parallel::in_parallel;
use book_support::written::Written;

/// Pages that mdBook makes of its own.
const GENERATED: [&str; 3] = ["print.html", "toc.html", "404.html"];

static SCHEME: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:([A-Za-z][A-Za-z0-9+.-]*):|//)").expect("a regex"));

static ENCODED: LazyLock<Regex> = LazyLock::new(|| Regex::new("%[0-9A-Fa-f]{2}").expect("a regex"));

/// The schemes that a link may have: none that holds a page of its own, or runs something.
const SCHEMES: [&str; 3] = ["https", "http", "mailto"];

/// The files beside the chapters that may be in the book.
pub(crate) const PICTURES: [&str; 7] = ["svg", "png", "jpg", "jpeg", "gif", "webp", "avif"];

/// What one page offers and asks for.
#[derive(Default)]
struct Links {
    ids: BTreeSet<String>,
    /// Ids that something else on the page has already.
    again: Vec<String>,
    destinations: Vec<String>,
}

impl Links {
    /// Reads a page as mdBook will render it.
    fn read(content: &str) -> Links {
        let mut links = Links::default();
        let mut headings = Headings::default();
        let mut html = String::new();
        for (event, _) in markdown::events(content) {
            if let HeadingPart::Ended { id, .. } = headings.follow(&event) {
                links.give(id);
                continue;
            }
            match event {
                Event::Start(Tag::Link {
                    link_type: LinkType::Email,
                    ..
                }) => {}
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    links.destinations.push(dest_url.to_string());
                }
                // A tag may go over several lines, each of which is an event.
                Event::Html(part) => html.push_str(&part),
                Event::End(TagEnd::HtmlBlock) => links.read_html(&std::mem::take(&mut html)),
                Event::InlineHtml(html) => links.read_html(&html),
                Event::Start(Tag::FootnoteDefinition(name)) => {
                    links.give(format!("footnote-{name}"));
                }
                _ => {}
            }
        }
        links
    }

    fn read_html(&mut self, html: &str) {
        for tag in tags::tags(html) {
            for (name, value) in tag.attributes {
                match name.as_str() {
                    "id" => self.give(value),
                    "href" | "src" => self.destinations.push(value),
                    _ => {}
                }
            }
        }
    }

    fn give(&mut self, id: String) {
        if !self.ids.insert(id.clone()) {
            self.again.push(id);
        }
    }
}

/// The links of all pages that lead nowhere, ids that lead to two places, and names that no link can hold. `texts` is
/// what comes into the pages from elsewhere; `whole` says that all directives are expanded, each once. `is_file` answers for paths relative to `src/` that are no chapter.
pub(crate) fn check(
    pages: &[Page],
    texts: &[Written],
    whole: bool,
    is_file: impl Fn(&Path) -> bool,
) -> Vec<Diagnostic> {
    let links: BTreeMap<&Path, Links> = in_parallel(pages.iter().collect(), |page: &Page| {
        (page.path.as_path(), Links::read(&page.content))
    })
    .into_iter()
    .collect();
    let mut diagnostics = Vec::new();
    for page in pages {
        diagnostics.extend(name(page));
        let links_here = &links[page.path.as_path()];
        for id in links_here.again.iter().filter(|_| whole) {
            let mut diagnostic =
                Diagnostic::new(&page.source, format!("the id `{id}` is on the page twice"))
                    .hint("give one of the two another id: a link can lead to one alone");
            diagnostic.line = given(&page.raw, id);
            diagnostics.push(diagnostic);
        }
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for destination in &links_here.destinations {
            let Some((message, hint)) = broken(page, destination, &links, &is_file) else {
                continue;
            };
            let from = seen.entry(destination).or_default();
            let mut diagnostic = Diagnostic::new(&page.source, message).hint(hint);
            if let Some(at) = page.raw[*from..].find(destination.as_str()) {
                diagnostic.line = Some(markdown::line_of(&page.raw, *from + at));
                *from += at + destination.len();
            } else if let Some((written, at)) = place(texts, destination) {
                diagnostic.path.clone_from(&written.path);
                diagnostic.line = Some(written.line(at));
            }
            diagnostics.push(diagnostic);
        }
    }
    diagnostics
}

/// The last line where an author gives an id.
fn given(raw: &str, id: &str) -> Option<usize> {
    let note = id
        .strip_prefix("footnote-")
        .map(|name| format!("[^{name}]:"));
    let heading = format!("{{#{id}}}");
    let quoted = ["=\"", "='", "="].map(|mark| format!("id{mark}{id}"));
    let ways = quoted.into_iter().chain(note).chain([heading]);
    let at = ways.filter_map(|way| raw.rfind(&way)).max()?;
    Some(markdown::line_of(raw, at))
}

/// The text of a quiz or an exercise that holds a destination.
fn place<'a>(texts: &'a [Written], destination: &str) -> Option<(&'a Written, usize)> {
    let mut all = texts.iter();
    all.find_map(|written| Some((written, written.text.find(destination)?)))
}

/// A chapter whose file has a name that mdBook makes dead links of.
fn name(page: &Page) -> Option<Diagnostic> {
    const MARKS: [char; 4] = ['#', '?', '%', '\\'];
    let name = page.path.to_string_lossy();
    let wrong = if let Some(mark) = name.chars().find(|c| MARKS.contains(c)) {
        format!("the file's name has `{mark}` in it: links of the contents to it would be dead")
    } else if !name.is_empty() && !name.ends_with(".md") {
        "the chapter's file does not end in `.md`".into()
    } else {
        return None;
    };
    Some(
        Diagnostic::new(&page.source, wrong)
            .hint("rename the file, and its line in `src/SUMMARY.md`"),
    )
}

/// What is wrong with a destination, and what to do about it.
fn broken(
    page: &Page,
    destination: &str,
    links: &BTreeMap<&Path, Links>,
    is_file: &impl Fn(&Path) -> bool,
) -> Option<(String, String)> {
    if destination.is_empty() {
        let message = "a link has no address".to_string();
        return Some((message, "write one, or leave the link out".into()));
    }
    if let Some(found) = SCHEME.captures(destination) {
        let scheme = found.get(1).map_or("", |scheme| scheme.as_str());
        let known = SCHEMES
            .iter()
            .any(|known| known.eq_ignore_ascii_case(scheme));
        let rest = &destination[found.get(0).map_or(0, |found| found.end())..];
        if known && rest.trim_matches('/').is_empty() {
            let message = format!("the link `{destination}` has no address behind `{scheme}:`");
            return Some((message, "write the whole address: `https://…`".into()));
        }
        return (!known).then(|| {
            let message = format!(
                "the link `{destination}` begins with none of {}",
                SCHEMES.join(", ")
            );
            (message, "write the whole address: `https://…`".into())
        });
    }
    if ENCODED.replace_all(destination, "").contains('%') {
        let message =
            format!("the link `{destination}` has a `%` that begins no `%20` or the like");
        return Some((message, "write `%25` for `%`".into()));
    }
    let (path, anchor) = match destination.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (destination, None),
    };
    let folder = page.path.parent().unwrap_or(Path::new(""));
    let (path, query) = match path.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (path, None),
    };
    let is_page = path.ends_with(".md") || path.ends_with(".html");
    if (is_page || path.is_empty()) && query.is_some() {
        let message =
            format!("the link `{destination}` asks something of a page, which mdBook leaves out");
        return Some((message, "leave out what begins with `?`".into()));
    }
    if path.contains(".md") && !path.ends_with(".md") {
        let message = format!("mdBook would cut the link `{destination}` off after `.md`");
        return Some((
            message,
            "rename the file: `.md` stands at the end of a chapter's name alone".into(),
        ));
    }
    let path = decode(path);
    let target = if path.is_empty() {
        page.path.clone()
    } else {
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
        if GENERATED.contains(&name.as_ref()) || target.starts_with("generated") {
            return None;
        }
        let is_chapter = chapter.extension().is_some_and(|end| end == "md");
        if is_file(&target) && !is_chapter {
            let end = target
                .extension()
                .and_then(|end| end.to_str())
                .unwrap_or_default();
            return (!PICTURES.contains(&end)).then(|| {
                let message =
                    format!("the link `{destination}` leads to a file that nobody checks");
                (
                    message,
                    "lead to a chapter or a picture; code is shown with `{{#listing …}}`".into(),
                )
            });
        }
        let has_marks = destination.contains(['#', '?']);
        let literal = normalize(&folder.join(destination)).filter(|_| has_marks);
        let hint = if literal.is_some_and(|path| is_file(&path)) {
            "the file is there: write `%23` for `#`, `%3F` for `?` and `%25` for `%` in the link"
                .to_string()
        } else if is_chapter && is_file(&chapter) {
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
    // Anchors are made of whole headings, of which a writer may have forgotten much.
    const ALIKE: f32 = 0.5;
    let known = there.ids.iter().map(String::as_str);
    Some((
        format!("the link `{destination}` leads to an anchor that is not there"),
        match nearest(anchor, known, ALIKE).first() {
            Some(id) => format!("did you mean `#{id}`?"),
            None => format!("no heading of `{}` has it", chapter.display()),
        },
    ))
}

/// What an encoded address stands for.
pub(crate) fn decode(text: &str) -> String {
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
        let files = [
            "logo.svg",
            "a#b.svg",
            "a?b.svg",
            "100%.svg",
            "x.zig",
            "code.html",
            "a.md.svg",
        ];
        let found = check(&pages, &[], true, |path| {
            files.iter().any(|file| path == Path::new(file))
        });
        crate::preprocess::testing::told(&found)
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

    #[test]
    fn links_are_looked_at_however_they_are_written() {
        let ways = [
            ("[a](no.md)", "nowhere"),
            ("[a]()", "a link has no address"),
            ("<a href=''>a</a>", "a link has no address"),
            ("[a](https://)", "has no address behind `https:`"),
            ("[a](mailto:)", "has no address behind `mailto:`"),
            ("[a](<no.md>)", "nowhere"),
            ("[a](no.md 'title')", "nowhere"),
            ("![a](no.svg)", "nowhere"),
            ("[a][b]\n\n[b]: no.md", "nowhere"),
            ("[b]\n\n[b]: <no.md>", "nowhere"),
            ("<a href=\"no.md\">a</a>", "nowhere"),
            ("<a href='no.md'>a</a>", "nowhere"),
            ("<a href=no.md>a</a>", "nowhere"),
            ("<a HREF = no.md>a</a>", "nowhere"),
            ("<a\n  href='no.md'>a</a>", "nowhere"),
            ("<div>\n<a\nhref=no.md>a</a>\n</div>", "nowhere"),
            ("<img src=no.png>", "nowhere"),
            ("<a title='>' href=no.md>a</a>", "nowhere"),
            ("<file:no.md>", "begins with none of"),
            ("[a](javascript:no)", "begins with none of"),
            ("![a](data:image/svg+xml,no)", "begins with none of"),
            ("[a](//no.org)", "begins with none of"),
            ("![a](a#b.svg)", "nowhere"),
            ("![a](a?b.svg)", "nowhere"),
            ("![a](100%.svg)", "has a `%`"),
            ("[a](index.md?b#a)", "asks something of a page"),
            ("![a](a.md.svg)", "cut the link"),
            ("[a](x.zig)", "a file that nobody checks"),
            ("[a](code.html)", "nowhere"),
            ("[a](/index.md)", "out of the book"),
            ("> - [a](no.md)", "nowhere"),
            ("| a |\n|---|\n| [a](no.md) |", "nowhere"),
            ("b[^1]\n\n[^1]: [a](no.md)", "nowhere"),
        ];
        for (way, said) in ways {
            let found = problems(&[("index.md", &format!("# A\n\n{way}\n"))]);
            assert_eq!(found.len(), 1, "{way}: {found:?}");
            assert!(found[0].contains(said), "{way}: {found:?}");
            assert!(!found[0].contains(":0:"), "{way}: {found:?}");
        }
        let right = "[a](#a) <https://ziglang.org> <me@example.org> <a href='index.md#a'>b</a> ![c](a%23b.svg) ![d](a%3Fb.svg) ![e](100%25.svg)\n\n\
                     [f][g] <a href=#a>h</a>\n\n[g]: https://example.org/?a#b\n";
        assert_eq!(
            problems(&[("index.md", &format!("# A\n\n{right}"))]),
            [""; 0]
        );
    }

    #[test]
    fn an_id_is_given_once_and_a_name_can_be_linked() {
        let page = "# A\n\n## B {#a}\n\n<a id='c'></a> <span id=c></span>\n\nd[^1]\n\n[^1]: e\n\n[^1]: f\n";
        assert_eq!(
            problems(&[("a.md", page)]),
            [
                "src/a.md:3: the id `a` is on the page twice",
                "src/a.md:5: the id `c` is on the page twice",
                "src/a.md:11: the id `footnote-1` is on the page twice",
            ]
        );
        for name in ["a#b.md", "a?b.md", "100%.md", "a.txt"] {
            assert_eq!(problems(&[(name, "# A\n")]).len(), 1, "{name}");
        }
        assert_eq!(problems(&[("größe und form.md", "# A\n")]), [""; 0]);
    }
}
