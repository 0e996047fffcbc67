//! What `text` and `console` blocks may hold: anything but a program, which would have to be a listing. Pure.
//!
//! No parser can tell: most lines of prose are some program in some language. So the rule is one of form, and
//! strict rather than clever: a line that is written as statements and declarations are written is refused.

use std::sync::LazyLock;

use regex::Regex;

/// Declarations of Zig, Rust, Python and C, at the beginning of a line.
static DECLARES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:",
        r"(?:pub|export|extern|inline|comptime|threadlocal|static|unsafe|async)\s+(?:\w|\()",
        r"|(?:const|var|let)\s+[\w(&]",
        r"|(?:fn|def|class|struct|enum|union|impl|trait|mod|typedef)\s+[\w<]",
        r#"|test\s+["{]"#,
        r"|(?:defer|errdefer)\s+[\w{|]|use\s+\w+::",
        r"|import\s+\w+(?:\.\w+)*(?:\s+as\s+\w+)?(?:,.*)?$",
        r"|from\s+[\w.]+\s+import\s",
        r"|(?:int|void|char|float|double|size_t)\s+\**\w+\s*[(=;\[]",
        r"|#include\b|#define\b|#!|#\[|@\w+\(",
        r")"
    ))
    .expect("a regex")
});

/// Statements, as whole lines.
static STATES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:",
        // What ends as statements and blocks of Zig, Rust and C end.
        r".*[;{]|[})\]]+[;,]?|\}.*\{?",
        // A call, an assignment, and what begins like nothing else.
        r"|[A-Za-z_@][\w.:]*!?\(.*\)\??(?:\s*(?:catch|orelse|#|//).*)?",
        r"|[A-Za-z_][\w.]*(?:\[[^\]]*\])*\s*(?::\s*[\w.\[\]]+\s*)?(?:[-+*/%|&]|<<|>>)?=\s*[^=\s].*",
        r"|(?:for|async for)\s+[\w, ()]+\s+in\s.*:",
        r"|(?:if|while|elif|switch|for)\s*\(.*",
        r"|(?:if|while|elif)\s.*(?:[<>]|[=!]=).*:|else:|try:|except\b.*:|with\s.*:",
        r"|(?:return|assert|raise|yield|await)\b\s*[\w\[({\x22'-].*",
        r")$"
    ))
    .expect("a regex")
});

/// The number that a debugger or a compiler puts before a line it quotes.
static NUMBERED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(\d+)[:.]?(?:\s*[|│]\s?|\s{2,}|\t|\s)(.*)$").expect("a regex"));

/// Marks before a line: an interpreter's prompt, a difference, a quotation.
const MARKS: [&str; 6] = [">>> ", "... ", "| ", "│ ", "+ ", "> "];

/// Whether a line is a part of a program.
fn is_program(line: &str) -> bool {
    let line = unmarked(line);
    DECLARES.is_match(line) || STATES.is_match(line)
}

/// What sentences do without, and nearly no statement.
static SIGNS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"=|\w\(|\w\[|[{}]").expect("a regex"));

/// Whether a line of prose is a statement or a declaration all the same. A line of which inline code is left out, `\0` in
/// its place, is a sentence about code.
pub(super) fn is_statement(line: &str) -> bool {
    !line.contains('\0') && SIGNS.is_match(line) && is_program(line)
}

fn unmarked(line: &str) -> &str {
    let mut line = line.trim();
    while let Some(rest) = MARKS.iter().find_map(|mark| line.strip_prefix(mark)) {
        line = rest.trim_start();
    }
    line
}

/// The first line of a block, counted from 0, that is a part of a program.
pub(super) fn program(text: &str) -> Option<usize> {
    let mut quoted: Option<u64> = None;
    for (index, line) in text.lines().enumerate() {
        let Some(found) = NUMBERED.captures(line.trim()) else {
            if is_program(line) {
                return Some(index);
            }
            quoted = None;
            continue;
        };
        // A debugger quotes the one line where it stopped; a listing with numbers goes on with the next.
        let number: Option<u64> = found[1].parse().ok();
        let statement = is_program(&found[2]);
        let goes_on = number.is_some() && quoted.map(|before| before + 1) == number;
        if DECLARES.is_match(&found[2]) || statement && goes_on {
            return Some(index);
        }
        quoted = number.filter(|_| statement);
    }
    None
}

/// What is wrong with a `console` block: the line, counted from 0, and the sentence.
pub(super) fn console(text: &str) -> Option<(usize, &'static str)> {
    const COMMAND: &str = "$ ";
    if !text.lines().any(|line| line.starts_with(COMMAND)) {
        return Some((
            0,
            "a `console` block without a command: no line begins with `$ `",
        ));
    }
    for (index, line) in text.lines().enumerate() {
        if let Some(command) = line.strip_prefix(COMMAND)
            && DECLARES.is_match(command.trim_start())
        {
            return Some((index, PROGRAM));
        }
    }
    let output: Vec<&str> = text
        .lines()
        .map(|line| if line.starts_with(COMMAND) { "" } else { line })
        .collect();
    program(&output.join("\n")).map(|line| (line, PROGRAM))
}

/// What is said of a program where none may be.
pub(super) const PROGRAM: &str = "this line reads as a program, and nobody checks it";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_told_from_what_is_none() {
        for line in [
            "const a = 1;",
            "    var rows: [3]u8 = undefined",
            "pub fn main() void {",
            "test \"a\" {",
            "defer gpa.free(row);",
            "errdefer |e| log(e);",
            "let mut rows = vec![1, 2];",
            "use std::rc::Rc;",
            "impl Drop for Row {",
            "#[derive(Debug)]",
            "import numpy as np",
            "from math import sqrt",
            "def double(x):",
            "class Row:",
            "rows = [1, 2, 3]",
            "rows: list = []",
            "rows[0] += 1",
            "for row in rows:",
            "if x > 3:",
            "print(rows)",
            "println!(\"{}\", rows)",
            "std.debug.print(\"\", .{})",
            "return rows",
            "}",
            "} else {",
            "while (i < 3) : (i += 1) {",
            "#include <stdio.h>",
            "int main(void)",
            ">>> rows = 1",
            "| fn main()",
            "1 | fn main()",
            "#!/usr/bin/env python3",
        ] {
            assert_eq!(program(line), Some(0), "{line}");
        }
        for line in [
            "",
            "a dark pixel",
            "AMD EPYC, Linux x86_64",
            "one inference, against the fastest:",
            "  1.67 x  Zig fast, general purpose, 5 allocations",
            "27          play(&team);",
            "$1 = 1431655765",
            "Old value = 1431655765",
            "   at main (valgrind_view.zig:16)",
            "who_wrote.bonus (player=0x…) at who_wrote.zig:10",
            "(gdb) print bob.score",
            "for example:",
            "if it fails: see below",
            "import is not what you think",
            "0.17.1",
            "stack | heap",
        ] {
            assert_eq!(program(line), None, "{line}");
        }
    }

    #[test]
    fn a_debugger_may_quote_a_line_and_nobody_a_program() {
        assert_eq!(
            program("27   play(&team);\n(gdb) next\n28   print(team);\n"),
            None
        );
        assert_eq!(program("1  play(&team);\n2  play(&other);\n"), Some(1));
        assert_eq!(program("1 const a = 1;\n"), Some(0));
    }

    #[test]
    fn a_console_shows_commands_and_what_they_print() {
        assert_eq!(console("$ zig run a.zig\n3\n"), None);
        assert_eq!(console("$ cargo build \\\n    --release\n"), None);
        assert_eq!(console("3\n").map(|found| found.0), Some(0));
        assert_eq!(
            console("$ cat <<EOF\nconst a = 1;\nEOF\n"),
            Some((1, PROGRAM))
        );
        assert_eq!(console("$ const a = 1;\n"), Some((0, PROGRAM)));
    }
}
