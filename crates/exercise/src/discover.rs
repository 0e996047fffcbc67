//! Reads the exercises, and says what is wrong with their files.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use anyhow::{Context, Result};
use regex::Regex;
use toml::de::DeTable;

use super::messages::{self, Messages};
use super::{Exercise, ExerciseFiles, Meta, Mutant};
use book_listing::{Id, Language};
use book_support::diagnostic::{Diagnostic, line_of};
use book_support::files::{with_line_feeds, without_mark};
use book_support::leftover;
use book_support::project::Project;
use book_support::written::{self, TextForm, Written};

/// The fewest wrong solutions that an exercise's tests are tried on, in each language.
const MUTANTS: usize = 5;
const LANGUAGES: [Language; 2] = [Language::Zig, Language::Rust];
static QUALIFIED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:\b[a-z_]\w*(?:\.|::))+([A-Z])").expect("a regex"));
const KILLED_BY: &str = "//@ killed-by:";

/// Reads the book's index of messages. A book without one explains nothing.
///
/// # Errors
///
/// When the page is there and cannot be read.
pub fn messages(project: &Project) -> Result<Messages> {
    let path = project.chapters().join(messages::PAGE);
    if !path.exists() {
        return Ok(Messages::default());
    }
    let page =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(Messages::read(&with_line_feeds(page)))
}

/// Reads every exercise. The diagnostics speak of files that are missing or wrong.
///
/// # Errors
///
/// When the exercises' folder cannot be read.
pub fn load(project: &Project) -> Result<(Vec<Exercise>, Vec<Diagnostic>)> {
    let root = project.exercises();
    let mut exercises = Vec::new();
    let mut diagnostics = Vec::new();
    if !root.is_dir() {
        return Ok((exercises, diagnostics));
    }
    let mut names = Vec::new();
    for entry in fs::read_dir(&root).with_context(|| format!("cannot read {}", root.display()))? {
        let entry = entry.with_context(|| format!("cannot read {}", root.display()))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() && leftover::is_source(&name) {
            names.push(name);
        }
    }
    names.sort();
    for name in names {
        let folder = root.join(&name);
        if Id::parse(&format!("{name}/x")).is_none() {
            diagnostics.push(
                Diagnostic::new(
                    project.relative(&folder),
                    "the folder's name is no exercise's",
                )
                .hint("name it like its lesson: `03_allocator`"),
            );
            continue;
        }
        let before = diagnostics.len();
        let exercise = read(project, &name, &folder, &mut diagnostics);
        if diagnostics.len() == before {
            exercises.extend(exercise);
        }
    }
    Ok((exercises, diagnostics))
}

fn read(
    project: &Project,
    name: &str,
    folder: &Path,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Exercise> {
    let path = project.relative(folder);
    let mut text = |file: &str| match fs::read(folder.join(file)).map(String::from_utf8) {
        Ok(Ok(text)) => without_mark(with_line_feeds(text)),
        Ok(Err(_)) => {
            diagnostics.push(
                Diagnostic::new(path.join(file), "the file is not UTF-8").hint("save it as UTF-8"),
            );
            String::new()
        }
        Err(error) => {
            diagnostics.push(
                Diagnostic::new(path.join(file), format!("the file is missing: {error}"))
                    .hint("CONTRIBUTING.md, section “An exercise”, lists an exercise's files"),
            );
            String::new()
        }
    };
    let meta = text("exercise.toml");
    let hints = text("hints.md");
    let mut languages = BTreeMap::new();
    for language in LANGUAGES {
        let mut file = |stem: &str| text(&format!("{stem}.{}", language.extension()));
        let (starter, tests, solution) = (file("starter"), file("tests"), file("solution"));
        languages.insert(
            language,
            ExerciseFiles {
                starter,
                tests,
                solution,
                mutants: Vec::new(),
            },
        );
    }
    for (language, files) in &mut languages {
        files.mutants = mutants(
            &folder.join("mutants"),
            &path.join("mutants"),
            *language,
            diagnostics,
        );
        if files.mutants.len() < MUTANTS {
            diagnostics.push(
                Diagnostic::new(
                    path.join("mutants"),
                    format!(
                        "{} wrong {language} solutions are too few to try the tests on",
                        files.mutants.len()
                    ),
                )
                .hint(format!(
                    "write at least {MUTANTS}: those that learners really hand in"
                )),
            );
        }
    }
    let (hints, mut texts) = split_hints(&path.join("hints.md"), &hints);
    if hints.len() != 3 {
        diagnostics.push(
            Diagnostic::new(
                path.join("hints.md"),
                format!("there are {} hints, and there must be 3", hints.len()),
            )
            .hint("begin each with a heading `## Hint 1`, and let each go a step further"),
        );
    }
    let file = path.join("exercise.toml");
    match DeTable::parse(&meta) {
        Ok(table) => {
            texts.extend(written::texts(&file, &meta, table.get_ref(), &form));
            let code = |key: &str| key.parse::<Language>().ok().map(|_| TextForm::Output);
            let signatures = written::texts(&file, &meta, table.get_ref(), &code);
            diagnostics.extend(
                signatures
                    .iter()
                    .filter_map(|text| foreign(text, &languages)),
            );
        }
        Err(error) => {
            diagnostics.push(unreadable(&file, &meta, &error));
            return None;
        }
    }
    let meta: Meta = match toml::from_str(&meta) {
        Ok(meta) => meta,
        Err(error) => {
            diagnostics.push(unreadable(&file, &meta, &error));
            return None;
        }
    };
    Some(Exercise {
        name: name.to_string(),
        path,
        meta,
        hints,
        languages,
        texts,
    })
}

fn unreadable(file: &Path, text: &str, error: &toml::de::Error) -> Diagnostic {
    let line = error.span().map(|span| line_of(text, span.start));
    let mut diagnostic = Diagnostic::new(file, error.message().to_string())
        .hint("see another exercise's `exercise.toml`");
    diagnostic.line = line;
    diagnostic
}

/// A signature that is none of the solution's, which is checked. What stands in parentheses is a remark.
fn foreign(
    signature: &Written,
    languages: &BTreeMap<Language, ExerciseFiles>,
) -> Option<Diagnostic> {
    let compact = |code: &str| {
        let code: String = code.split_whitespace().collect();
        // The path before a type's name, and the comma after the last parameter, may be left out.
        let code = QUALIFIED.replace_all(&code, "$1");
        code.replace(",)", ")")
    };
    let language: Language = signature.name.parse().ok()?;
    let wanted = compact(&signature.text);
    let is_remark =
        wanted.starts_with('(') && wanted.ends_with(')') && !signature.text.contains(['\n', ';']);
    let solution = &languages.get(&language)?.solution;
    if is_remark || compact(solution).contains(&wanted) {
        return None;
    }
    let file = format!("solution.{}", language.extension());
    let message = format!("the signature `{}` is not in `{file}`", signature.text);
    Some(
        Diagnostic::new(&signature.path, message)
            .line(signature.line(0))
            .hint("copy it from the solution, where a compiler checks it"),
    )
}

/// How a reader sees the text of a key, if at all.
fn form(key: &str) -> Option<TextForm> {
    ["title", "task", "practices", "comparison", "meaning"]
        .contains(&key)
        .then_some(TextForm::Markdown)
}

/// The hints of a file, each under a heading of its own, and the same with their lines.
fn split_hints(path: &Path, file: &str) -> (Vec<String>, Vec<Written>) {
    let mut hints = Vec::new();
    let mut texts = Vec::new();
    let mut line = 1;
    for (index, section) in file.split("\n## ").enumerate() {
        let first = line;
        line += section.matches('\n').count() + 1;
        if index == 0 && !section.starts_with("## ") {
            continue;
        }
        let Some((_, below)) = section.split_once('\n') else {
            hints.push(String::new());
            continue;
        };
        let text = below.trim();
        let blank = below.len() - below.trim_start().len();
        let at = first + 1 + below[..blank].matches('\n').count();
        hints.push(text.to_string());
        texts.push(Written::new(
            path,
            &format!("hint {}", hints.len()),
            text,
            at,
        ));
    }
    (hints, texts)
}

fn mutants(
    folder: &Path,
    path: &Path,
    language: Language,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else {
        return mutants;
    };
    let mut files: Vec<_> = entries
        .flatten()
        .filter(|entry| leftover::is_source(&entry.file_name().to_string_lossy()))
        .map(|entry| entry.path())
        .collect();
    files.sort();
    for file in files {
        if file
            .extension()
            .is_none_or(|extension| extension != language.extension())
        {
            continue;
        }
        let name = file
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let shown = path.join(file.file_name().unwrap_or_default());
        let Ok(source) = fs::read_to_string(&file)
            .map(with_line_feeds)
            .map(without_mark)
        else {
            diagnostics.push(
                Diagnostic::new(shown, "the file cannot be read as UTF-8").hint("save it as UTF-8"),
            );
            continue;
        };
        match source
            .lines()
            .next()
            .and_then(|line| line.strip_prefix(KILLED_BY))
        {
            Some(killed_by) if !killed_by.trim().is_empty() => {
                mutants.push(Mutant {
                    name,
                    killed_by: killed_by.trim().to_string(),
                    source,
                    kill: None,
                });
            }
            _ => diagnostics.push(
                Diagnostic::new(shown, "it does not say which test kills it")
                    .line(1)
                    .hint(format!(
                        "begin it with `{KILLED_BY} TEXT`, TEXT from that test's name"
                    )),
            ),
        }
    }
    mutants
}
