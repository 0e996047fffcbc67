//! Exercises: what a reader gets, and the proof that their tests teach. A starter fails its tests, a
//! solution passes them, and every mutant (a wrong solution that somebody would hand in) is killed by the
//! test that names its fault.

pub mod attempt;
pub mod check;
pub mod diagram;
pub mod discover;
pub mod explain;
mod finding;
pub mod list;
pub mod messages;
pub mod outcome;
pub mod page;
pub mod reader;
pub mod spot;
mod story;
pub mod style;
pub mod terminal;
pub mod testing;
pub mod watch;

pub use check::gate;

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;

use book_listing::Language;
use book_support::written::Written;

/// One exercise.
#[derive(Clone, Debug)]
pub struct Exercise {
    /// Its folder's name, which is its lesson's: `03_allocator`.
    pub name: String,
    /// Relative to the repository's root.
    pub path: PathBuf,
    /// What `exercise.toml` says.
    pub meta: Meta,
    /// Markdown, each a step further.
    pub hints: Vec<String>,
    /// Its sources, for each language that it is there in.
    pub languages: BTreeMap<Language, ExerciseFiles>,
    /// All that its author wrote for readers beside the programs.
    pub texts: Vec<Written>,
}

/// What `exercise.toml` says.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meta {
    /// Plain text.
    pub title: String,
    /// An estimate, in minutes.
    pub minutes: u32,
    /// Markdown: what to build, and why.
    pub task: String,
    /// What it exercises, a point each: Markdown.
    pub practices: Vec<String>,
    /// Markdown, shown after it passes.
    pub comparison: String,
    /// What is to be written, in the order of the task.
    pub signature: Vec<Signature>,
}

/// One declaration that the reader is to write, in both languages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// The declaration in Zig.
    pub zig: String,
    /// The same in Rust.
    pub rust: String,
    /// What it has to do: Markdown.
    pub meaning: String,
}

/// The sources of an exercise in one language.
#[derive(Clone, Debug)]
pub struct ExerciseFiles {
    /// What the reader begins with: it builds, and fails its tests.
    pub starter: String,
    /// The tests, which import the reader's file.
    pub tests: String,
    /// A file that passes.
    pub solution: String,
    /// Files that must fail, in the order of their names.
    pub mutants: Vec<Mutant>,
}

/// A wrong solution.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// The stem of its file.
    pub name: String,
    /// A part of the name of the test that must fail, or `compile-error` and a part of the message.
    pub killed_by: String,
    /// The whole file.
    pub source: String,
    /// How it is found; nothing before it was checked, and where the compiler finds it.
    pub kill: Option<Kill>,
}

/// How a mutant is found, as the check saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kill {
    /// The name of the test.
    pub test: String,
    /// What happened, and what to look at: sentences.
    pub said: Vec<String>,
    /// What was expected and what was found, in the test's own words: lines.
    pub printed: Vec<String>,
    /// Tests that do not fail.
    pub others: Vec<String>,
}

impl Exercise {
    /// The number that a reader types: 3 for `03_allocator`.
    pub fn number(&self) -> u32 {
        self.name[..2].parse().unwrap_or_default()
    }

    /// The path of one of its files, relative to the repository's root.
    pub fn file(&self, name: &str, language: Language) -> PathBuf {
        self.path.join(format!("{name}.{}", language.extension()))
    }
}
