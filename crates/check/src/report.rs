//! What a check found, for a person and for a program. Pure.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::{CheckReport, ListingVerdict};
use book_listing::Language;
use book_support::diagnostic::{Diagnostic, render_all};

/// For a person; ends in a line feed.
pub fn human(report: &CheckReport, color: bool) -> String {
    let paint = |code: &str, text: String| {
        if color {
            format!("\x1b[{code}m{text}\x1b[0m")
        } else {
            text
        }
    };
    let mut text = String::new();
    let diagnostics = report.diagnostics();
    if !diagnostics.is_empty() {
        let _ = writeln!(text, "{}\n", render_all(&diagnostics));
    }
    let mut counts: BTreeMap<Language, BTreeMap<&str, usize>> = BTreeMap::new();
    for verdict in &report.verdicts {
        *counts
            .entry(verdict.key.language)
            .or_default()
            .entry(verdict.declared)
            .or_default() += 1;
    }
    for (language, outcomes) in &counts {
        let total: usize = outcomes.values().sum();
        let outcomes: Vec<String> = outcomes
            .iter()
            .map(|(word, count)| format!("{count} {word}"))
            .collect();
        let _ = writeln!(text, "{language:<7} {total:>4}  ({})", outcomes.join(", "));
    }
    let count = |test: &dyn Fn(&ListingVerdict) -> bool| {
        report
            .verdicts
            .iter()
            .filter(|verdict| test(verdict))
            .count()
    };
    let failed = count(&|verdict| !verdict.problems.is_empty());
    let unchanged = count(&|verdict| verdict.unchanged);
    let blessed = count(&|verdict| verdict.blessed);
    let mut summary = format!(
        "{} listings checked, {unchanged} of them unchanged",
        report.verdicts.len()
    );
    if blessed > 0 {
        let _ = write!(summary, ", {blessed} recorded");
    }
    let _ = write!(summary, ", in {:.1} s", report.elapsed.as_secs_f64());
    let _ = writeln!(text, "{summary}");
    let verdict = if report.verdicts.is_empty() {
        paint("31;1", "nothing was checked".into())
    } else if diagnostics.is_empty() {
        paint("32;1", "all as declared".into())
    } else {
        let others = report.problems.len();
        let plural = |count: usize, one: &str, many: &str| {
            format!("{count} {}", if count == 1 { one } else { many })
        };
        let mut parts = Vec::new();
        if failed > 0 {
            parts.push(plural(
                failed,
                "listing is not what it declares",
                "listings are not what they declare",
            ));
        }
        if others > 0 {
            parts.push(plural(others, "file is wrong", "files are wrong"));
        }
        paint("31;1", parts.join(", "))
    };
    let _ = writeln!(text, "{verdict}");
    text
}

#[derive(Serialize)]
struct JsonReport<'a> {
    passed: bool,
    seconds: f64,
    listings: Vec<JsonVerdict<'a>>,
    problems: &'a [Diagnostic],
}

#[derive(Serialize)]
struct JsonVerdict<'a> {
    listing: String,
    language: Language,
    declared: &'a str,
    passed: bool,
    unchanged: bool,
    blessed: bool,
    problems: &'a [Diagnostic],
}

/// For a program: one JSON object and a line feed.
pub fn json(report: &CheckReport) -> String {
    let listings = report
        .verdicts
        .iter()
        .map(|verdict| JsonVerdict {
            listing: verdict.key.id.to_string(),
            language: verdict.key.language,
            declared: verdict.declared,
            passed: verdict.problems.is_empty(),
            unchanged: verdict.unchanged,
            blessed: verdict.blessed,
            problems: &verdict.problems,
        })
        .collect();
    let report = JsonReport {
        passed: report.passed(),
        seconds: report.elapsed.as_secs_f64(),
        listings,
        problems: &report.problems,
    };
    let mut text = serde_json::to_string_pretty(&report).expect("a report is plain data");
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observation::Reality;
    use book_listing::{Id, ListingKey};

    fn report() -> CheckReport {
        let verdict = |stem: &str, problems: Vec<Diagnostic>| ListingVerdict {
            key: ListingKey {
                id: Id::parse(&format!("03_allocator/{stem}")).unwrap(),
                language: Language::Zig,
            },
            declared: "run",
            reality: Reality::Ran,
            unchanged: true,
            blessed: false,
            problems,
        };
        let problem = Diagnostic::new("listings/03_allocator/b.zig", "it says \"<no>\" & stops")
            .line(3)
            .hint("mend it");
        CheckReport {
            verdicts: vec![verdict("a", vec![]), verdict("b", vec![problem])],
            ..CheckReport::default()
        }
    }

    #[test]
    fn a_person_reads_where_what_and_how_many() {
        let text = human(&report(), false);
        assert!(
            text.starts_with(
                "listings/03_allocator/b.zig:3: it says \"<no>\" & stops\n  hint: mend it\n"
            ),
            "{text}"
        );
        assert!(
            text.contains("Zig        2  (2 run)\n2 listings checked, 2 of them unchanged"),
            "{text}"
        );
        assert!(
            text.ends_with("1 listing is not what it declares\n"),
            "{text}"
        );
    }

    #[test]
    fn a_check_of_nothing_does_not_pass() {
        assert!(!CheckReport::default().passed());
        assert!(human(&CheckReport::default(), false).contains("nothing was checked"));
    }

    #[test]
    fn a_program_reads_the_same() {
        let value: serde_json::Value = serde_json::from_str(&json(&report())).unwrap();
        assert_eq!(
            (
                value["passed"].as_bool(),
                value["listings"][1]["problems"][0]["line"].as_u64()
            ),
            (Some(false), Some(3))
        );
    }
}
