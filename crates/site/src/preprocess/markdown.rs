//! What the stages need to know of a chapter's Markdown: where its code is, what it fences, and how to splice
//! it. Pure; knows pulldown-cmark with mdBook's own options and nothing of the book.

use std::ops::Range;

use mdbook_markdown::pulldown_cmark::{
    BrokenLink, CodeBlockKind, Event, LinkType, OffsetIter, Options, Parser, Tag, TagEnd,
};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};

pub(crate) use book_support::diagnostic::line_of;

/// The info string that makes a fenced block a callout: its first word.
const CALLOUT: &str = "admonish";

/// A fenced code block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fence {
    /// What follows the opening marks, trimmed.
    pub info: String,
    /// The whole block with its fences.
    pub span: Range<usize>,
}

impl Fence {
    /// The first word of the info string: the language.
    pub(crate) fn language(&self) -> &str {
        self.info
            .split([' ', '\t', ',', '{'])
            .next()
            .unwrap_or_default()
    }

    fn is_callout(&self) -> bool {
        self.language() == CALLOUT
    }
}

/// The events of `markdown` with their offsets, read as mdBook reads them.
pub(crate) fn events(
    markdown: &str,
) -> OffsetIter<'_, mdbook_markdown::pulldown_cmark::DefaultBrokenLinkCallback> {
    parser(markdown).into_offset_iter()
}

fn parser(markdown: &str) -> Parser<'_> {
    new_cmark_parser(markdown, &MarkdownOptions::default())
}

fn fences_of(markdown: &str) -> Vec<Fence> {
    events(markdown)
        .filter_map(|(event, span)| match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => Some(Fence {
                info: info.trim().to_string(),
                span,
            }),
            _ => None,
        })
        .collect()
}

/// `markdown` with the opening and closing fences of its callouts blanked out: what is inside a callout is
/// Markdown, not code. Every other byte keeps its place, so offsets into the result are offsets into `markdown`.
pub(crate) fn open_callouts(markdown: &str) -> String {
    opened(markdown).0
}

/// The callouts of `markdown`, those inside others among them, in order.
pub(crate) fn all_callouts(markdown: &str) -> Vec<Fence> {
    let mut callouts = opened(markdown).1;
    callouts.sort_by_key(|fence| fence.span.start);
    callouts
}

fn opened(markdown: &str) -> (String, Vec<Fence>) {
    let mut text = markdown.to_string();
    let mut all = Vec::new();
    loop {
        let callouts: Vec<Fence> = fences_of(&text)
            .into_iter()
            .filter(Fence::is_callout)
            .collect();
        if callouts.is_empty() {
            return (text, all);
        }
        all.extend(callouts.iter().cloned());
        for fence in callouts {
            let block = &text[fence.span.clone()];
            let open = fence.span.start..fence.span.start + block.find('\n').unwrap_or(block.len());
            let last = block.trim_end().rfind('\n').map_or(0, |at| at + 1);
            let closes = block[last..]
                .trim_start_matches([' ', '\t', '>'])
                .starts_with(['`', '~']);
            let close = fence.span.start + last..fence.span.start + block.trim_end().len();
            blank(&mut text, open);
            if last > 0 && closes {
                blank(&mut text, close);
            }
        }
    }
}

fn blank(text: &mut String, span: Range<usize>) {
    let spaces = " ".repeat(span.len());
    text.replace_range(span, &spaces);
}

/// The fenced blocks of `markdown`, even those inside callouts, in order; callouts themselves are none.
pub(crate) fn fences(markdown: &str) -> Vec<Fence> {
    fences_of(&open_callouts(markdown))
}

/// The callouts of `markdown` that are not inside another callout.
pub(crate) fn callouts(markdown: &str) -> Vec<Fence> {
    fences_of(markdown)
        .into_iter()
        .filter(Fence::is_callout)
        .collect()
}

/// Where `markdown` holds code (fenced, indented, inline) or HTML comments: text that nothing is expanded in.
/// In order. Callouts are not code.
pub(crate) fn literal_spans(markdown: &str) -> Vec<Range<usize>> {
    let text = open_callouts(markdown);
    let mut spans: Vec<Range<usize>> = Vec::new();
    for (event, span) in events(&text) {
        match event {
            Event::Start(Tag::CodeBlock(_)) | Event::Code(_) => spans.push(span),
            _ => {}
        }
    }
    let mut from = 0;
    while let Some(start) = text[from..].find("<!--").map(|at| from + at) {
        from = start + 4;
        if spans.iter().any(|span| span.contains(&start)) {
            continue;
        }
        let end = text[from..]
            .find("-->")
            .map_or(text.len(), |at| from + at + 3);
        spans.push(start..end);
        from = end;
    }
    spans.sort_by_key(|span| span.start);
    spans
}

/// References that are defined nowhere, `[text][nowhere]` and `[^nowhere]`, with where they stand: Markdown would show
/// them as they are written. A word in brackets alone is none: it may be meant as it stands.
pub(crate) fn undefined(markdown: &str) -> Vec<(usize, String)> {
    if !["][", "[^"].iter().any(|mark| markdown.contains(mark)) {
        return Vec::new();
    }
    let text = open_callouts(markdown);
    let mut found = Vec::new();
    let callback = |link: BrokenLink<'_>| {
        let is_reference = matches!(link.link_type, LinkType::Reference | LinkType::Collapsed);
        if is_reference || link.reference.starts_with('^') {
            found.push((link.span.start, link.reference.to_string()));
        }
        None
    };
    // Footnotes left out, they are references like others, of which Markdown asks the same.
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let parser = Parser::new_with_broken_link_callback(&text, options, Some(callback));
    let _ = parser.count();
    let defined: Vec<String> = events(&text)
        .filter_map(|(event, _)| match event {
            Event::Start(Tag::FootnoteDefinition(name)) => Some(format!("^{name}")),
            _ => None,
        })
        .collect();
    found.retain(|(_, label)| !defined.contains(label));
    found
}

/// The number of words that a reader reads: text and inline code, no code blocks and no HTML.
pub(crate) fn words(markdown: &str) -> usize {
    let text = open_callouts(markdown);
    let mut in_code = false;
    let mut words = 0;
    for (event, _) in events(&text) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(text) | Event::Code(text) if !in_code => {
                words += text.split_whitespace().count();
            }
            _ => {}
        }
    }
    words
}

/// `text` with each span replaced, from the last to the first, so that all other text stays byte for byte.
///
/// # Panics
///
/// When spans overlap: two stages would then have claimed one directive.
pub(crate) fn splice(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(span, _)| span.start);
    let overlap = edits.windows(2).any(|pair| pair[0].0.end > pair[1].0.start);
    assert!(!overlap, "edits overlap");
    let mut text = text.to_string();
    for (span, replacement) in edits.into_iter().rev() {
        text.replace_range(span, &replacement);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHAPTER: &str = "a\n\n````admonish tip title=\"T\"\nin `code`\n\n```zig\nx\n```\n````\n\n- b\n\n  ```admonish note\n  c\n  ```\n\n```text\nd\n```\n";

    #[test]
    fn callouts_are_opened_in_place() {
        let open = open_callouts(CHAPTER);
        assert_eq!(open.len(), CHAPTER.len());
        assert!(!open.contains("admonish"));
        let languages: Vec<String> = fences(CHAPTER)
            .iter()
            .map(|fence| fence.language().to_string())
            .collect();
        assert_eq!(languages, ["zig", "text"]);
    }

    #[test]
    fn code_and_comments_are_literal_and_callouts_are_not() {
        let found: Vec<&str> = literal_spans("`a` <!-- b --> ```c```\n\n    d\n\n`<!--` e `-->`\n")
            .into_iter()
            .map(|span| &"`a` <!-- b --> ```c```\n\n    d\n\n`<!--` e `-->`\n"[span])
            .collect();
        assert_eq!(
            found,
            ["`a`", "<!-- b -->", "```c```", "d\n", "`<!--`", "`-->`"]
        );
        let callout = "```admonish\nx\n```\n";
        assert!(literal_spans(callout).is_empty());
    }

    #[test]
    fn splicing_leaves_the_rest_alone() {
        let text = "é{1} and {2}\r\n";
        let first = 2..5;
        let second = 10..13;
        let edits = vec![(second, "two".to_string()), (first, "one".to_string())];
        assert_eq!(splice(text, edits), "éone and two\r\n");
    }

    #[test]
    fn references_that_nothing_defines_are_found() {
        let found = |text: &str| -> Vec<String> {
            let found = undefined(text).into_iter();
            found
                .map(|(at, label)| format!("{}: {label}", line_of(text, at)))
                .collect()
        };
        let wrong = "[a][no]\n\n[no][]\n\n![a][no]\n\na[^no]\n\n````admonish\n[b][nope]\n````\n\n> [c][never]\n";
        assert_eq!(
            found(wrong),
            ["1: no", "3: no", "5: no", "7: ^no", "10: nope", "13: never"]
        );
        let right = "[a][b] [b][] [b] xs[0] a[^1] `c[0][1]` \\[a][z]\n\n[b]: c.md\n\n[^1]: A note.\n\n- [x] done\n\n```text\n[a][c]\n```\n";
        assert_eq!(found(right), [""; 0]);
    }

    #[test]
    fn words_are_those_outside_code_blocks() {
        assert_eq!(
            words("one `two`\n\n```text\nnot\n```\n\n```admonish\nthree\n```\n"),
            3
        );
    }
}
