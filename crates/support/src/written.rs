//! Texts that authors write beside the chapters, in TOML and in hints, with the place of each line in its file, so
//! that what is wrong with one is reported where it stands. Pure.

use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::line_of;

/// How a text is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextForm {
    /// As Markdown.
    Markdown,
    /// As it stands, in the type of code.
    Output,
}

/// A text, and where its lines are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Relative to the repository's root.
    pub path: PathBuf,
    /// The key or the heading that it stands under.
    pub name: String,
    /// Which form.
    pub form: TextForm,
    /// The text.
    pub text: String,
    /// The line of the file, counted from 1, that each line of `text` stands on.
    lines: Vec<usize>,
}

impl Written {
    /// A text that stands in its file as it is, from `line` on.
    pub fn new(path: &Path, name: &str, text: &str, line: usize) -> Written {
        Written {
            path: path.to_path_buf(),
            name: name.to_string(),
            form: TextForm::Markdown,
            text: text.to_string(),
            lines: (line..=line + text.matches('\n').count()).collect(),
        }
    }

    /// The line in the file of a byte of the text.
    pub fn line(&self, at: usize) -> usize {
        let line = line_of(&self.text, at) - 1;
        self.lines[line.min(self.lines.len() - 1)]
    }
}

/// The texts of a TOML file; `form` says of a key how its text is shown, if a reader sees it at all.
pub fn texts(
    path: &Path,
    file: &str,
    table: &DeTable<'_>,
    form: &dyn Fn(&str) -> Option<TextForm>,
) -> Vec<Written> {
    let mut found = Vec::new();
    for (key, value) in table {
        walk(path, file, key.get_ref(), value, form, &mut found);
    }
    found.sort_by_key(|written| written.lines[0]);
    found
}

fn walk(
    path: &Path,
    file: &str,
    key: &str,
    value: &Spanned<DeValue<'_>>,
    form: &dyn Fn(&str) -> Option<TextForm>,
    found: &mut Vec<Written>,
) {
    match value.get_ref() {
        DeValue::String(text) => {
            let Some(form) = form(key) else { return };
            let literal = &file[value.span()];
            let first = line_of(file, value.span().start);
            found.push(Written {
                path: path.to_path_buf(),
                name: key.to_string(),
                form,
                text: text.to_string(),
                lines: lines(literal)
                    .into_iter()
                    .map(|line| first + line)
                    .collect(),
            });
        }
        DeValue::Array(items) => {
            for item in items.iter() {
                walk(path, file, key, item, form, found);
            }
        }
        DeValue::Table(table) => {
            for (key, value) in table {
                walk(path, file, key.get_ref(), value, form, found);
            }
        }
        _ => {}
    }
}

/// For each line of the text that a TOML literal stands for, the line of the literal, counted from 0.
fn lines(literal: &str) -> Vec<usize> {
    let quote = if literal.starts_with('\'') { '\'' } else { '"' };
    let triple = quote.to_string().repeat(3);
    let many = literal.starts_with(&triple) && literal.len() >= 6;
    let escapes = quote == '"';
    let inside = literal.trim_start_matches(quote).trim_end_matches(quote);
    let mut line = 0;
    // The line feed after the opening quotes is not part of the text.
    let inside = match inside
        .strip_prefix("\r\n")
        .or_else(|| inside.strip_prefix('\n'))
    {
        Some(rest) if many => {
            line += 1;
            rest
        }
        _ => inside,
    };
    let mut lines = vec![line];
    let mut characters = inside.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\n' => {
                line += 1;
                lines.push(line);
            }
            '\\' if escapes => match characters.next() {
                Some('n') => lines.push(line),
                // A backslash before the end of a line takes it and all blanks after it away.
                Some(mut next) if next.is_whitespace() => loop {
                    line += usize::from(next == '\n');
                    match characters.next_if(|next| next.is_whitespace()) {
                        Some(more) => next = more,
                        None => break,
                    }
                },
                _ => {}
            },
            _ => {}
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_of_a_text_is_found_in_its_file() {
        let file = "title = \"T\"\n\n[[question]]\nprompt = \"\"\"\none\ntwo \\\n   still two\nthree\"\"\"\noptions = [\n  { text = \"a\\nb\" },\n  { text = '''c\nd''' },\n]\nid = \"x\"\n";
        let table = DeTable::parse(file).unwrap();
        let form = |key: &str| (key != "id").then_some(TextForm::Markdown);
        let found: Vec<(String, usize)> =
            texts(Path::new("quiz.toml"), file, table.get_ref(), &form)
                .iter()
                .flat_map(|written| {
                    let starts = written.text.match_indices('\n').map(|(at, _)| at + 1);
                    let starts: Vec<usize> = std::iter::once(0).chain(starts).collect();
                    let line =
                        |at: usize| written.text[at..].lines().next().unwrap_or("").to_string();
                    starts
                        .into_iter()
                        .map(move |at| (line(at), written.line(at)))
                        .collect::<Vec<_>>()
                })
                .collect();
        let found: Vec<(&str, usize)> = found
            .iter()
            .map(|(text, line)| (text.as_str(), *line))
            .collect();
        assert_eq!(
            found,
            [
                ("T", 1),
                ("one", 5),
                ("two still two", 6),
                ("three", 8),
                ("a", 10),
                ("b", 10),
                ("c", 11),
                ("d", 12),
            ]
        );
    }
}
