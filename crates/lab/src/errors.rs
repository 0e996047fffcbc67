//! What the page is told of errors, by file and line. Pure.

use serde::Serialize;

use book_toolchain::zig_errors::{self, ZigError};

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
    /// One sentence of the compiler, without its place.
    pub message: String,
    /// In the compiler's order.
    pub notes: Vec<Note>,
}

/// What the compiler adds to an error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// A file of the program, or none where the note is about no place.
    pub file: Option<String>,
    /// Where it has a line of the program.
    pub line: Option<u32>,
    /// One sentence of the compiler, without its place.
    pub message: String,
}

/// What the page is told of what the compiler found.
pub fn told(errors: &[ZigError]) -> Vec<CompileError> {
    // What is of no source is then the compiler's own summary of what it has said already.
    let any = errors.iter().any(|error| error.place.is_some());
    let errors = errors
        .iter()
        .filter(|error| error.place.is_some() || !any)
        .map(|error| CompileError {
            file: error.place.as_ref().map(|place| place.path.clone()),
            line: error.place.as_ref().map_or(0, |place| place.line),
            column: error.place.as_ref().map_or(0, |place| place.column),
            message: error.message.clone(),
            notes: error.notes.iter().map(note).collect(),
        });
    errors.collect()
}

fn note(note: &zig_errors::ErrorNote) -> Note {
    Note {
        file: note.place.as_ref().map(|place| place.path.clone()),
        line: note.place.as_ref().map(|place| place.line),
        message: note.message.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<CompileError> {
        told(&zig_errors::zig_errors(text, "/w", &|path| path == "a.zig"))
    }

    #[test]
    fn an_error_of_the_library_is_told_at_the_readers_own_line() {
        let errors = read(
            "/lib/std/Io/Writer.zig:717:18: error: too few arguments\n            @compileError(\"x\");\n            ^~~~\n\
             referenced by:\n    print__anon_1: /lib/std/debug.zig:1:2\n    main: a.zig:5:20\n    f: a.zig:9:1\n\
             error: the following command failed\n",
        );
        assert_eq!(errors.len(), 1);
        assert_eq!((errors[0].line, errors[0].column), (5, 20));
        assert_eq!(errors[0].message, "too few arguments");
    }

    #[test]
    fn what_has_no_place_is_kept_when_it_is_all_there_is() {
        let errors = read("error: the following command failed\n");
        assert_eq!((errors.len(), errors[0].line), (1, 0));
    }
}
