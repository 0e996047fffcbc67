//! The book's index of messages: which entry explains what a compiler or a program says. Pure.
//!
//! An entry is a term in code with its definition below it, on one page of the book; `…` stands for what differs. Of a
//! definition, what begins with a line `See` is links and no explanation. Entries under a heading that says `refuses` are
//! of a compiler, the others of a program that runs.

use std::sync::LazyLock;

use regex::Regex;

use book_listing::Language;

/// Where the index stands, relative to the chapters.
pub const PAGE: &str = "reference/messages.md";

/// Who says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaker {
    /// Zig's or Rust's compiler, about a program that does not build.
    Compiler,
    /// A program that was built, while it ran: a panic, a leak, an error.
    Program,
}

/// Something that was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaidMessage<'a> {
    /// Who says it.
    pub by: Speaker,
    /// As it is printed, one line.
    pub text: &'a str,
    /// Its line in the output, counted from 1.
    pub line: usize,
}

/// One message of the index.
#[derive(Clone, Debug)]
pub struct IndexedMessage {
    /// Who says it.
    pub by: Speaker,
    /// Its words, with `…` for what differs.
    pub words: String,
    /// Markdown: what it means and what to do first.
    pub means: String,
    /// The line of its term on the page, counted from 1.
    pub line: usize,
    pattern: Regex,
}

/// The index.
#[derive(Clone, Debug, Default)]
pub struct Messages {
    entries: Vec<IndexedMessage>,
}

impl Messages {
    /// Reads the page's Markdown.
    pub fn read(page: &str) -> Messages {
        let lines: Vec<&str> = page.lines().collect();
        let mut entries = Vec::new();
        let mut by = Speaker::Program;
        for (at, line) in lines.iter().enumerate() {
            if let Some(heading) = line.strip_prefix("## ") {
                by = if heading.contains("refuses") {
                    Speaker::Compiler
                } else {
                    Speaker::Program
                };
            }
            let definition = lines.get(at + 1).and_then(|next| next.strip_prefix(": "));
            let (Some(words), Some(first)) = (code(line), definition) else {
                continue;
            };
            let rest = lines[at + 2..]
                .iter()
                .take_while(|line| line.starts_with("  ") && !line.starts_with("  See "));
            let means: Vec<&str> = std::iter::once(first)
                .chain(rest.map(|line| line.trim()))
                .collect();
            entries.push(IndexedMessage {
                by,
                words: words.to_string(),
                means: means.join(" "),
                line: at + 1,
                pattern: pattern(words),
            });
        }
        Messages { entries }
    }

    /// In the order of the page.
    pub fn entries(&self) -> &[IndexedMessage] {
        &self.entries
    }

    /// The entry that says most exactly what was said.
    pub fn find(&self, said: &SaidMessage) -> Option<&IndexedMessage> {
        let fitting = self.entries.iter().filter(|entry| {
            let found = entry.pattern.find(said.text);
            entry.by == said.by && found.is_some_and(|found| found.start() == 0)
        });
        fitting.max_by_key(|entry| entry.words.len())
    }
}

impl IndexedMessage {
    /// Whether these words stand somewhere in an output.
    pub fn is_in(&self, output: &str) -> bool {
        self.pattern.is_match(output)
    }
}

/// What stands between the marks of a line that is code and nothing else.
fn code(line: &str) -> Option<&str> {
    let inside = line.trim_start_matches('`');
    let marks = line.len() - inside.len();
    let words = inside.strip_suffix(&line[..marks])?;
    (marks > 0 && !words.is_empty() && !words.ends_with('`')).then_some(words)
}

fn pattern(words: &str) -> Regex {
    let parts: Vec<String> = words.split('…').map(regex::escape).collect();
    Regex::new(&parts.join(".*")).expect("escaped text")
}

/// What compilers and programs say in an output, the first thing first.
pub fn said(output: &str, language: Language) -> Vec<SaidMessage<'_>> {
    static COMPILER: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^(?:\S+:\d+:\d+: )?error: (.+)$").expect("a regex"));
    static PROGRAM: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?:panic: |error\(\w+\): |\] \(err\): )(.+)$|(Segmentation fault.*)$|(FAIL \(\w+\))|^(\d+ tests leaked memory.*)$",
        )
        .expect("a regex")
    });
    static RUST: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(error\[E\d+\].*)$|^(thread '.*' has overflowed.*)$").expect("a regex")
    });
    static PYTHON: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^(\w+(?:Error|Exception)\b.*)$").expect("a regex"));
    let mut found = Vec::new();
    let mut panicked = false;
    for (at, text) in output.lines().enumerate() {
        let mut add = |by, text| {
            found.push(SaidMessage {
                by,
                text,
                line: at + 1,
            });
        };
        let first = |regex: &Regex| {
            let groups = regex.captures(text)?;
            let group = groups.iter().skip(1).flatten().next()?;
            Some(&text[group.range()])
        };
        match language {
            Language::Zig => {
                if let Some(words) = first(&COMPILER) {
                    add(Speaker::Compiler, words);
                } else if let Some(words) = first(&PROGRAM) {
                    add(Speaker::Program, words);
                }
            }
            Language::Rust => {
                if std::mem::take(&mut panicked) {
                    add(Speaker::Program, text);
                } else if let Some(words) = first(&RUST) {
                    let is_error = words.starts_with("error[");
                    add(
                        if is_error {
                            Speaker::Compiler
                        } else {
                            Speaker::Program
                        },
                        words,
                    );
                }
                panicked = text.contains(" panicked at ");
            }
            Language::Python => {
                if let Some(words) = first(&PYTHON) {
                    add(Speaker::Program, words);
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "\
# Index

Words, and `code` in them.

## The compiler of Zig refuses

`expected type '…', found '…'`
: Another type
  is wanted.
  See [lesson 2](../lessons/02_pointers.md).

`expected type '[]u8', found '*const […:0]u8'`
: A literal.

`reached unreachable code`
: At compile time.

## A program stops

`reached unreachable code`
: A failed assertion.

``called `unwrap()` on a `None` value``
: Nothing there.
";

    fn meaning<'a>(messages: &'a Messages, by: Speaker, text: &str) -> Option<&'a str> {
        let said = SaidMessage { by, text, line: 1 };
        messages.find(&said).map(|entry| entry.means.as_str())
    }

    #[test]
    fn the_entry_that_says_most_is_found() {
        let messages = Messages::read(PAGE);
        let compiler = |text| meaning(&messages, Speaker::Compiler, text);
        let program = |text| meaning(&messages, Speaker::Program, text);
        assert_eq!(
            compiler("expected type 'u8', found 'bool'"),
            Some("Another type is wanted.")
        );
        assert_eq!(
            compiler("expected type '[]u8', found '*const [5:0]u8'"),
            Some("A literal.")
        );
        assert_eq!(
            compiler("reached unreachable code"),
            Some("At compile time.")
        );
        assert_eq!(
            program("reached unreachable code"),
            Some("A failed assertion.")
        );
        assert_eq!(
            program("called `unwrap()` on a `None` value"),
            Some("Nothing there.")
        );
        assert_eq!(program("Words, and code"), None);
        assert_eq!(compiler("not reached unreachable code"), None);
        let lines: Vec<usize> = messages.entries().iter().map(|entry| entry.line).collect();
        assert_eq!(lines, [7, 12, 15, 20, 23]);
    }

    #[test]
    fn what_is_said_is_found_in_what_is_printed() {
        let told = |output, language| {
            let said = said(output, language);
            let told: Vec<_> = said
                .iter()
                .map(|said| (said.line, said.by, said.text.to_string()))
                .collect();
            told
        };
        let program = |line, text: &str| (line, Speaker::Program, text.to_string());
        let compiler = |line, text: &str| (line, Speaker::Compiler, text.to_string());
        let zig = "\
a.zig:4:9: error: unused capture
    x
a.zig:4:9: note: consider
error: dependency on libc
1/2 a.test.b...[SafeAllocator] (err): leaked [addr: 7f, len: 3 (0x3) align: 1] allocated at:
error(SafeAllocator): leaked it
thread 12 panic: integer overflow
2/2 a.test.c...FAIL (OutOfMemory)
Segmentation fault at address 0x1
1 tests leaked memory.
";
        assert_eq!(
            told(zig, Language::Zig),
            [
                compiler(1, "unused capture"),
                compiler(4, "dependency on libc"),
                program(5, "leaked [addr: 7f, len: 3 (0x3) align: 1] allocated at:"),
                program(6, "leaked it"),
                program(7, "integer overflow"),
                program(8, "FAIL (OutOfMemory)"),
                program(9, "Segmentation fault at address 0x1"),
                program(10, "1 tests leaked memory."),
            ]
        );
        let rust =
            "error[E0382]: moved\n --> a.rs:1:1\nthread 'main' panicked at a.rs:3:5:\nout\nnote\n";
        assert_eq!(
            told(rust, Language::Rust),
            [compiler(1, "error[E0382]: moved"), program(4, "out")]
        );
        let python =
            "Traceback (most recent call last):\n    x\nIndexError: list index out of range\n";
        assert_eq!(
            told(python, Language::Python),
            [program(3, "IndexError: list index out of range")]
        );
    }
}
