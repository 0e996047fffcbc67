//! What an author's Markdown may hold: everything that a reader could take for code of the book comes from a
//! listing, so what may stand is listed here, and everything else is refused. Decided on parsed Markdown. Pure.

use std::ops::Range;
use std::sync::LazyLock;

use mdbook_markdown::pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag, TagEnd};
use regex::Regex;

use super::{flowchart, markdown, plain, tags};

/// Where a text is shown, which decides what it may hold and how code gets there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextKind {
    Chapter,
    Quiz,
    Exercise,
}

impl TextKind {
    /// How to show code there.
    fn mend(self) -> &'static str {
        match self {
            TextKind::Chapter => {
                "make it a listing (`cargo xtask new-listing`) and show it with `{{#listing …}}`"
            }
            TextKind::Quiz => {
                "make it a listing (`cargo xtask new-listing`) and name it: `listing = \"03_allocator/name\"`"
            }
            TextKind::Exercise => {
                "say it in words, or put the code into the starter, the tests or the solution, which are checked \
                 (`cargo xtask exercise --check`)"
            }
        }
    }

    /// The words of the fenced blocks that may stand there. A callout is none: its inside is Markdown.
    fn fences(self) -> &'static [&'static str] {
        match self {
            TextKind::Chapter => &["console", "text", "mermaid"],
            TextKind::Quiz | TextKind::Exercise => &["console", "text"],
        }
    }
}

/// Something that may not stand, with where it is in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Disallowed {
    pub at: usize,
    pub message: String,
    pub hint: String,
}

/// The elements that may stand as HTML: none that keeps lines, runs anything, or looks like code.
const ELEMENTS: [&str; 39] = [
    "a", "abbr", "b", "br", "caption", "cite", "dd", "del", "details", "dfn", "div", "dl", "dt",
    "em", "hr", "i", "img", "ins", "li", "mark", "ol", "p", "q", "s", "small", "span", "strong",
    "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "wbr",
];

/// The attributes that may stand, beside `aria-…`. No `class` and no `style`, which could make code of anything.
const ATTRIBUTES: [&str; 16] = [
    "alt",
    "colspan",
    "data-progress",
    "dir",
    "height",
    "href",
    "id",
    "lang",
    "open",
    "role",
    "rowspan",
    "scope",
    "src",
    "start",
    "title",
    "width",
];

/// An id that is the same in HTML, in an address and in a link.
static ID: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[\p{Alphabetic}][\p{Alphabetic}\p{Nd}_.-]*$").expect("a regex"));

/// Everything in `text` that may not stand there, in order.
pub(super) fn check(text: &str, place: TextKind) -> Vec<Disallowed> {
    // In a quiz and an exercise a callout would stay a fenced block.
    let open = match place {
        TextKind::Chapter => markdown::open_callouts(text),
        TextKind::Quiz | TextKind::Exercise => text.to_string(),
    };
    let mut reader = MarkdownReader {
        text: &open,
        place,
        found: Vec::new(),
        block: None,
        html: PiecedHtml::default(),
        line: TextLine::default(),
        row: Vec::new(),
    };
    for (event, span) in markdown::events(&open) {
        reader.take(event, span);
    }
    reader.found.sort_by_key(|found| found.at);
    reader.found
}

struct MarkdownReader<'a> {
    text: &'a str,
    place: TextKind,
    found: Vec<Disallowed>,
    /// The fenced block that is open: its word, where its text begins, and its text.
    block: Option<(String, Range<usize>, String)>,
    html: PiecedHtml,
    line: TextLine,
    /// The cells of the table's row that is open, but for empty ones: whether each is nothing but a statement.
    row: Vec<bool>,
}

/// HTML that Markdown hands over in pieces, and where each comes from.
#[derive(Default)]
struct PiecedHtml {
    text: String,
    pieces: Vec<(usize, usize)>,
}

/// The paragraph, item, heading or cell that is open.
#[derive(Default)]
struct TextLine {
    /// Where it begins, and its inline code alone.
    at: usize,
    code: String,
    /// Its lines in the page; inline code is `\0`.
    plain: Vec<String>,
    /// Whether anything but code is in it.
    has_words: bool,
    /// Whether a break follows code directly.
    broken: bool,
    after_code: bool,
}

impl MarkdownReader<'_> {
    fn report(&mut self, at: usize, message: impl Into<String>, hint: impl Into<String>) {
        self.found.push(Disallowed {
            at,
            message: message.into(),
            hint: hint.into(),
        });
    }

    fn take(&mut self, event: Event<'_>, span: Range<usize>) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => self.open_block(kind, span),
            Event::End(TagEnd::CodeBlock) => self.close_block(),
            Event::Text(text) => match &mut self.block {
                Some((_, _, block)) => block.push_str(&text),
                None => {
                    self.line.plain(&text);
                    if !text.trim().is_empty() {
                        self.line.words();
                    }
                }
            },
            Event::Code(code) => self.code(&code, span),
            Event::SoftBreak => self.line.plain(" "),
            Event::HardBreak => self.line.breaks(),
            Event::Html(html) => self.html.push(&html, span.start),
            Event::End(TagEnd::HtmlBlock) => self.close_html(),
            Event::InlineHtml(html) => {
                self.html.push(&html, span.start);
                self.close_html();
                let is_break = tags::tags(&html)
                    .first()
                    .is_some_and(|tag| tag.name == "br");
                if is_break {
                    self.line.breaks();
                }
            }
            Event::Start(Tag::Heading {
                id, classes, attrs, ..
            }) => {
                if !classes.is_empty() || !attrs.is_empty() {
                    let message = "a heading has attributes: nothing but an id may stand in `{…}`";
                    self.report(span.start, message, "write `## Heading {#its-id}`");
                }
                self.id(id.as_deref(), span.start);
                self.line = TextLine {
                    at: span.start,
                    ..TextLine::default()
                };
            }
            Event::Start(Tag::Paragraph | Tag::Item | Tag::TableCell) => {
                self.line = TextLine {
                    at: span.start,
                    ..TextLine::default()
                };
            }
            Event::End(TagEnd::Paragraph | TagEnd::Item) => {
                // An answer of a quiz may be an expression.
                let is_answer = self.place == TextKind::Quiz && !self.text.trim().contains('\n');
                self.close_line(is_answer);
            }
            Event::End(TagEnd::Heading(_)) => self.close_line(false),
            Event::End(TagEnd::TableCell) => self.close_cell(),
            Event::End(TagEnd::TableHead | TagEnd::TableRow) => self.close_row(span.start),
            Event::FootnoteReference(_) | Event::Start(Tag::Image { .. }) => self.line.words(),
            _ => {}
        }
    }

    fn open_block(&mut self, kind: CodeBlockKind<'_>, span: Range<usize>) {
        let info = match kind {
            CodeBlockKind::Indented => {
                let hint = format!(
                    "write prose without the four blanks before it; for code, {}",
                    self.place.mend()
                );
                let message = "an indented block is code to a reader, and nobody checks it";
                return self.report(span.start, message, hint);
            }
            CodeBlockKind::Fenced(info) => info.trim().to_string(),
        };
        let fences = self.place.fences();
        if fences.contains(&info.as_str()) {
            self.block = Some((info, span, String::new()));
            return;
        }
        let names: Vec<String> = fences.iter().map(|name| format!("`{name}`")).collect();
        let hint = format!(
            "{}; {} blocks may stand",
            self.place.mend(),
            names.join(", ")
        );
        let word = info.split_whitespace().next().unwrap_or_default();
        let message = match word {
            "" => "a fenced block without a word is code to a reader, and nobody checks it".into(),
            "admonish" => "a callout stands outside a chapter, where it would be code".into(),
            _ if fences.contains(&word) => {
                format!(
                    "a `{word}` block has nothing but its word behind the fence, and this has `{info}`"
                )
            }
            _ => format!("fenced `{word}` code: nobody checks it"),
        };
        self.report(span.start, message, hint);
    }

    fn close_block(&mut self) {
        let Some((word, span, text)) = self.block.take() else {
            return;
        };
        let wrong = match word.as_str() {
            "console" => plain::console(&text).map(|(line, message)| (line, message.to_string())),
            "text" => plain::program(&text).map(|line| (line, plain::PROGRAM.to_string())),
            _ => flowchart::check(&text)
                .map_err(|wrong| (wrong.line, wrong.message))
                .err(),
        };
        let Some((line, message)) = wrong else { return };
        let hint = match word.as_str() {
            "mermaid" => flowchart::HINT.to_string(),
            _ if message == plain::PROGRAM => {
                format!("{}; a `{word}` block holds no program", self.place.mend())
            }
            _ => "put `$ ` before what is typed; `text` blocks hold what is neither typed nor a program".into(),
        };
        // The line after the fence is the first of the block's text.
        let at = self.text[span.clone()]
            .match_indices('\n')
            .nth(line)
            .map_or(span.start, |(found, _)| span.start + found + 1);
        self.report(at, message, hint);
    }

    /// Inline code: a word or an expression within a sentence, on one line.
    fn code(&mut self, code: &CowStr<'_>, span: Range<usize>) {
        let hint = format!("write it on one line; for more, {}", self.place.mend());
        if self.text[span.clone()].contains('\n') {
            self.report(span.start, "inline code goes over several lines", hint);
        } else if self.line.broken {
            let message = "inline code stands line under line: to a reader it is a program, and nobody checks it";
            self.report(span.start, message, hint);
        }
        self.line.broken = false;
        self.line.after_code = true;
        self.line.code.push_str(code);
        self.line.code.push('\n');
        self.line.plain("\0");
    }

    /// A paragraph, an item or a heading that is nothing but code, or whose words are a program's.
    fn close_line(&mut self, may_be_code: bool) {
        let line = std::mem::take(&mut self.line);
        if !may_be_code && !line.has_words && plain::program(&line.code).is_some() {
            let message = "inline code stands alone where a sentence would: nobody checks it";
            let hint = format!("put it into a sentence, or {}", self.place.mend());
            self.report(line.at, message, hint);
        } else if line.is_statement() {
            self.statement(line.at);
        }
    }

    fn statement(&mut self, at: usize) {
        let message = "the text reads as a program, and nobody checks it";
        let hint = format!("say it in words, or {}", self.place.mend());
        self.report(at, message, hint);
    }

    fn close_cell(&mut self) {
        let line = std::mem::take(&mut self.line);
        let is_code = !line.has_words && plain::program(&line.code).is_some();
        if line.has_words || !line.code.is_empty() {
            self.row.push(is_code || line.is_statement());
        }
    }

    /// In a row, some cell says in words what the others are.
    fn close_row(&mut self, at: usize) {
        let row = std::mem::take(&mut self.row);
        if !row.is_empty() && row.iter().all(|is_statement| *is_statement) {
            let message = "a row of a table holds nothing but code: row under row it is a program, and nobody checks it";
            let hint = format!("say in a cell what it does, or {}", self.place.mend());
            self.report(at, message, hint);
        }
    }

    fn close_html(&mut self) {
        let html = std::mem::take(&mut self.html);
        for (at, line) in html.lines() {
            if plain::is_statement(&line) {
                self.statement(html.place(at));
            }
        }
        for tag in tags::tags(&html.text) {
            let at = html.place(tag.span.start);
            let name = &tag.name;
            if !ELEMENTS.contains(&name.as_str()) {
                let message = match name.as_str() {
                    "!" | "?" => "HTML that is neither a tag nor a comment".into(),
                    _ => format!("`<{name}>` may not stand in the book's text"),
                };
                let hint = format!(
                    "write Markdown: `code` in a sentence, headings with `#`; for code, {}",
                    self.place.mend()
                );
                self.report(at, message, hint);
                continue;
            }
            for (attribute, _) in &tag.attributes {
                let may =
                    ATTRIBUTES.contains(&attribute.as_str()) || attribute.starts_with("aria-");
                if !may {
                    let message =
                        format!("the attribute `{attribute}` may not stand in the book's text");
                    self.report(
                        at,
                        message,
                        "leave it out: how things look is the theme's concern",
                    );
                }
            }
            self.id(tag.attribute("id"), at);
        }
    }

    fn id(&mut self, id: Option<&str>, at: usize) {
        if let Some(id) = id.filter(|id| !ID.is_match(id)) {
            let message = format!("`{id}` is no id that a link can lead to");
            self.report(
                at,
                message,
                "begin it with a letter, and go on with letters, digits, `-`, `_` and `.`",
            );
        }
    }
}

impl TextLine {
    fn words(&mut self) {
        self.has_words = true;
        self.broken = false;
        self.after_code = false;
    }

    fn breaks(&mut self) {
        self.broken |= self.after_code;
        self.plain.push(String::new());
    }

    fn plain(&mut self, text: &str) {
        match self.plain.last_mut() {
            Some(line) => line.push_str(text),
            None => self.plain.push(text.to_string()),
        }
    }

    fn is_statement(&self) -> bool {
        self.plain.iter().any(|line| plain::is_statement(line))
    }
}

impl PiecedHtml {
    fn push(&mut self, html: &str, at: usize) {
        self.pieces.push((self.text.len(), at));
        self.text.push_str(html);
    }

    /// Its text as lines stand in the page, with where each begins: elements within a line begin none.
    fn lines(&self) -> Vec<(usize, String)> {
        const WITHIN: [&str; 18] = [
            "a", "abbr", "b", "cite", "del", "dfn", "em", "i", "ins", "mark", "q", "s", "small",
            "span", "strong", "sub", "sup", "wbr",
        ];
        let mut lines = vec![(0, String::new())];
        for piece in tags::pieces(&self.text) {
            match piece {
                tags::Piece::Text(text) => {
                    let (at, line) = lines.last_mut().expect("there is one");
                    if line.trim().is_empty() {
                        let blanks = text.len() - text.trim_start().len();
                        *at = text.as_ptr() as usize - self.text.as_ptr() as usize + blanks;
                    }
                    line.push_str(&tags::decode(text));
                }
                tags::Piece::Tag(tag) if WITHIN.contains(&tag.name.as_str()) => {}
                tags::Piece::Tag(_) => lines.push((0, String::new())),
            }
        }
        lines
    }

    /// Where a byte of the whole stands in the author's text.
    fn place(&self, at: usize) -> usize {
        let piece = self.pieces.iter().rev().find(|(start, _)| *start <= at);
        piece.map_or(0, |(start, from)| from + (at - start))
    }
}

#[cfg(test)]
#[path = "allowed_tests.rs"]
mod tests;
