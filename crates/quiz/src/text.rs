//! Markdown of prompts and explanations as HTML, and links that hold on whatever page shows them. Pure.

use std::path::{Component, Path, PathBuf};

use mdbook_markdown::pulldown_cmark::{CowStr, Event, Tag, html};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};

use book_support::html::relative_url;

/// Markdown as HTML; a single paragraph without its element. Links were written for the page `home` and hold
/// on the page `here`, both relative to `src/`.
pub(crate) fn markdown(text: &str, home: &Path, here: &Path) -> String {
    let events = new_cmark_parser(text, &MarkdownOptions::default()).map(|event| match event {
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }) => Event::Start(Tag::Link {
            link_type,
            dest_url: CowStr::from(link(&dest_url, home, here)),
            title,
            id,
        }),
        // Blocks of HTML are spliced into Markdown, where a line feed may mean something.
        Event::SoftBreak => Event::Text(" ".into()),
        other => other,
    });
    let mut out = String::new();
    html::push_html(&mut out, events);
    let out = out.trim();
    let single = out
        .strip_prefix("<p>")
        .and_then(|out| out.strip_suffix("</p>"))
        .filter(|inner| !inner.contains("<p>"));
    single.unwrap_or(out).to_string()
}

/// A link written for the page `home`, as the page `here` must write it.
fn link(destination: &str, home: &Path, here: &Path) -> String {
    let absolute = destination.starts_with('/')
        || destination
            .split(['/', '#', '?'])
            .next()
            .is_some_and(|start| start.contains(':'));
    if absolute || home == here {
        return destination.to_string();
    }
    let (path, fragment) = match destination.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment)),
        None => (destination, None),
    };
    let target = if path.is_empty() {
        home.to_path_buf()
    } else {
        normal(&home.parent().unwrap_or(Path::new("")).join(path))
    };
    let url = relative_url(here, &target);
    match fragment {
        Some(fragment) => format!("{url}#{fragment}"),
        None => url,
    }
}

/// The path without `.` and `..` inside.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                normal.pop();
            }
            Component::CurDir => {}
            other => normal.push(other),
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_hold_on_another_page() {
        let link = |to: &str| {
            link(
                to,
                Path::new("lessons/03_allocator.md"),
                Path::new("review.md"),
            )
        };
        assert_eq!(link("#growing"), "lessons/03_allocator.html#growing");
        assert_eq!(link("02_pointers.md#a"), "lessons/02_pointers.html#a");
        assert_eq!(link("../reference/glossary.md"), "reference/glossary.html");
        assert_eq!(link("https://ziglang.org/#a"), "https://ziglang.org/#a");
    }

    #[test]
    fn one_paragraph_is_written_without_its_element() {
        let page = Path::new("a.md");
        assert_eq!(
            markdown("It's `a<b>`,\n*not* so.", page, page),
            "It’s <code>a&lt;b&gt;</code>, <em>not</em> so."
        );
        assert!(markdown("one\n\ntwo", page, page).starts_with("<p>one</p>"));
    }
}
