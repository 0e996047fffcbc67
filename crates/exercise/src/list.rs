//! The list of exercises, and how a reader names one.

use std::fmt::Write;

use anyhow::{Result, bail};

use super::Exercise;
use super::reader::{ReaderProgress, Record};
use super::style::{Style, Tone};
use book_listing::Language;
use book_support::project::Project;

/// The exercise that a reader means by `3`, `03_allocator` or `allocator`: its index.
///
/// # Errors
///
/// When it is none, or several.
pub fn find(exercises: &[Exercise], text: &str) -> Result<usize> {
    let number = text.parse::<u32>().ok();
    let fits = |exercise: &Exercise| match number {
        Some(number) => exercise.number() == number,
        None => exercise.name.contains(text),
    };
    let found: Vec<usize> = (0..exercises.len())
        .filter(|&index| fits(&exercises[index]))
        .collect();
    if let [index] = found[..] {
        return Ok(index);
    }
    let names: Vec<&str> = exercises.iter().map(|each| each.name.as_str()).collect();
    let problem = if found.is_empty() {
        "no"
    } else {
        "more than one"
    };
    bail!(
        "{problem} exercise is called `{text}`\n  hint: they are {}",
        names.join(", ")
    )
}

/// Every exercise with its state in both languages, and what to do next.
pub fn render(project: &Project, exercises: &[Exercise], style: &Style) -> String {
    let record = Record::load(project);
    let width = exercises
        .iter()
        .map(|each| each.meta.title.chars().count())
        .max()
        .unwrap_or_default();
    let head = format!(
        "{:<width$}  minutes  {:<14} Rust",
        "",
        "Zig",
        width = width + 4
    );
    let mut text = format!("{}\n", style.paint(Tone::Quiet, &head));
    for exercise in exercises {
        let cell = |language| {
            let state = record.state(project, exercise, language);
            let tone = match state {
                ReaderProgress::NotStarted | ReaderProgress::Removed => Tone::Quiet,
                ReaderProgress::Started => Tone::Hint,
                ReaderProgress::Passes | ReaderProgress::PassedBefore => Tone::Good,
            };
            style.paint(tone, &format!("{state:<14}"))
        };
        let _ = writeln!(
            text,
            " {}  {:<width$}  {:>7}  {} {}",
            exercise.number(),
            exercise.meta.title,
            exercise.meta.minutes,
            cell(Language::Zig),
            cell(Language::Rust).trim_end(),
        );
    }
    let first = |wanted| {
        let mut exercises = exercises.iter();
        exercises.find(|exercise| record.state(project, exercise, Language::Zig) == wanted)
    };
    // What was begun comes before what was not.
    let next = [
        ReaderProgress::Started,
        ReaderProgress::NotStarted,
        ReaderProgress::Removed,
    ]
    .into_iter()
    .find_map(first);
    match next {
        Some(next) => {
            let _ = write!(
                text,
                "\n{}",
                style.markdown(&format!(
                    "Work on one: `cargo xtask exercise {}`, or with `--lang rust`.",
                    next.number()
                ))
            );
        }
        None => text.push_str("\nYou solved them all in Zig. Well done!\n"),
    }
    text
}

/// How far the reader is, in one line.
pub fn goodbye(project: &Project, exercises: &[Exercise]) -> String {
    let record = Record::load(project);
    let solved = |language| {
        exercises
            .iter()
            .filter(|exercise| {
                let state = record.state(project, exercise, language);
                matches!(state, ReaderProgress::Passes | ReaderProgress::PassedBefore)
            })
            .count()
    };
    format!(
        "\nSolved so far: {} of {} in Zig, {} in Rust. Your files stay in my-exercises/.",
        solved(Language::Zig),
        exercises.len(),
        solved(Language::Rust)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    #[test]
    fn an_exercise_is_named_by_number_or_by_a_part_of_its_name() {
        let mut other = testing::exercise();
        other.name = "05_arena".to_string();
        let exercises = [testing::exercise(), other];
        for (text, index) in [("3", 0), ("03", 0), ("03_allocator", 0), ("arena", 1)] {
            assert_eq!(find(&exercises, text).unwrap(), index, "{text}");
        }
        for (text, problem) in [
            ("4", "no exercise"),
            ("0", "no exercise"),
            ("a", "more than one"),
        ] {
            let error = find(&exercises, text).unwrap_err().to_string();
            assert!(error.starts_with(problem), "{error}");
            assert!(error.contains("03_allocator, 05_arena"), "{error}");
        }
    }
}
