//! Text for a terminal: colors where they are wanted, lines that fit, and Markdown as plain text. Pure.

use std::borrow::Cow;

use book_support::visible::visible;
use std::path::Path;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// The widest that running text gets, in columns.
const MEASURE: usize = 88;

/// What a terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether escapes for colors and links are written.
    pub color: bool,
    /// In columns; without a terminal, no limit.
    pub width: usize,
}

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// What a line is about: bold.
    Strong,
    /// What need not be read: dim.
    Quiet,
    /// What passed: green.
    Good,
    /// What failed: red.
    Bad,
    /// What helps further: yellow.
    Hint,
    /// A name or a piece of a program.
    Code,
}

impl Tone {
    /// Its code in an SGR sequence.
    fn code(self) -> &'static str {
        match self {
            Tone::Strong => "1",
            Tone::Quiet => "2",
            Tone::Good => "32",
            Tone::Bad => "31",
            Tone::Hint => "33",
            Tone::Code => "36",
        }
    }
}

impl Style {
    /// For a script or a test: no color.
    pub const PLAIN: Style = Style {
        color: false,
        width: usize::MAX,
    };

    /// `text` between the escapes of the tone, or as it is where there are no colors.
    pub fn paint(&self, tone: Tone, text: &str) -> String {
        if self.color && !text.is_empty() {
            format!("\x1b[{}m{text}\x1b[0m", tone.code())
        } else {
            text.to_string()
        }
    }

    /// The path of a file as a link, where the terminal shows colors: most of those can open links.
    pub fn link(&self, path: &Path, text: &str) -> String {
        if !self.color {
            return text.to_string();
        }
        let mut address = String::from("file://");
        for byte in path.as_os_str().as_encoded_bytes() {
            if byte.is_ascii_alphanumeric() || b"/-_.~".contains(byte) {
                address.push(char::from(*byte));
            } else {
                address.push_str(&format!("%{byte:02X}"));
            }
        }
        format!("\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\")
    }

    /// A line of code that fits beside `used` columns, for a glance: what is too much is left out.
    pub fn cut<'a>(&self, line: &'a str, used: usize) -> Cow<'a, str> {
        let room = self.width.saturating_sub(used).max(20);
        let line = visible(line);
        if line.chars().count() <= room {
            return line;
        }
        let kept: String = line.chars().take(room - 1).collect();
        Cow::Owned(format!("{kept}…"))
    }

    /// A line of code in lines that fit beside `used` columns, for reading: broken at blanks, where there are some,
    /// and the rest indented further.
    pub fn fold(&self, line: &str, used: usize) -> Vec<String> {
        let room = self.width.saturating_sub(used).max(20);
        let indent = line.len() - line.trim_start_matches(' ').len();
        let indent = " ".repeat((indent + 4).min(room / 2));
        let mut lines = Vec::new();
        let mut rest = visible(line).into_owned();
        while let Some((limit, _)) = rest.char_indices().nth(room) {
            let at = rest[..limit]
                .rfind(' ')
                .filter(|at| !rest[..*at].trim().is_empty())
                .unwrap_or(limit);
            let next = format!("{indent}{}", rest[at..].trim_start());
            rest.truncate(at);
            lines.push(std::mem::replace(&mut rest, next));
        }
        lines.push(rest);
        lines
    }

    /// Markdown as lines that fit, with a line feed at the end of each.
    pub fn markdown(&self, text: &str) -> String {
        LineFiller::new(self, "").markdown(text)
    }

    /// A paragraph as lines that fit, each after `indent`.
    pub fn paragraph(&self, text: &str, indent: &str) -> String {
        let mut writer = LineFiller::new(self, indent);
        for word in text.split_whitespace() {
            writer.piece(word, None);
            writer.space();
        }
        writer.end_line();
        writer.out
    }
}

/// Fills lines with words.
struct LineFiller<'a> {
    style: &'a Style,
    out: String,
    /// What the next line begins with, and the lines after it.
    first: String,
    rest: String,
    /// The columns in use of the current line; nothing when it has not begun.
    column: Option<usize>,
    /// Whether a blank comes before the word.
    space: bool,
    /// The word that is being put together, and its columns: pieces that touch stay together.
    word: String,
    width: usize,
}

impl LineFiller<'_> {
    fn new<'a>(style: &'a Style, indent: &str) -> LineFiller<'a> {
        LineFiller {
            style,
            out: String::new(),
            first: indent.to_string(),
            rest: indent.to_string(),
            column: None,
            space: false,
            word: String::new(),
            width: 0,
        }
    }

    /// A piece of a word.
    fn piece(&mut self, text: &str, tone: Option<Tone>) {
        self.width += text.chars().count();
        match tone {
            Some(tone) => self.word.push_str(&self.style.paint(tone, text)),
            None => self.word.push_str(text),
        }
    }

    /// A blank after what was written.
    fn space(&mut self) {
        self.end_word();
        self.space = true;
    }

    fn end_word(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let limit = self.style.width.clamp(20, MEASURE);
        if let Some(column) = self.column
            && self.space
            && column + 1 + self.width > limit
        {
            self.break_line();
        }
        match &mut self.column {
            None => {
                self.out.push_str(&self.first);
                self.column = Some(self.first.chars().count() + self.width);
                self.first.clone_from(&self.rest);
            }
            Some(column) => {
                if self.space {
                    self.out.push(' ');
                    *column += 1;
                }
                *column += self.width;
            }
        }
        self.space = false;
        self.out.push_str(&self.word);
        self.word.clear();
        self.width = 0;
    }

    fn break_line(&mut self) {
        if self.column.take().is_some() {
            self.out.push('\n');
        }
        self.space = false;
    }

    fn end_line(&mut self) {
        self.end_word();
        self.break_line();
    }

    /// Running text.
    fn text(&mut self, text: &str, tone: Option<Tone>) {
        let mut words = text.split(' ').peekable();
        while let Some(word) = words.next() {
            self.piece(word, tone);
            if words.peek().is_some() {
                self.space();
            }
        }
    }

    fn markdown(mut self, text: &str) -> String {
        let mut strong = 0;
        let mut numbers: Vec<Option<u64>> = Vec::new();
        let mut in_code_block = false;
        for event in Parser::new(text) {
            match event {
                Event::Start(Tag::Paragraph | Tag::CodeBlock(_) | Tag::List(_))
                    if numbers.is_empty() && !self.out.is_empty() =>
                {
                    self.out.push('\n');
                    self.begin(&event, &mut numbers, &mut in_code_block);
                }
                Event::Start(Tag::Item) => {
                    let mark = match numbers.last_mut() {
                        Some(Some(number)) => {
                            *number += 1;
                            format!("{}. ", *number - 1)
                        }
                        _ => "- ".to_string(),
                    };
                    let indent = "  ".repeat(numbers.len());
                    self.first = format!("{indent}{mark}");
                    self.rest = " ".repeat(self.first.len());
                }
                Event::Start(Tag::Strong | Tag::Emphasis) => strong += 1,
                Event::End(TagEnd::Strong | TagEnd::Emphasis) => strong -= 1,
                Event::Text(text) if in_code_block => {
                    for line in text.lines() {
                        self.out.push_str("    ");
                        self.out.push_str(&self.style.paint(Tone::Code, line));
                        self.out.push('\n');
                    }
                }
                Event::Text(text) => self.text(&text, (strong > 0).then_some(Tone::Strong)),
                Event::Code(code) if self.style.color => self.text(&code, Some(Tone::Code)),
                Event::Code(code) => self.text(&format!("`{code}`"), None),
                Event::SoftBreak | Event::HardBreak => self.space(),
                Event::End(TagEnd::Paragraph | TagEnd::Item) => self.end_line(),
                Event::End(TagEnd::CodeBlock) => in_code_block = false,
                Event::End(TagEnd::List(_)) => {
                    numbers.pop();
                    self.first.clear();
                    self.rest.clear();
                }
                Event::Start(_) => self.begin(&event, &mut numbers, &mut in_code_block),
                _ => {}
            }
        }
        self.end_line();
        self.out
    }

    fn begin(
        &mut self,
        event: &Event<'_>,
        numbers: &mut Vec<Option<u64>>,
        in_code_block: &mut bool,
    ) {
        match event {
            Event::Start(Tag::List(start)) => {
                self.end_line();
                numbers.push(*start);
            }
            Event::Start(Tag::CodeBlock(_)) => {
                self.end_line();
                *in_code_block = true;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_items_hang() {
        let style = Style {
            color: false,
            width: 30,
        };
        let text = "One **bold** paragraph\nof `some code`, wrapped here.\n\n1. first item that is long\n2. second\n\n- a\n  b\n";
        assert_eq!(
            style.markdown(text),
            "One bold paragraph of `some\ncode`, wrapped here.\n\n  1. first item that is long\n  2. second\n\n  - a b\n"
        );
        assert_eq!(
            style.paragraph("one two three four five six seven", "    "),
            "    one two three four five\n    six seven\n"
        );
    }

    #[test]
    fn what_touches_stays_together() {
        let style = Style {
            color: false,
            width: 20,
        };
        assert_eq!(
            style.markdown("it is `tokens.len` - `1`."),
            "it is `tokens.len` -\n`1`.\n"
        );
        assert_eq!(
            style.markdown("it was named `count`."),
            "it was named\n`count`.\n"
        );
    }

    #[test]
    fn code_to_be_read_is_folded() {
        let style = Style {
            color: false,
            width: 31,
        };
        assert_eq!(
            style.fold("  if (a) return hint(\"b c\");", 11),
            ["  if (a) return", "      hint(\"b c\");"]
        );
        assert_eq!(
            style.fold(&"x".repeat(30), 11),
            ["x".repeat(20), format!("    {}", "x".repeat(10))]
        );
        assert_eq!(style.fold("", 11), [""]);
    }

    #[test]
    fn code_that_is_too_wide_is_cut() {
        let style = Style {
            color: false,
            width: 31,
        };
        assert_eq!(
            style.cut("a line of twenty-two c", 11),
            "a line of twenty-tw…"
        );
        assert_eq!(style.cut("short", 11), "short");
        assert_eq!(Style::PLAIN.cut(&"x".repeat(500), 11).len(), 500);
    }

    #[test]
    fn colors_come_only_where_they_are_wanted() {
        let style = Style {
            color: true,
            width: 80,
        };
        assert_eq!(style.markdown("`x`!"), "\x1b[36mx\x1b[0m!\n");
        assert_eq!(Style::PLAIN.markdown("`x`!"), "`x`!\n");
        assert_eq!(Style::PLAIN.paint(Tone::Bad, "x"), "x");
    }
}
