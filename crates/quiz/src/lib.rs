//! Quizzes: the questions of `listings/NN_lesson/quiz.toml`, their right answers, and their HTML.
//!
//! | module | what |
//! |---|---|
//! | `source` | a TOML file whose every value knows its line (pure) |
//! | `read` | from the file to questions that make sense (pure) |
//! | `derive` | what is right, from what a listing declares and what was recorded of it (pure) |
//! | `text` | Markdown of prompts and explanations, and links that hold on any page (pure) |
//! | [`render`] | the HTML of a lesson's quiz (pure) |
//! | [`prediction`] | the HTML of a question that a chapter asks before it shows what happens (pure) |
//! | [`fair`] | whether the form of the options tells which is right (pure) |
//! | [`pool`] | the pages that draw from all quizzes: review and final quiz (pure) |
//!
//! Only [`load_all`] reads files. Depends on the catalog of listings, on traces and on `html`; knows nothing of
//! mdBook's book.

mod derive;
pub use derive::typed;
pub mod fair;
pub mod pool;
pub mod prediction;
mod read;
pub mod render;
mod source;
mod text;
pub mod variant;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use book_listing::{Catalog, Id, Language, Listing, discover};
use book_support::diagnostic::Diagnostic;
use book_support::files::with_line_feeds;
use book_support::project::Project;
use book_support::written::Written;
use book_trace::snapshot;

pub use read::TraceFinder;

pub use derive::PredictionTopic;

/// The name of a quiz's file in its lesson's folder.
pub const FILE: &str = "quiz.toml";

/// The questions of one lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quiz {
    /// The lesson's folder: `03_allocator`.
    pub lesson: String,
    /// Its file, relative to the repository's root.
    pub path: PathBuf,
    /// The heading of the lesson's quiz.
    pub title: String,
    /// In the order of the file.
    pub questions: Vec<Question>,
    /// What chapters ask before they show what happens; their explanations may be empty.
    pub predictions: Vec<Question>,
    /// The listings that a reader sees in the quiz, those of questions that are wrong among them. They count as
    /// shown in the book.
    pub shown: BTreeSet<Id>,
    /// All that its author wrote for readers, right questions or wrong.
    pub texts: Vec<Written>,
}

/// A question as it is read from its file, its answers derived from what was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Unique in the book: readers' progress hangs on it.
    pub id: String,
    /// Its line in the quiz's file, counted from 1.
    pub line: usize,
    /// Markdown.
    pub prompt: String,
    /// The listing that it shows, and whose output it shows after the answer.
    pub program: Option<ShownProgram>,
    /// The earlier lesson that it brings back.
    pub recall: Option<String>,
    /// Where among the questions of the lesson it stands.
    pub part: QuizPart,
    /// What it asks about its program, as far as that is said.
    pub about: Option<PredictionTopic>,
    /// How it is answered, and what is right.
    pub kind: AnswerKind,
}

/// The page of the lesson that asks a question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuizPart {
    /// The lesson's own.
    #[default]
    Core,
    /// *Going deeper*.
    Deeper,
}

impl Quiz {
    /// The questions of one page, in order.
    pub fn part(&self, part: QuizPart) -> impl Iterator<Item = &Question> {
        self.questions
            .iter()
            .filter(move |question| question.part == part)
    }
}

impl QuizPart {
    /// Reads `deeper`, the only part that is written.
    pub fn parse(text: &str) -> Option<QuizPart> {
        (text == "deeper").then_some(QuizPart::Deeper)
    }
}

/// A listing in a question: one language of it, whole or one anchor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownProgram {
    /// The listing's.
    pub id: Id,
    /// The language that is shown first.
    pub language: Language,
    /// The anchor that is shown; all of the file without one.
    pub anchor: Option<String>,
    /// Further languages that the question shows, whole.
    pub twins: Vec<Language>,
}

/// How a question is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerKind {
    /// By choosing, one or several; in the order in which they are shown.
    Options(Vec<Choice>),
    /// By typing.
    Typed(TypedAnswer),
    /// By filling in what is left out of a memory diagram.
    Diagram(DiagramQuestion),
}

/// A step of a recorded execution, with blanks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiagramQuestion {
    /// Counted from 1.
    pub step: usize,
    /// How many steps the recorded execution has.
    pub steps: usize,
    /// HTML: memory at that step, its blanks numbered from 1.
    pub picture: String,
    /// The number and the text of the line that runs next, if it is the listing's own.
    pub next: Option<(u32, String)>,
    /// In the order of their numbers.
    pub blanks: Vec<FilledBlank>,
}

/// A blank, and what belongs there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilledBlank {
    /// What is left out: `scores.len`.
    pub at: String,
    /// Whether the name of a place belongs there, and not a value.
    pub is_place: bool,
    /// What is right there, and what is nearly.
    pub typed: TypedAnswer,
}

/// One option of a question with options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What it says.
    pub label: Label,
    /// Whether it is to be chosen.
    pub right: bool,
    /// Markdown: what makes it right, or the misconception that it stands for.
    pub why: String,
}

/// What an option says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Label {
    /// The author's own words.
    Markdown(String),
    /// Output, or a line of a program.
    Code(String),
}

/// What a reader has to type, and what they are told who type something near it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedAnswer {
    /// What is right, each in the form to show; the first is the one that is shown.
    pub accept: Vec<String>,
    /// Wrong answers that have an explanation of their own.
    pub near: Vec<NearMiss>,
    /// Markdown: why the right one is right.
    pub why: String,
}

/// An answer that is expected and wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearMiss {
    /// As a reader may type it.
    pub answer: String,
    /// Markdown.
    pub why: String,
}

/// Reads the quiz of every lesson of the catalog, by lesson, and says what is wrong with them. A question
/// that is wrong is left out of its quiz.
///
/// # Errors
///
/// When a quiz that is there cannot be read.
pub fn load_all(
    project: &Project,
    catalog: &Catalog,
) -> Result<(BTreeMap<String, Quiz>, Vec<Diagnostic>)> {
    let mut files = Vec::new();
    for lesson in catalog.lessons() {
        let path = project.listings().join(lesson).join(FILE);
        match fs::read(&path) {
            Ok(bytes) => {
                // What is not UTF-8 is reported where the quiz is read.
                let bytes = String::from_utf8(bytes).map_or_else(
                    |error| error.into_bytes(),
                    |text| with_line_feeds(text).into_bytes(),
                );
                files.push((lesson.clone(), project.relative(&path), bytes));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => {
                return Err(error).with_context(|| format!("cannot read {}", path.display()));
            }
        }
    }
    let traces = |listing: &Listing| snapshot::read(&discover::snapshot(project, listing)?);
    Ok(read_all(files, catalog, &traces))
}

/// Reads quizzes, each a lesson, a path and the file's bytes, as [`load_all`] does.
pub fn read_all(
    files: Vec<(String, PathBuf, Vec<u8>)>,
    catalog: &Catalog,
    traces: &TraceFinder<'_>,
) -> (BTreeMap<String, Quiz>, Vec<Diagnostic>) {
    let mut quizzes = BTreeMap::new();
    let mut diagnostics = Vec::new();
    for (lesson, path, bytes) in files {
        match String::from_utf8(bytes) {
            Ok(text) => {
                let quiz = read::quiz(&lesson, &path, &text, catalog, traces, &mut diagnostics);
                quizzes.insert(lesson, quiz);
            }
            Err(_) => diagnostics.push(
                Diagnostic::new(&path, "the quiz is not UTF-8").hint("save the file as UTF-8"),
            ),
        }
    }
    repeated_ids(&mut quizzes, &mut diagnostics);
    (quizzes, diagnostics)
}

/// Reports ids that two questions of the book share, and leaves the later question out.
fn repeated_ids(quizzes: &mut BTreeMap<String, Quiz>, diagnostics: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<String, (PathBuf, usize)> = BTreeMap::new();
    for quiz in quizzes.values_mut() {
        let path: &Path = &quiz.path;
        let mut is_new = |question: &Question| {
            let Some((other, line)) = first.get(&question.id) else {
                first.insert(question.id.clone(), (path.to_path_buf(), question.line));
                return true;
            };
            diagnostics.push(
                Diagnostic::new(
                    path,
                    format!(
                        "the id `{}` is taken: {}:{line} has it",
                        question.id,
                        other.display()
                    ),
                )
                .line(question.line)
                .hint(
                    "give the newer question another id: readers' progress hangs on the older one",
                ),
            );
            false
        };
        quiz.questions.retain(&mut is_new);
        quiz.predictions.retain(&mut is_new);
    }
}

#[cfg(test)]
mod tests;
