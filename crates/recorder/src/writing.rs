//! Whether bytes of a program are text: told from the literals in its sources, since to Zig text is bytes like any
//! other. Pure.

use book_trace::source::{SourceLines, ZigToken, tokens};

/// What a program writes with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Writing {
    /// Whether it handles text at all.
    any: bool,
    /// The characters of its literals, a bit each.
    characters: u128,
}

impl Writing {
    /// That of a program with these sources.
    pub fn of<'s>(sources: impl IntoIterator<Item = &'s SourceLines>) -> Writing {
        let mut writing = Writing::default();
        for source in sources {
            let text = source.text();
            let tokens = tokens(&text);
            for index in 0..tokens.len() {
                writing.see(&tokens, index);
            }
        }
        writing
    }

    fn see(&mut self, tokens: &[ZigToken<'_>], index: usize) {
        let text = tokens[index].text;
        let is_literal = text.starts_with(['"', '\'']) || text.starts_with("\\\\");
        if !is_literal || is_message(tokens, index) {
            return;
        }
        self.any = true;
        let inside = text.trim_matches(['"', '\'', '\\']);
        for byte in inside.bytes().filter(u8::is_ascii) {
            self.characters |= 1 << byte;
        }
        if text.contains("{d") || text.contains("{}") {
            // What is formatted into memory has digits.
            self.characters |= ((1 << 10) - 1) << b'0';
        }
    }

    /// Whether printable characters are text and not numbers that happen to be characters.
    pub fn is_text(self, characters: impl IntoIterator<Item = u8>) -> bool {
        let mut all_known = true;
        let mut count = 0;
        for byte in characters {
            if byte.is_ascii_alphabetic() && self.any {
                return true;
            }
            count += 1;
            all_known &= byte.is_ascii() && self.characters & 1 << byte != 0;
        }
        all_known && count > 0
    }
}

/// Whether a literal is not text of the program: the name of a file or a test, a message, what `std.debug.print` says
/// around numbers.
fn is_message(tokens: &[ZigToken<'_>], index: usize) -> bool {
    let before = |back: usize| (index.checked_sub(back)).map_or("", |index| tokens[index].text);
    if matches!(before(1), "test" | "extern") {
        return true;
    }
    if before(1) != "(" {
        return false;
    }
    match before(2) {
        "print" => {
            let says_text = ["{s}", "{c}", "{q}", "{t}"];
            let is_debug = before(3) != "." || before(4) == "debug";
            is_debug
                && !says_text
                    .iter()
                    .any(|text| tokens[index].text.contains(text))
        }
        "panic" => true,
        name => name.starts_with('@'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(source: &str) -> Writing {
        Writing::of([&SourceLines::read(source)])
    }

    #[test]
    fn a_program_without_literals_has_numbers_only() {
        let source = "const std = @import(\"std\");\ntest \"name\" {\n    std.debug.print(\"got {d}\\n\", .{pair[0]});\n    if (x) @panic(\"no\");\n}\n";
        assert_eq!(of(source), Writing::default());
        assert!(!of(source).is_text(*b"2F"));
    }

    #[test]
    fn a_program_that_writes_characters_has_text() {
        for source in [
            "    @memset(line, '-');\n",
            "    try w.print(\"--{d}\", .{1});\n",
            "    print(\"-- {s}\\n\", .{@tagName(x)});\n",
            "    const a =\n        \\\\one - two\n    ;\n",
        ] {
            assert!(of(source).is_text(*b"2F"), "{source}");
            assert!(of(source).is_text(*b"--"), "{source}");
            assert!(!of(source).is_text(*b"##"), "{source}");
            assert!(!of(source).is_text([]), "{source}");
        }
    }
}
