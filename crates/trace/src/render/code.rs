//! The code that stands beside a diagram. Pure.

use super::escape;
use crate::source::SourceLines;

/// A source file, ready to be shown.
pub struct ShownFile {
    /// Relative to the listings folder.
    pub path: String,
    /// The lines that are shown.
    pub lines: Vec<CodeLine>,
}

/// A line of code as a figure shows it.
pub struct CodeLine {
    /// In the file, counted from 1.
    pub number: u32,
    /// In characters.
    pub width: usize,
    /// Its tokens in elements, without the line's end.
    pub html: String,
    /// The first line of its statement.
    pub statement: u32,
}

/// The lines of a file that are shown: `show` has the HTML of a line by its number, or nothing.
pub fn code(path: &str, source: &str, show: impl Fn(u32, &str) -> Option<String>) -> ShownFile {
    let statements = SourceLines::read(source);
    let lines = (1..)
        .zip(source.lines())
        .filter_map(|(number, text)| {
            Some(CodeLine {
                number,
                html: show(number, text)?,
                width: text.chars().count(),
                statement: statements.statement(number),
            })
        })
        .skip_while(|line| line.html.trim().is_empty())
        .collect();
    ShownFile {
        path: path.to_string(),
        lines,
    }
}

/// The lines of a file as they are, for where nothing colors them. Declarations are left out.
pub fn plain_code(path: &str, source: &str) -> ShownFile {
    code(path, source, |_, text| {
        let hidden = text.starts_with("//@") || text.trim_start().starts_with("// ANCHOR");
        (!hidden).then(|| escape(text))
    })
}
