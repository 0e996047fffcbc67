//! Checks exercises, by the same build, run and cache as listings: each starter, solution and mutant becomes
//! a test listing of a catalog of its own, so that all are built together.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::Result;

use super::outcome::Tests;
use super::{Exercise, ExerciseFiles, Kill, discover, spot};
use book_check::observation::{Observation, Reality};
use book_check::progress::Progress;
use book_check::{CheckOptions, SourceTree, observe};
use book_listing::{
    Catalog, Declaration, Expectation, Id, Language, Listing, ListingKey, Mode, Support,
};
use book_support::diagnostic::Diagnostic;
use book_support::project::Project;
use book_toolchain::zig_output::NO_TRACE;

/// A solution that a learner's mistake keeps from ending is stopped after this time.
const TIMEOUT: Duration = Duration::from_secs(10);

/// One source to be tried against an exercise's tests.
#[derive(Clone, Debug)]
pub struct CheckedSource<'a> {
    /// Whose tests it is tried against.
    pub exercise: &'a Exercise,
    /// The language of `source`.
    pub language: Language,
    /// `starter`, `solution`, a mutant's name, or `yours`.
    pub name: String,
    /// The whole file, in place of the reader's.
    pub source: String,
    /// The file's name in messages, for example `starter.zig`.
    pub file: String,
}

impl CheckedSource<'_> {
    fn stem(&self) -> String {
        format!(
            "e{:02}_{}_{}",
            self.exercise.number(),
            self.name,
            self.language.word()
        )
    }

    fn code_file(&self) -> String {
        format!("{}_code.{}", self.stem(), self.language.extension())
    }

    /// The attempt as a test listing: the tests, with the attempt as a file that they import.
    fn listing(&self, files: &ExerciseFiles) -> Listing {
        let code = self.code_file();
        let source = match self.language {
            Language::Zig => files
                .tests
                .replace("@import(\"exercise\")", &format!("@import(\"{code}\")")),
            // At the end, where it may follow the tests' own attributes.
            _ => format!(
                "{}\n#[path = \"{code}\"]\n#[allow(dead_code)]\nmod exercise;\n",
                files.tests
            ),
        };
        Listing {
            id: Id {
                lesson: self.exercise.name.clone(),
                stem: self.stem(),
            },
            language: self.language,
            path: self.exercise.file("tests", self.language),
            declaration: Declaration {
                expectation: Expectation::Test,
                line: 1,
                title: None,
                variant: None,
                same_output: false,
                mode: Mode::Debug,
                libc: false,
                needs: Vec::new(),
                timeout: TIMEOUT,
                trace: false,
                wasm: None,
            },
            source,
            support: vec![Support {
                path: format!("{}/{code}", self.exercise.name),
                bytes: self.source.clone().into_bytes(),
            }],
            recorded: None,
        }
    }

    /// The output with the names that a reader knows.
    fn readable(&self, output: &str) -> String {
        let stem = self.stem();
        output
            .replace(&format!("{NO_TRACE}\n"), "")
            .replace(&self.code_file(), &self.file)
            .replace(&format!("{stem}.test."), "")
            .replace(
                &format!("{stem}.{}", self.language.extension()),
                &format!("tests.{}", self.language.extension()),
            )
            .replace(&format!("{stem}_code."), "")
            .replace(&format!("{stem}."), "")
    }
}

/// Tries `attempts` against their exercises' tests. The observations are in their order.
///
/// # Errors
///
/// When they cannot be built or run at all.
pub fn try_all(
    project: &Project,
    attempts: &[CheckedSource<'_>],
    progress: &Progress,
) -> Result<Vec<Observation>> {
    let mut listings = Vec::new();
    let mut lessons: Vec<String> = attempts
        .iter()
        .map(|attempt| attempt.exercise.name.clone())
        .collect();
    lessons.dedup();
    let mut keys: Vec<ListingKey> = Vec::new();
    for attempt in attempts {
        let listing = attempt.listing(&attempt.exercise.languages[&attempt.language]);
        keys.push(listing.key());
        listings.push(listing);
    }
    let catalog = Catalog::new(lessons, listings);
    let selected: Vec<&Listing> = catalog.iter().collect();
    let mut observed = observe(
        project,
        &catalog,
        &selected,
        SourceTree::Exercises,
        CheckOptions::default(),
        progress,
    )?;
    Ok(keys
        .iter()
        .zip(attempts)
        .map(|(key, attempt)| {
            let (mut seen, _) = observed.remove(key).expect("every attempt was observed");
            seen.output = attempt.readable(&seen.output);
            seen
        })
        .collect())
}

/// Reads and checks every exercise for the book to be rendered, silently but for long work: the exercises that
/// make sense, and everything that is wrong. What has not changed is not tried again.
///
/// # Errors
///
/// When the check cannot be made: a toolchain is missing, the disk is full.
pub fn gate(project: &Project, progress: &Progress) -> Result<(Vec<Exercise>, Vec<Diagnostic>)> {
    let (mut exercises, mut problems) = discover::load(project)?;
    let mut report = check_all(project, &exercises, progress)?;
    problems.append(&mut report.problems);
    for exercise in &mut exercises {
        for (language, files) in &mut exercise.languages {
            for mutant in &mut files.mutants {
                let name = (exercise.name.clone(), *language, mutant.name.clone());
                mutant.kill = report.found.remove(&name);
            }
        }
    }
    Ok((exercises, problems))
}

/// How many mutants an exercise has, and how many its tests kill.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kills {
    /// At most `mutants`.
    pub killed: usize,
    /// All that the exercise has in that language.
    pub mutants: usize,
}

/// What a check of all exercises found.
#[derive(Clone, Debug, Default)]
pub struct ExerciseReport {
    /// By the name of the exercise and the language.
    pub kills: BTreeMap<(String, Language), Kills>,
    /// How each mutant is found, by its exercise, its language and its name.
    pub found: BTreeMap<(String, Language, String), Kill>,
    /// All that is wrong, of all exercises.
    pub problems: Vec<Diagnostic>,
}

/// Checks every exercise: starters fail, solutions pass, mutants are killed by the test that they name.
///
/// # Errors
///
/// When the check cannot be made.
pub fn check_all(
    project: &Project,
    exercises: &[Exercise],
    progress: &Progress,
) -> Result<ExerciseReport> {
    let mut attempts = Vec::new();
    for exercise in exercises {
        for (&language, files) in &exercise.languages {
            let attempt = |name: &str, folder: &str, source: &str| CheckedSource {
                exercise,
                language,
                name: name.to_string(),
                source: source.to_string(),
                file: format!("{folder}{name}.{}", language.extension()),
            };
            attempts.push(attempt("starter", "", &files.starter));
            attempts.push(attempt("solution", "", &files.solution));
            attempts.extend(
                files
                    .mutants
                    .iter()
                    .map(|mutant| attempt(&mutant.name, "mutants/", &mutant.source)),
            );
        }
    }
    let observations = try_all(project, &attempts, progress)?;
    let mut report = ExerciseReport::default();
    // Solutions run all tests, and come before the mutants of their exercise.
    let mut all = Vec::new();
    for (attempt, seen) in attempts.iter().zip(&observations) {
        let mutants = &attempt.exercise.languages[&attempt.language].mutants;
        let mutant = mutants
            .iter()
            .find(|mutant| attempt.file.starts_with("mutants/") && mutant.name == attempt.name);
        let problem = match (attempt.name.as_str(), mutant) {
            (_, Some(mutant)) => {
                let kills = report
                    .kills
                    .entry((attempt.exercise.name.clone(), attempt.language))
                    .or_default();
                kills.mutants += 1;
                let problem = judge_mutant(&mutant.killed_by, seen, attempt.language);
                kills.killed += usize::from(problem.is_none());
                let kill = spot::kill(mutant, seen, &attempt.file, &all, attempt.language);
                if let (None, Some(kill)) = (&problem, kill) {
                    let exercise = attempt.exercise.name.clone();
                    let name = (exercise, attempt.language, mutant.name.clone());
                    report.found.insert(name, kill);
                }
                problem
            }
            ("starter", None) => judge_starter(seen),
            _ => {
                let tests = Tests::read(&seen.output, attempt.language);
                all = tests.runs.into_iter().map(|run| run.name).collect();
                judge_solution(seen)
            }
        };
        if let Some((message, hint)) = problem {
            let path = attempt.exercise.path.join(&attempt.file);
            let detail = if seen.reality == Reality::TestsPassed {
                attempt.source.clone()
            } else {
                seen.output.clone()
            };
            report.problems.push(
                Diagnostic::new(path, message)
                    .line(1)
                    .detail(detail)
                    .hint(hint),
            );
        }
    }
    Ok(report)
}

fn judge_starter(seen: &Observation) -> Option<(String, &'static str)> {
    match seen.reality {
        Reality::TestsFailed | Reality::Panicked => None,
        Reality::TestsPassed => Some((
            "the starter passes its tests already, so there is nothing to solve".into(),
            "take the solution out of the starter, or write a test that asks for it",
        )),
        _ => Some((
            format!(
                "the starter must build and fail its tests, but it {}",
                seen.reality.sentence()
            ),
            "a reader must be able to start from it",
        )),
    }
}

fn judge_solution(seen: &Observation) -> Option<(String, &'static str)> {
    (seen.reality != Reality::TestsPassed).then(|| {
        (
            format!(
                "the solution must pass its tests, but it {}",
                seen.reality.sentence()
            ),
            "mend the solution or the test",
        )
    })
}

fn judge_mutant(
    killed_by: &str,
    seen: &Observation,
    language: Language,
) -> Option<(String, &'static str)> {
    const OTHER: &str = "name the test that should fail, or mend that test";
    if let Some(text) = killed_by.strip_prefix("compile-error") {
        let killed = seen.reality == Reality::DoesNotBuild && seen.output.contains(text.trim());
        return (!killed).then(|| {
            (
                format!(
                    "the compiler must refuse it with `{}`, but it {}",
                    text.trim(),
                    seen.reality.sentence()
                ),
                OTHER,
            )
        });
    }
    match seen.reality {
        Reality::TestsPassed => Some((
            "a wrong solution survives: it passes every test".into(),
            "write the test that kills it, and name that test in its first line",
        )),
        // Of memory that was freed, a test may print anything.
        Reality::TestsFailed | Reality::Panicked | Reality::TimedOut(_) | Reality::NotUtf8(_) => {
            let tests = Tests::read(&seen.output, language);
            (!tests.failed().any(|run| run.name.contains(killed_by))).then(|| {
                let names: Vec<&str> = tests.failed().map(|run| run.name.as_str()).collect();
                (
                    format!(
                        "it is killed, but not by `{killed_by}`: what fails is {}",
                        names.join("; ")
                    ),
                    OTHER,
                )
            })
        }
        _ => Some((
            format!(
                "it must build and fail its tests, but it {}",
                seen.reality.sentence()
            ),
            OTHER,
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(reality: Reality, output: &str) -> Observation {
        Observation {
            reality,
            output: output.into(),
        }
    }

    #[test]
    fn a_mutant_must_be_killed_by_the_test_that_it_names() {
        let output = "1/1 Join allocates once...FAIL (TestFailed)\n";
        let judged = |killed_by: &str| {
            judge_mutant(
                killed_by,
                &seen(Reality::TestsFailed, output),
                Language::Zig,
            )
        };
        assert_eq!(judged("Join allocates once"), None);
        assert!(
            judged("Split frees")
                .unwrap()
                .0
                .contains("what fails is Join allocates once")
        );
        let survivor = judge_mutant("Join", &seen(Reality::TestsPassed, ""), Language::Zig);
        assert!(survivor.unwrap().0.contains("survives"));
    }

    #[test]
    fn a_starter_that_passes_and_a_solution_that_fails_are_errors() {
        assert!(judge_starter(&seen(Reality::TestsPassed, "")).is_some());
        assert!(judge_starter(&seen(Reality::DoesNotBuild, "")).is_some());
        assert_eq!(judge_starter(&seen(Reality::TestsFailed, "")), None);
        assert!(judge_solution(&seen(Reality::TestsFailed, "")).is_some());
        assert_eq!(judge_solution(&seen(Reality::TestsPassed, "")), None);
    }
}
