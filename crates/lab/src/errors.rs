//! What the Zig compiler says is wrong, by file and line. Pure.

use std::sync::LazyLock;

use regex::Regex;
use serde::Serialize;

/// The most errors that a reader is told of.
pub const MOST: usize = 20;

/// One error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CompileError {
    /// The path of the file inside the program's folder; `None` for one outside of it, where the standard library is.
    pub file: Option<String>,
    /// Counted from 1; 0 when it has no line of the program.
    pub line: u32,
    /// Counted from 1; 0 when it has no line of the program.
    pub column: u32,
    pub message: String,
    pub notes: Vec<Note>,
}

/// What the compiler adds to an error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    pub file: Option<String>,
    /// Where it has a line of the program.
    pub line: Option<u32>,
    pub message: String,
}

/// The head of a message: where, of which kind, what.
static HEAD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:(.+?):(\d+):(\d+): )?(error|note): (.*)$").expect("a regex"));
/// A place on the way from the program's entry to an error.
static REFERENCE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^    .+?: (\S.*?):(\d+):(\d+)$").expect("a regex"));
static MARKS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^[ \t~]*\^~*$").expect("a regex"));

/// Reads what the compiler said; `is_own` tells the program's own files by their paths. The wrapper that the tool puts
/// around a program is nobody's file.
pub fn read(text: &str, is_own: &dyn Fn(&str) -> bool) -> Vec<CompileError> {
    let mut errors: Vec<CompileError> = Vec::new();
    let lines: Vec<&str> = text.lines().collect();
    let mut at = 0;
    let mut traces = false;
    while at < lines.len() {
        let line = lines[at];
        at += 1;
        if line.trim_end() == "referenced by:" {
            traces = true;
            continue;
        }
        if let Some(found) = HEAD.captures(line) {
            traces = false;
            let mut message = found[5].to_string();
            // A message may go on, until the source line with its marks, the next message, or the trace.
            while let Some(next) = lines.get(at)
                && !HEAD.is_match(next)
                && !next.starts_with("referenced by:")
                && !lines.get(at + 1).is_some_and(|marks| MARKS.is_match(marks))
                && !MARKS.is_match(next)
            {
                if !next.trim().is_empty() {
                    message.push('\n');
                    message.push_str(next);
                }
                at += 1;
            }
            let path = found.get(1).map(|path| path.as_str());
            let own = path.filter(|path| is_own(path)).map(str::to_string);
            let number = |group: usize| -> u32 {
                let digits = found.get(group).filter(|_| own.is_some());
                digits.map_or(0, |digits| digits.as_str().parse().unwrap_or(0))
            };
            let (line, column) = (number(2), number(3));
            if &found[4] == "error" {
                errors.push(CompileError {
                    file: own,
                    line,
                    column,
                    message,
                    notes: Vec::new(),
                });
            } else if let Some(error) = errors.last_mut() {
                error.notes.push(Note {
                    file: own,
                    line: Some(line).filter(|&line| line != 0),
                    message,
                });
            }
        } else if traces
            && let Some(error) = errors.last_mut()
            && error.file.is_none()
            && let Some(found) = REFERENCE.captures(line)
            && is_own(&found[1])
        {
            // The reader's own line is where the way to the library's error begins.
            error.file = Some(found[1].to_string());
            error.line = found[2].parse().unwrap_or(0);
            error.column = found[3].parse().unwrap_or(0);
        }
    }
    // The compiler's own summary of what it has said already.
    if errors.iter().any(|error| error.file.is_some()) {
        errors.retain(|error| error.file.is_some());
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<CompileError> {
        super::read(text, &|path| path == "a.zig" || path == "sub/b.zig")
    }

    #[test]
    fn errors_have_their_lines_and_notes() {
        let errors = read(
            "a.zig:3:9: error: expected type 'u8', found '[]const u8'\n    return text;\n           ^~~~\n\
             a.zig:1:5: note: function return type declared here\nfn f() u8 {\n       ^~\n\
             referenced by:\n    main: a.zig:7:5\n    callMain [inlined]: /lib/std/start.zig:788:64\n\
             sub/b.zig:2:1: error: two\nlines of it\nsource\n^\n",
        );
        assert_eq!(errors.len(), 2);
        assert_eq!((errors[0].line, errors[0].column), (3, 9));
        assert_eq!(errors[0].message, "expected type 'u8', found '[]const u8'");
        assert_eq!(errors[0].notes[0].line, Some(1));
        assert_eq!(errors[1].file.as_deref(), Some("sub/b.zig"));
        assert_eq!(errors[1].message, "two\nlines of it");
    }

    #[test]
    fn an_error_of_the_library_is_told_at_the_readers_own_line() {
        let errors = read(
            "/lib/std/Io/Writer.zig:717:18: error: too few arguments\n            @compileError(\"x\");\n            ^~~~\n\
             referenced by:\n    print__anon_1: /lib/std/debug.zig:1:2\n    main: a.zig:5:20\n    f: a.zig:9:1\n",
        );
        assert_eq!((errors[0].line, errors[0].column), (5, 20));
        assert_eq!(errors[0].message, "too few arguments");
    }

    #[test]
    fn what_has_no_place_is_kept_when_it_is_all_there_is() {
        let errors = read("error: the following command failed\n");
        assert_eq!((errors.len(), errors[0].line), (1, 0));
    }
}
