//! What a failed test printed, taken apart: lines of text, and the places in the reader's file and in the tests
//! that stack traces name. Pure.

use std::sync::LazyLock;

use regex::Regex;

use book_listing::Language;
use book_toolchain::zig_output;

/// A place in a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SourcePlace {
    pub file: WhichFile,
    /// Counted from 1.
    pub line: usize,
    pub column: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WhichFile {
    Reader,
    Tests,
}

/// Lines of text, and the trace that follows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Passage {
    pub text: Vec<String>,
    /// Innermost first; only those in the reader's file and in the tests.
    pub sites: Vec<SourcePlace>,
}

impl Passage {
    /// The line right above the trace.
    pub(crate) fn label(&self) -> &str {
        self.text.last().map_or("", String::as_str)
    }

    /// The innermost place in the reader's file.
    pub(crate) fn reader_site(&self) -> Option<&SourcePlace> {
        self.sites
            .iter()
            .find(|site| site.file == WhichFile::Reader)
    }
}

/// How the two files end in messages: `my-exercises/03_allocator/exercise.zig`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PathEnds<'a> {
    pub reader: &'a str,
    pub tests: &'a str,
}

impl PathEnds<'_> {
    fn find(&self, path: &str) -> Option<WhichFile> {
        if path.ends_with(self.reader) {
            Some(WhichFile::Reader)
        } else if path.ends_with(self.tests) {
            Some(WhichFile::Tests)
        } else {
            None
        }
    }
}

static RUST_PANIC: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^thread '.*' (?:\(\d+\) )?panicked at (.+?):(\d+):(\d+):$").expect("a regex")
});

/// Takes apart what a test said.
pub(crate) fn parts(said: &str, language: Language, files: PathEnds<'_>) -> Vec<Passage> {
    match language {
        Language::Zig => zig_parts(said, files),
        _ => rust_parts(said, files),
    }
}

fn zig_parts(said: &str, files: PathEnds<'_>) -> Vec<Passage> {
    let lines: Vec<&str> = said.lines().collect();
    let mut parts = vec![Passage::default()];
    let mut in_trace = false;
    let mut index = 0;
    while index < lines.len() {
        let line = lines[index];
        index += 1;
        if let Some(frame) = zig_output::frame(line) {
            in_trace = true;
            index += zig_output::source_lines(&lines[index..]);
            if let Some(file) = files.find(frame.path) {
                parts
                    .last_mut()
                    .expect("never empty")
                    .sites
                    .push(SourcePlace {
                        file,
                        line: frame.line.parse().unwrap_or(1),
                        column: frame.column.parse().unwrap_or(1),
                    });
            }
        } else if !line.trim().is_empty() {
            if in_trace {
                parts.push(Passage::default());
                in_trace = false;
            }
            let part = parts.last_mut().expect("never empty");
            part.text.push(line.trim_end().to_string());
        }
    }
    parts
}

fn rust_parts(said: &str, files: PathEnds<'_>) -> Vec<Passage> {
    let mut part = Passage::default();
    for line in said.lines() {
        if let Some(found) = RUST_PANIC.captures(line) {
            if let Some(file) = files.find(&found[1]) {
                part.sites.push(SourcePlace {
                    file,
                    line: found[2].parse().unwrap_or(1),
                    column: found[3].parse().unwrap_or(1),
                });
            }
        } else if !line.trim().is_empty() && !line.starts_with("note: run with `RUST_BACKTRACE") {
            part.text.push(line.trim_end().to_string());
        }
    }
    vec![part]
}

/// The source of a test: the number of its first line, counted from 1, and its lines.
pub(crate) fn test_source<'a>(
    tests: &'a str,
    name: &str,
    language: Language,
) -> Option<(usize, Vec<&'a str>)> {
    let lines: Vec<&str> = tests.lines().collect();
    let head = match language {
        Language::Zig => format!("test \"{name}\" {{"),
        _ => format!("fn {name}() {{"),
    };
    let head = lines.iter().position(|line| *line == head)?;
    let end = head + lines[head..].iter().position(|line| *line == "}")?;
    let attributes = lines[..head]
        .iter()
        .rev()
        .take_while(|line| line.starts_with("#["))
        .count();
    let start = head - attributes;
    Some((start + 1, lines[start..=end].to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: PathEnds<'static> = PathEnds {
        reader: "my-exercises/03_allocator/exercise.zig",
        tests: "exercises/03_allocator/tests.zig",
    };

    #[test]
    fn each_trace_belongs_to_the_line_above_it() {
        let said = "thread 7 panic: double free of [addr: 7f7cba3da010, len: 12 (0xc) align: 4]
alloc:\x20
/b/lib/std/mem.zig:68:30: 0x1234600 in alloc (std.zig)
    x
    ^
/b/my-exercises/03_allocator/exercise.zig:68:30: 0x1234600 in split (exercise.zig)
    const low = try gpa.alloc(f32, scores.len - high_count);
                             ^
/b/exercises/03_allocator/tests.zig:107:37: 0x1234c4d in splitOnce (tests.zig)
    const parts = try exercise.split(gpa, &scores, 0.5);
                                    ^

first free:\x20
/b/my-exercises/03_allocator/exercise.zig:69:19: 0x12349ee in split (exercise.zig)
    defer gpa.free(low);
                  ^
second free:
";
        let parts = zig_parts(said, FILES);
        let labels: Vec<&str> = parts.iter().map(Passage::label).collect();
        assert_eq!(labels, ["alloc:", "first free:", "second free:"]);
        assert!(parts[0].text[0].contains("double free"));
        let site = |file, line, column| SourcePlace { file, line, column };
        assert_eq!(
            parts[0].sites,
            [
                site(WhichFile::Reader, 68, 30),
                site(WhichFile::Tests, 107, 37)
            ]
        );
        assert_eq!(
            parts[1].reader_site(),
            Some(&site(WhichFile::Reader, 69, 19))
        );
        assert_eq!(parts[2].reader_site(), None);
    }

    #[test]
    fn a_rust_panic_names_its_place() {
        let said = "thread 'a' (12) panicked at my-exercises/03_allocator/exercise.zig:20:9:\nindex out of bounds\nnote: run with `RUST_BACKTRACE=1` environment variable\n";
        let parts = rust_parts(said, FILES);
        assert_eq!(parts[0].text, ["index out of bounds"]);
        assert_eq!(parts[0].reader_site().unwrap().line, 20);
    }

    #[test]
    fn the_source_of_a_test_is_found_by_its_name() {
        let zig = "const a = 1;\n\ntest \"A b\" {\n    x;\n}\n\ntest \"A\" {\n}\n";
        assert_eq!(
            test_source(zig, "A b", Language::Zig),
            Some((3, vec!["test \"A b\" {", "    x;", "}"]))
        );
        let rust = "#[test]\n#[should_panic]\nfn a() {\n    x;\n}\n";
        assert_eq!(test_source(rust, "a", Language::Rust).unwrap().1.len(), 5);
        assert_eq!(test_source(rust, "b", Language::Rust), None);
    }
}
