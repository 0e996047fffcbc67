//! What the tool tells an author: where, what was expected, what happened, and the command that mends it.
//!
//! Diagnostics are collected, never first-fail: a check reports everything that is wrong at once.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::visible::for_terminal;

/// The line of the byte `offset` of a text, counted from 1. The text may be of bytes that are not UTF-8.
pub fn line_of(text: impl AsRef<[u8]>, offset: usize) -> usize {
    let text = text.as_ref();
    let before = &text[..offset.min(text.len())];
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// The file, relative to the repository's root.
    pub path: PathBuf,
    /// The line, counted from 1, where one is known.
    pub line: Option<usize>,
    /// What was expected and what happened, in one sentence.
    pub message: String,
    /// A diff, a compiler's message or captured output, shown indented under the message.
    pub detail: Option<String>,
    /// How to mend it.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// A problem of the file at `path`, relative to the repository's root.
    pub fn new(path: impl AsRef<Path>, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            path: path.as_ref().to_path_buf(),
            line: None,
            message: message.into(),
            detail: None,
            hint: None,
        }
    }

    /// Where in the file, counted from 1.
    pub fn line(mut self, line: usize) -> Diagnostic {
        self.line = Some(line);
        self
    }

    /// What stands under the message, indented: a difference, or what a compiler said.
    pub fn detail(mut self, detail: impl Into<String>) -> Diagnostic {
        self.detail = Some(detail.into());
        self
    }

    /// What mends it, a command where there is one.
    pub fn hint(mut self, hint: impl Into<String>) -> Diagnostic {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Names and texts are those of an author or a program.
        let path = self.path.display().to_string();
        let path = for_terminal(&path);
        let message = for_terminal(&self.message);
        match self.line {
            Some(line) => write!(f, "{path}:{line}: {message}")?,
            None => write!(f, "{path}: {message}")?,
        }
        if let Some(detail) = &self.detail {
            for line in for_terminal(detail.trim_end()).lines() {
                write!(f, "\n    {line}")?;
            }
        }
        if let Some(hint) = &self.hint {
            write!(f, "\n  hint: {}", for_terminal(hint))?;
        }
        Ok(())
    }
}

/// Joins diagnostics for people to read, a blank line between them.
pub fn render_all(diagnostics: &[Diagnostic]) -> String {
    let texts: Vec<String> = diagnostics.iter().map(Diagnostic::to_string).collect();
    texts.join("\n\n")
}
