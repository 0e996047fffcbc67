//! A wrong solution as a question: where it differs from the solution, and which test finds it, as the check saw it. Pure.

use std::ops::Range;

use similar::TextDiff;

use super::attempt::Ending;
use super::finding::find;
use super::outcome::Tests;
use super::story::{PathEnds, parts};
use super::{Kill, Mutant};
use book_check::observation::{Observation, Reality};
use book_listing::Language;
use book_listing::variant::LineChange;

/// How many tests are offered beside the right one.
const OTHERS: usize = 3;
/// How many lines of a test's own words are shown.
const PRINTED: usize = 8;
/// How many lines around a change are shown.
const AROUND: usize = 3;

/// What the check saw of a mutant: the test that finds it, and what that test said. `all` names the tests in their order.
/// Nothing where no test finds it, but the compiler.
pub(crate) fn kill(
    mutant: &Mutant,
    seen: &Observation,
    file: &str,
    all: &[String],
    language: Language,
) -> Option<Kill> {
    let tests = Tests::read(&seen.output, language);
    let run = tests
        .failed()
        .find(|run| run.name.contains(&mutant.killed_by))?;
    let files = PathEnds {
        reader: file,
        tests: "tests.zig",
    };
    let ending = match seen.reality {
        Reality::TimedOut(seconds) => Ending::TimedOut(Some(seconds)),
        _ => Ending::Failed,
    };
    let finding = find(run, &parts(&run.said, language, files), ending);
    let advice = finding.advice.map(ToString::to_string);
    let mut said: Vec<String> = finding
        .headline
        .into_iter()
        .chain(finding.hints)
        .chain(advice)
        .collect();
    let mut printed = finding.details;
    printed.truncate(PRINTED);
    if said.is_empty() && printed.is_empty() {
        said.push("What it expects is not so.".to_string());
    }
    Some(Kill {
        test: run.name.clone(),
        said,
        printed,
        others: others(&run.name, &tests, all),
    })
}

/// Tests that do not fail, the nearest in the file first chosen, in the file's order. Where too few of them pass, some that
/// did not run because an earlier one ended the run.
fn others(right: &str, tests: &Tests, all: &[String]) -> Vec<String> {
    let at = all.iter().position(|name| name == right).unwrap_or(0);
    let passed = |name: &&String| {
        let run = tests.runs.iter().find(|run| run.name == **name);
        run.map(super::outcome::TestRun::passed)
    };
    let nearest = |wanted: Option<bool>| {
        let mut names: Vec<(usize, &String)> = all
            .iter()
            .enumerate()
            .filter(|(_, name)| passed(name) == wanted)
            .map(|(index, name)| (index.abs_diff(at), name))
            .collect();
        names.sort_by_key(|(distance, _)| *distance);
        names.into_iter().map(|(_, name)| name)
    };
    let mut chosen: Vec<&String> = nearest(Some(true))
        .chain(nearest(None))
        .take(OTHERS)
        .collect();
    chosen.sort_by_key(|name| all.iter().position(|other| other == *name));
    chosen.into_iter().cloned().collect()
}

/// What its author says of it: the comment below the first line.
pub fn reason(mutant: &Mutant) -> String {
    let comment = mutant
        .source
        .lines()
        .skip(1)
        .map_while(|line| line.strip_prefix("// "));
    comment.collect::<Vec<_>>().join(" ")
}

/// Where the code of two programs differs: runs of lines, each with those around it. Comments count for nothing.
pub fn difference(solution: &str, wrong: &str) -> Vec<Vec<(LineChange, String)>> {
    let (old, new) = (without_comments(solution), without_comments(wrong));
    let diff = TextDiff::from_lines(&old, &new);
    let groups = diff.grouped_ops(AROUND);
    let lines = groups.iter().map(|group| {
        let changes = group.iter().flat_map(|op| diff.iter_changes(op));
        changes
            .map(|change| {
                let sign = LineChange::of(change.tag());
                (sign, change.value().trim_end_matches('\n').to_string())
            })
            .collect()
    });
    lines.collect()
}

/// The lines that hold code, without what is said beside it.
fn without_comments(source: &str) -> String {
    let mut code = String::new();
    for line in source.lines() {
        let end = comment(line).map_or(line.len(), |range| range.start);
        let kept = line[..end].trim_end();
        let was_empty = code.is_empty() || code.ends_with("\n\n");
        if kept.is_empty() && (end < line.len() || was_empty) {
            continue;
        }
        code.push_str(kept);
        code.push('\n');
    }
    code
}

/// Where a line of Zig is a comment: behind two slashes that are in no text.
fn comment(line: &str) -> Option<Range<usize>> {
    if line.trim_start().starts_with("\\\\") {
        return None;
    }
    let (mut quote, mut escaped) = (None, false);
    for (at, character) in line.char_indices() {
        match (quote, character) {
            _ if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), _) if character == open => quote = None,
            (None, '"' | '\'') => quote = Some(character),
            (None, '/') if line[at..].starts_with("//") => return Some(at..line.len()),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mutant(killed_by: &str) -> Mutant {
        Mutant {
            name: "late".to_string(),
            killed_by: killed_by.to_string(),
            source: format!("//@ killed-by: {killed_by}\n// Comes\n// too late.\n\nconst x = 1;\n"),
            kill: None,
        }
    }

    fn seen(output: &str) -> Observation {
        Observation {
            reality: Reality::TestsFailed,
            output: output.to_string(),
        }
    }

    #[test]
    fn the_answer_is_the_test_that_failed_and_no_other_option_failed() {
        let all = ["A", "B", "C", "D", "E", "F"].map(str::to_string);
        let output = "1/6 tests.test.A...OK\n2/6 tests.test.B...OK\n3/6 tests.test.C...OK\n\
            4/6 tests.test.D...expected 1, found 2\nhint: look at D\nFAIL (TestFailed)\n5/6 tests.test.E...FAIL (TestFailed)\n6/6 tests.test.F...OK\n";
        let kill = |killed_by: &str, output: &str| {
            super::kill(
                &mutant(killed_by),
                &seen(output),
                "mutants/late.zig",
                &all,
                Language::Zig,
            )
        };
        let found = kill("D", output).unwrap();
        assert_eq!(found.test, "D");
        assert_eq!(found.said, ["look at D"]);
        assert_eq!(found.printed, ["expected 1, found 2"]);
        assert_eq!(found.others, ["B", "C", "F"]);
        assert_eq!(kill("A", output), None);
        assert_eq!(
            kill("E", output).unwrap().said,
            ["What it expects is not so."]
        );
        // The run ends in the first test: what did not run did not fail.
        let stopped = "1/6 tests.test.A...thread 1 panic: reached unreachable code\n";
        let found = kill("A", stopped).unwrap();
        assert_eq!(
            (found.test.as_str(), found.others.join("")),
            ("A", "BCD".into())
        );
        assert!(
            found.said[0].contains("reached unreachable code"),
            "{:?}",
            found.said
        );
    }

    #[test]
    fn an_author_says_why_somebody_would_write_it() {
        assert_eq!(reason(&mutant("A")), "Comes too late.");
    }

    #[test]
    fn only_code_makes_a_difference() {
        let solution =
            "//! A file.\n\nfn a() void {\n    // Why.\n    b(\"//\"); // because\n    c();\n}\n";
        let wrong = "//@ killed-by: X\n// Says.\n\n//! A file.\n\nfn a() void {\n    b(\"//\");\n    d();\n}\n";
        let line = |sign, text: &str| (sign, text.to_string());
        assert_eq!(
            difference(solution, wrong),
            [[
                line(LineChange::Kept, "fn a() void {"),
                line(LineChange::Kept, "    b(\"//\");"),
                line(LineChange::Gone, "    c();"),
                line(LineChange::New, "    d();"),
                line(LineChange::Kept, "}"),
            ]]
        );
        assert!(difference(solution, solution).is_empty());
    }
}
