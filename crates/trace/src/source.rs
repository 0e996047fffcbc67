//! What tracing asks of a Zig source file: which lines make one statement, which of these are deferred or
//! loop on one line, what a function says it returns. Reads text that `zig fmt` has formatted and the
//! compiler has accepted. Pure.

#![warn(missing_docs)]

/// A file, line by line.
#[derive(Clone, Debug, Default)]
pub struct SourceLines {
    lines: Vec<Line>,
    text: Vec<String>,
}

/// A line. Lines are counted from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Line {
    /// The first line of the statement it is part of.
    statement: u32,
    /// Whether a `for` or `while` is on it.
    loops: bool,
    deferred: Option<Deferred>,
}

/// When a deferred statement runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Deferred {
    /// Whenever its block ends.
    Defer,
    /// When its block ends with an error.
    Errdefer,
}

/// What a bracket opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OpenBracket {
    /// `(`, `[`, and `{` before values: what is inside belongs to the statement around it.
    Expression,
    /// `{` before statements, declarations or the cases of a switch.
    Block(Option<Deferred>),
}

/// A token: its text, and the line it is on.
#[derive(Clone, Copy, Debug)]
pub struct ZigToken<'a> {
    /// As it is written.
    pub text: &'a str,
    /// Counted from 1.
    pub line: u32,
}

impl SourceLines {
    /// Reads the text of a Zig file, also of one that does not compile.
    pub fn read(text: &str) -> SourceLines {
        let lines: Vec<String> = text.lines().map(str::to_string).collect();
        let mut source = SourceLines {
            lines: vec![Line::default(); lines.len() + 1],
            text: lines,
        };
        source.mark(&tokens(text));
        source
    }

    /// The first line of the statement that `line` is part of.
    pub fn statement(&self, line: u32) -> u32 {
        match self.lines.get(line as usize) {
            Some(found) if found.statement != 0 => found.statement,
            _ => line,
        }
    }

    /// Whether the statement that begins at `line` has a loop on a line of its own.
    pub fn loops(&self, line: u32) -> bool {
        self.lines.get(line as usize).is_some_and(|line| line.loops)
    }

    /// Whether the statement at `line` is deferred, or inside a deferred block.
    pub fn deferred(&self, line: u32) -> Option<Deferred> {
        self.lines.get(line as usize)?.deferred
    }

    /// Whether a line has nothing but closing brackets: the end of a block is no statement.
    pub fn only_closes(&self, line: u32) -> bool {
        let text = self.line(line);
        !text.is_empty()
            && text
                .bytes()
                .all(|byte| matches!(byte, b'}' | b')' | b']' | b';' | b','))
    }

    /// All of it, line breaks at the ends of lines.
    pub fn text(&self) -> String {
        self.text.join("\n")
    }

    /// The files beside it that it imports.
    pub fn imports(&self) -> Vec<String> {
        let text = self.text();
        tokens(&text)
            .windows(3)
            .filter(|found| (found[0].text, found[1].text) == ("@import", "("))
            .map(|found| found[2].text.trim_matches('"'))
            .filter(|name| name.ends_with(".zig"))
            .map(str::to_string)
            .collect()
    }

    /// A line's text, without what stands around it.
    pub fn line(&self, line: u32) -> &str {
        (line as usize)
            .checked_sub(1)
            .and_then(|index| self.text.get(index))
            .map_or("", |line| line.trim())
    }

    /// The type that the function declared at `line` returns, as it is written.
    pub fn returns(&self, line: u32) -> Option<String> {
        self.function(line).map(|(returned, _)| returned)
    }

    /// The last line of the function declared at `line`.
    pub fn ends(&self, line: u32) -> Option<u32> {
        self.function(line).map(|(_, last)| last)
    }

    /// The returned type and the last line of the function declared at `line`.
    fn function(&self, line: u32) -> Option<(String, u32)> {
        let from = (line as usize).checked_sub(1)?;
        let text = self.text.get(from..)?.join("\n");
        let tokens = tokens(&text);
        let start = tokens.iter().position(|token| token.text == "fn")?;
        if tokens[start].line != 1 {
            return None;
        }
        let open = start + tokens[start..].iter().position(|token| token.text == "(")?;
        let close = closing(&tokens, open)?;
        let mut returned = String::new();
        let mut index = close + 1;
        loop {
            let token = tokens.get(index)?;
            match token.text {
                "{" if tokens[index - 1].text == "error" => {
                    let end = closing(&tokens, index)?;
                    for token in &tokens[index..=end] {
                        returned.push_str(token.text);
                    }
                    index = end;
                }
                "{" => break,
                "const" => returned.push_str("const "),
                other => returned.push_str(other),
            }
            index += 1;
        }
        let end = closing(&tokens, index)?;
        Some((returned, line + tokens[end].line - 1))
    }

    fn mark(&mut self, tokens: &[ZigToken<'_>]) {
        let mut open: Vec<OpenBracket> = Vec::new();
        // The tokens since the statement began, at its own depth.
        let mut statement: Vec<&str> = Vec::new();
        let mut first_line = 0;
        let mut begins = true;
        let mut deferred = None;
        for (index, token) in tokens.iter().enumerate() {
            let line = token.line as usize;
            let new_line = index == 0 || tokens[index - 1].line != token.line;
            if begins && !(statement.is_empty() && token.text == ";") {
                statement.clear();
                first_line = token.line;
                deferred = match token.text {
                    "defer" => Some(Deferred::Defer),
                    "errdefer" => Some(Deferred::Errdefer),
                    _ => open.iter().rev().find_map(|open| match open {
                        OpenBracket::Block(deferred) => *deferred,
                        OpenBracket::Expression => None,
                    }),
                };
                begins = false;
            }
            if new_line && self.lines[line].statement == 0 {
                self.lines[line].statement = first_line;
                self.lines[line].deferred = deferred;
            }
            if matches!(token.text, "for" | "while") {
                self.lines[first_line as usize].loops = true;
            }
            match token.text {
                "(" | "[" => open.push(OpenBracket::Expression),
                "{" => {
                    let kind = if opens_block(tokens, index, &statement) {
                        begins = true;
                        OpenBracket::Block(deferred)
                    } else {
                        OpenBracket::Expression
                    };
                    open.push(kind);
                }
                ")" | "]" => {
                    open.pop();
                }
                "}" => {
                    if let Some(OpenBracket::Block(_)) = open.pop() {
                        begins = ends_statement(tokens.get(index + 1));
                    }
                }
                ";" => begins = true,
                "," if matches!(open.last(), Some(OpenBracket::Block(_))) => begins = true,
                _ => {}
            }
            statement.push(token.text);
        }
    }
}

/// Whether the `{` at `index` opens a block: statements, declarations, cases. Otherwise it holds values.
fn opens_block(tokens: &[ZigToken<'_>], index: usize, statement: &[&str]) -> bool {
    let Some(before) = index.checked_sub(1).map(|before| tokens[before].text) else {
        return true;
    };
    match before {
        "." | "error" => false,
        ")" | "else" | "=>" | "|" | ":" | ";" | "{" | "}" | "struct" | "union" | "enum"
        | "opaque" | "test" | "comptime" | "defer" | "errdefer" | "nosuspend" => true,
        _ if before.starts_with('"') => true,
        // `fn name() Type {`; a function is declared by a statement that assigns nothing.
        _ => statement.contains(&"fn") && !statement.contains(&"="),
    }
}

/// Whether the statement ends with a block that is followed by `next`.
fn ends_statement(next: Option<&ZigToken<'_>>) -> bool {
    let Some(next) = next else { return true };
    !matches!(
        next.text,
        ";" | ","
            | ")"
            | "]"
            | "."
            | "else"
            | "catch"
            | "orelse"
            | "and"
            | "or"
            | "+"
            | "-"
            | "*"
            | "=="
            | "!="
    )
}

/// Where the bracket that opens at `open` closes.
pub fn closing(tokens: &[ZigToken<'_>], open: usize) -> Option<usize> {
    let mut depth = 0_i32;
    for (index, token) in tokens.iter().enumerate().skip(open) {
        match token.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(index);
        }
    }
    None
}

/// Splits Zig into tokens, without comments. Operators of several characters may come in pieces.
pub fn tokens(text: &str) -> Vec<ZigToken<'_>> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::new();
    let mut line = 1;
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        match bytes[at] {
            b'\n' => {
                line += 1;
                at += 1;
                continue;
            }
            byte if byte.is_ascii_whitespace() => {
                at += 1;
                continue;
            }
            b'/' if bytes[at..].starts_with(b"//") => {
                while at < bytes.len() && bytes[at] != b'\n' {
                    at += 1;
                }
                continue;
            }
            b'\\' if bytes[at..].starts_with(b"\\\\") => {
                while at < bytes.len() && bytes[at] != b'\n' {
                    at += 1;
                }
            }
            quote @ (b'"' | b'\'') => {
                at += 1;
                while at < bytes.len() && bytes[at] != quote && bytes[at] != b'\n' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                at = (at + 1).min(bytes.len());
            }
            b'=' if bytes[at..].starts_with(b"=>") || bytes[at..].starts_with(b"==") => at += 2,
            b'!' if bytes[at..].starts_with(b"!=") => at += 2,
            b'<' | b'>' if bytes.get(at + 1) == Some(&b'=') => at += 2,
            byte if byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'@' => {
                while at < bytes.len()
                    && (bytes[at].is_ascii_alphanumeric() || matches!(bytes[at], b'_' | b'@'))
                {
                    at += 1;
                }
            }
            _ => {
                at += 1;
                while at < bytes.len() && !text.is_char_boundary(at) {
                    at += 1;
                }
            }
        }
        if let Some(text) = text.get(start..at.min(bytes.len())) {
            tokens.push(ZigToken { text, line });
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    /// For each line, the line at which its statement begins.
    fn statements(text: &str) -> Vec<u32> {
        let source = SourceLines::read(text);
        (1..=text.lines().count() as u32)
            .map(|line| source.statement(line))
            .collect()
    }

    #[test]
    fn a_statement_of_several_lines_begins_at_its_first() {
        let text = "pub fn main() !void {\n    print(\"{d}\", .{\n        a,\n    });\n    const x: Point = .{\n        .x = 1,\n    };\n}\n";
        assert_eq!(statements(text), [1, 2, 2, 2, 5, 5, 5, 8]);
    }

    #[test]
    fn what_is_in_a_block_is_a_statement_of_its_own() {
        let text = "fn f() error{A}!u32 {\n    const y = if (x) blk: {\n        g();\n        break :blk 1;\n    } else 2;\n    while (y) : (i += 1) {\n        h();\n    }\n    k();\n}\n";
        let found = statements(text);
        assert_eq!(found[2..4], [3, 4]);
        assert_eq!(found[5..7], [6, 7]);
        assert_eq!(found[8], 9);
    }

    #[test]
    fn the_cases_of_a_switch_are_told_apart() {
        let text = "fn f() void {\n    switch (x) {\n        .a => g(),\n        .b => |v| h(v),\n        else => {},\n    }\n}\n";
        assert_eq!(statements(text)[..5], [1, 2, 3, 4, 5]);
    }

    #[test]
    fn deferred_statements_and_loops_are_known() {
        let text = "fn f() !void {\n    defer a.free(b);\n    errdefer {\n        c();\n    }\n    for (x) |y| y.* = 0;\n}\n";
        let source = SourceLines::read(text);
        assert_eq!(source.deferred(2), Some(Deferred::Defer));
        assert_eq!(source.deferred(4), Some(Deferred::Errdefer));
        assert_eq!(source.deferred(6), None);
        assert!(source.loops(6) && !source.loops(2));
    }

    #[test]
    fn a_function_says_what_it_returns() {
        let text =
            "fn f(a: u32) !Model {}\nfn g(\n    b: fn (u32) u32,\n) error{A,B}![]const u8 {}\n";
        let source = SourceLines::read(text);
        assert_eq!(source.returns(1).as_deref(), Some("!Model"));
        assert_eq!(source.returns(2).as_deref(), Some("error{A,B}![]const u8"));
        assert_eq!((source.ends(1), source.ends(2)), (Some(1), Some(4)));
    }

    #[test]
    fn any_text_is_read() {
        for text in ["", "}", "\"", "'\\", "\\\\", "fn (", "((((", "é{ü", "//"] {
            let source = SourceLines::read(text);
            assert_eq!(source.statement(99), 99);
            let _ = source.returns(1);
        }
    }
}
