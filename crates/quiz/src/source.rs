//! A TOML file read value by value, each with its place in the file, so that everything that is wrong is
//! reported at once and at its line. Pure; knows TOML and nothing of quizzes.

use std::cell::RefCell;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use book_support::diagnostic::{Diagnostic, line_of};
use book_support::nearest::{ALIKE, nearest};

/// One file, and what was found wrong with it.
pub(crate) struct QuizFile<'a> {
    path: &'a Path,
    text: &'a str,
    found: RefCell<Vec<Diagnostic>>,
}

/// A text and where it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PlacedText {
    pub value: String,
    pub at: usize,
}

impl<'a> QuizFile<'a> {
    pub(crate) fn new(path: &'a Path, text: &'a str) -> QuizFile<'a> {
        QuizFile {
            path,
            text,
            found: RefCell::new(Vec::new()),
        }
    }

    /// The file as a table; nothing when it is not TOML, which is reported.
    pub(crate) fn parse(&self) -> Option<Spanned<DeTable<'a>>> {
        match DeTable::parse(self.text) {
            Ok(table) => Some(table),
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                let message = format!("the file is no TOML: {}", error.message());
                self.report(at, message, "https://toml.io shows how it is written");
                None
            }
        }
    }

    /// The line of a byte, counted from 1.
    pub(crate) fn line(&self, at: usize) -> usize {
        line_of(self.text, at)
    }

    pub(crate) fn report(&self, at: usize, message: impl Into<String>, hint: impl Into<String>) {
        self.found.borrow_mut().push(
            Diagnostic::new(self.path, message)
                .line(self.line(at))
                .hint(hint),
        );
    }

    /// How many problems there are so far.
    pub(crate) fn count(&self) -> usize {
        self.found.borrow().len()
    }

    pub(crate) fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.found.into_inner()
    }
}

/// A table of the file. Every key that is asked for counts as known; [`QuizTable::finish`] reports the others.
pub(crate) struct QuizTable<'a> {
    pub source: &'a QuizFile<'a>,
    table: &'a DeTable<'a>,
    /// What it is, for messages: `a quiz`, `an option`.
    pub what: String,
    /// Where it begins.
    pub at: usize,
    known: RefCell<Vec<&'static str>>,
}

impl<'a> QuizTable<'a> {
    pub(crate) fn new(
        source: &'a QuizFile<'a>,
        table: &'a DeTable<'a>,
        what: &str,
        span_start: usize,
    ) -> Self {
        // The header of a `[[table]]` may be above comments; its first key is where one looks.
        let first_key = table.keys().map(|key| key.span().start).min();
        QuizTable {
            source,
            table,
            what: what.to_string(),
            at: first_key.unwrap_or(span_start),
            known: RefCell::new(Vec::new()),
        }
    }

    fn value(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.known.borrow_mut().push(key);
        let table = self.table;
        table
            .iter()
            .find(|(name, _)| name.get_ref() == key)
            .map(|(_, value)| value)
    }

    fn mistyped(&self, key: &str, value: &Spanned<DeValue>, wanted: &str, example: &str) {
        self.source.report(
            value.span().start,
            format!(
                "`{key}` is of the type {}, and {wanted} is wanted",
                value.get_ref().type_str()
            ),
            format!("write `{key} = {example}`"),
        );
    }

    pub(crate) fn missing(&self, key: &str, hint: &str) {
        self.source
            .report(self.at, format!("{} has no `{key}`", self.what), hint);
    }

    /// A text that may be left out; an empty one is reported.
    pub(crate) fn text(&self, key: &'static str) -> Option<PlacedText> {
        let value = self.value(key)?;
        let at = value.span().start;
        let Some(text) = value.get_ref().as_str() else {
            self.mistyped(key, value, "text", "\"…\"");
            return None;
        };
        if text.trim().is_empty() {
            self.source.report(
                at,
                format!("`{key}` is empty"),
                "write it, or remove the key if it may be left out",
            );
            return None;
        }
        Some(PlacedText {
            value: text.to_string(),
            at,
        })
    }

    /// A text that must be there. `hint` says what to write.
    pub(crate) fn required(&self, key: &'static str, hint: &str) -> Option<PlacedText> {
        if self.value(key).is_none() {
            self.missing(key, hint);
        }
        self.text(key)
    }

    pub(crate) fn flag(&self, key: &'static str) -> Option<(bool, usize)> {
        let value = self.value(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.mistyped(key, value, "true or false", "true");
        }
        Some((flag?, value.span().start))
    }

    /// A whole number, 1 or more.
    pub(crate) fn number(&self, key: &'static str) -> Option<(usize, usize)> {
        let value = self.value(key)?;
        let number = value
            .get_ref()
            .as_integer()
            .and_then(|number| usize::from_str_radix(number.as_str(), number.radix()).ok())
            .filter(|number| *number > 0);
        if number.is_none() {
            self.source.report(
                value.span().start,
                format!("`{key}` is no number from 1 on"),
                format!("lines are counted from 1: `{key} = 1`"),
            );
        }
        Some((number?, value.span().start))
    }

    /// Whether the key is there, whatever it holds.
    pub(crate) fn has(&self, key: &'static str) -> bool {
        self.value(key).is_some()
    }

    /// A list of texts; nothing when it is left out.
    pub(crate) fn texts(&self, key: &'static str) -> Option<Vec<PlacedText>> {
        let value = self.value(key)?;
        let Some(array) = value.get_ref().as_array() else {
            self.mistyped(key, value, "a list of texts", "[\"…\"]");
            return None;
        };
        let mut texts = Vec::new();
        for item in array.iter() {
            match item.get_ref().as_str() {
                Some(text) if !text.trim().is_empty() => texts.push(PlacedText {
                    value: text.to_string(),
                    at: item.span().start,
                }),
                _ => self.source.report(
                    item.span().start,
                    format!("`{key}` holds something that is no text, or an empty one"),
                    format!("write `{key} = [\"…\"]`"),
                ),
            }
        }
        Some(texts)
    }

    /// A list of tables, each of them `what`; nothing when it is left out.
    pub(crate) fn entries(&self, key: &'static str, what: &str) -> Option<Vec<QuizTable<'a>>> {
        let value = self.value(key)?;
        let Some(array) = value.get_ref().as_array() else {
            self.mistyped(key, value, "a list of tables", "[ { … }, { … } ]");
            return None;
        };
        let mut entries = Vec::new();
        for item in array.iter() {
            match item.get_ref().as_table() {
                Some(table) => {
                    entries.push(QuizTable::new(self.source, table, what, item.span().start))
                }
                None => self.source.report(
                    item.span().start,
                    format!("`{key}` holds something that is no table"),
                    format!("write `{key} = [ {{ … }}, {{ … }} ]`"),
                ),
            }
        }
        Some(entries)
    }

    /// Where the value of a key begins, or the table if it has none.
    pub(crate) fn place(&self, key: &'static str) -> usize {
        self.value(key).map_or(self.at, |value| value.span().start)
    }

    /// Reports the keys that nobody asked for.
    pub(crate) fn finish(&self) {
        let known = self.known.borrow();
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if known.contains(&name) {
                continue;
            }
            let mut names: Vec<&str> = known.clone();
            names.sort_unstable();
            names.dedup();
            let hint = match nearest(name, names.iter().copied(), ALIKE).first() {
                Some(known) => format!("did you mean `{known}`?"),
                None => {
                    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
                    format!("it knows {}", names.join(", "))
                }
            };
            self.source.report(
                key.span().start,
                format!("{} has no key `{name}`", self.what),
                hint,
            );
        }
    }
}
