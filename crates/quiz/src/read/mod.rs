//! From a quiz's file to questions that make sense, their right answers known. Pure.
//!
//! A new kind of question is an arm in [`question`], a module beside the others, a variant of [`AnswerKind`], and an
//! arm in `render`.

mod choice;
mod diagram;
mod predict;
mod program;
mod short;

use std::collections::BTreeSet;
use std::path::Path;

use super::source::{PlacedText, QuizFile, QuizTable};
use super::{AnswerKind, Question, Quiz, QuizPart};
use book_listing::Catalog;
use book_support::diagnostic::Diagnostic;
use book_support::written::{self, TextForm};

pub use diagram::TraceFinder;

const KINDS: &str = "the kinds are `choice`, `predict`, `short` and `diagram`";

/// Reads one file. Questions that are wrong are reported and left out.
pub(crate) fn quiz(
    lesson: &str,
    path: &Path,
    text: &str,
    catalog: &Catalog,
    traces: &TraceFinder<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Quiz {
    let mut quiz = Quiz {
        lesson: lesson.to_string(),
        path: path.to_path_buf(),
        title: String::new(),
        questions: Vec::new(),
        predictions: Vec::new(),
        shown: BTreeSet::new(),
        texts: Vec::new(),
    };
    let source = QuizFile::new(path, text);
    if let Some(table) = source.parse() {
        quiz.texts = written::texts(path, text, table.get_ref(), &form);
        fill(
            &mut quiz,
            &QuizTable::new(&source, table.get_ref(), "the quiz", 0),
            catalog,
            traces,
        );
    }
    diagnostics.extend(source.into_diagnostics());
    quiz
}

/// How a reader sees the text of a key, if at all.
fn form(key: &str) -> Option<TextForm> {
    match key {
        "title" | "prompt" | "text" | "why" => Some(TextForm::Markdown),
        "answer" | "accept" => Some(TextForm::Output),
        _ => None,
    }
}

fn fill(quiz: &mut Quiz, file: &QuizTable, catalog: &Catalog, traces: &TraceFinder<'_>) {
    if let Some(title) = file.required("title", "begin the file with `title = \"…\"`") {
        quiz.title = title.value;
    }
    let entries = file.entries("question", "the question");
    if entries.as_ref().is_none_or(Vec::is_empty) {
        file.missing("question", "add `[[question]]`, or remove the file");
    }
    for mut entry in entries.into_iter().flatten() {
        let before = file.source.count();
        let question = question(&mut entry, quiz, catalog, traces);
        if file.source.count() == before {
            quiz.questions.extend(question);
        }
    }
    let entries = file.entries("prediction", "the prediction");
    for mut entry in entries.into_iter().flatten() {
        let before = file.source.count();
        let prediction = prediction(&mut entry, catalog);
        if file.source.count() == before {
            quiz.predictions.extend(prediction);
        }
    }
    file.finish();
}

fn question(
    entry: &mut QuizTable,
    quiz: &mut Quiz,
    catalog: &Catalog,
    traces: &TraceFinder<'_>,
) -> Option<Question> {
    let id = entry.required("id", "give it an id that is unique in the book");
    if let Some(id) = &id {
        entry.what = format!("the question `{}`", id.value);
        check_id(entry.source, id);
    }
    let prompt = entry.required("prompt", "write what is asked: `prompt = \"…\"`");
    let recall = recall(entry, &quiz.lesson, catalog);
    // A listing that is named but not there is reported already, and what follows from it is not.
    let named = entry.has("listing");
    let shown = program::shown(entry, catalog);
    quiz.shown
        .extend(shown.iter().map(|shown| shown.program.id.clone()));
    let part = part(entry);
    let kind = entry.required("kind", KINDS)?;
    let mut about = None;
    let kind = match kind.value.as_str() {
        "choice" => choice::read(entry, why),
        "predict" => {
            about = predict::about(entry);
            predict::read(entry, named, about, shown.as_ref(), why)
        }
        "short" => short::read(entry, named, shown.as_ref()),
        "diagram" => diagram::read(entry, named, shown.as_ref(), traces),
        other => {
            entry
                .source
                .report(kind.at, format!("`{other}` is no kind of question"), KINDS);
            return None;
        }
    };
    entry.finish();
    Some(Question {
        line: entry.source.line(id.as_ref()?.at),
        id: id?.value,
        prompt: prompt?.value,
        program: shown.map(|shown| shown.program),
        recall,
        part,
        about,
        kind: kind?,
    })
}

/// What a chapter asks before it shows what happens: a choice with one right option, derived where it asks `about`
/// something that a listing does.
fn prediction(entry: &mut QuizTable, catalog: &Catalog) -> Option<Question> {
    let id = entry.required("id", "give it an id that is unique in the book");
    if let Some(id) = &id {
        entry.what = format!("the prediction `{}`", id.value);
        check_id(entry.source, id);
    }
    let prompt = entry.required("prompt", "write what is asked: `prompt = \"…\"`");
    let named = entry.has("listing");
    let shown = program::shown(entry, catalog);
    let before = entry.source.count();
    let about = entry.has("about").then(|| predict::about(entry)).flatten();
    let kind = match entry.has("about") {
        true => predict::read(entry, named, about, shown.as_ref(), short_why),
        false => choice::read(entry, short_why),
    };
    entry.finish();
    let kind = kind?;
    if let AnswerKind::Options(choices) = &kind {
        let (count, right) = (
            choices.len(),
            choices.iter().filter(|choice| choice.right).count(),
        );
        let is_sound = entry.source.count() == before;
        if is_sound && (!(2..=4).contains(&count) || right != 1) {
            entry.source.report(
                entry.place("options"),
                format!("{} has {count} options, {right} of them right", entry.what),
                "a prediction has two to four options, and one of them is right",
            );
        }
    }
    Some(Question {
        line: entry.source.line(id.as_ref()?.at),
        id: id?.value,
        prompt: prompt?.value,
        program: shown.map(|shown| shown.program),
        recall: None,
        part: QuizPart::Core,
        about,
        kind,
    })
}

fn part(entry: &QuizTable) -> QuizPart {
    let Some(text) = entry.text("part") else {
        return QuizPart::Core;
    };
    QuizPart::parse(&text.value).unwrap_or_else(|| {
        entry.source.report(
            text.at,
            format!("there is no part `{}`", text.value),
            "write `part = \"deeper\"`, or leave it out for the lesson's own page",
        );
        QuizPart::Core
    })
}

fn check_id(source: &QuizFile, id: &PlacedText) {
    let sound = id.value.starts_with(|c: char| c.is_ascii_lowercase())
        && id
            .value
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if !sound {
        source.report(
            id.at,
            format!("`{}` is no id", id.value),
            "use a-z, 0-9 and `-`, a letter first: `slice-is-a-view`",
        );
    }
}

fn recall(entry: &QuizTable, lesson: &str, catalog: &Catalog) -> Option<String> {
    let recall = entry.text("recall")?;
    let lessons = catalog.lessons();
    if !lessons.contains(&recall.value) {
        let names: Vec<String> = lessons.iter().map(|name| format!("`{name}`")).collect();
        entry.source.report(
            recall.at,
            format!("`recall` names no lesson: there is no `{}`", recall.value),
            format!("the lessons are {}", names.join(", ")),
        );
    } else if recall.value.as_str() >= lesson {
        entry.source.report(
            recall.at,
            format!("`recall` names a lesson that is not before `{}`", lesson),
            "name the earlier lesson that the question brings back, or remove `recall`",
        );
    }
    Some(recall.value)
}

/// What reads the explanation of an option.
type WhyReader = fn(&QuizTable) -> Option<String>;

/// An explanation that may be left out, since another follows.
fn short_why(entry: &QuizTable) -> Option<String> {
    entry.text("why").map(|why| why.value)
}

fn why(entry: &QuizTable) -> Option<String> {
    entry
        .required(
            "why",
            "explain it in `why = \"…\"`: for a wrong answer, the misconception it stands for",
        )
        .map(|why| why.value)
}
