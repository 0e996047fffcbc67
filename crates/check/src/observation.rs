//! What really happened when a listing was built and run, and whether that is what it declares. Pure.

use serde::{Deserialize, Serialize};
use similar::TextDiff;

use book_listing::{Expectation, Language, Listing};
use book_support::diagnostic::Diagnostic;

/// How a build and a run ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reality {
    /// It exited with 0 and reported no leak.
    Ran,
    /// It exited with this status.
    Failed(i32),
    /// It reported a leak, and exited with 0.
    Leaked,
    /// It was stopped by a panic, a crash, or an uncaught exception.
    Panicked,
    /// All of its tests ran and passed, and nothing leaked.
    TestsPassed,
    /// A test failed or leaked.
    TestsFailed,
    /// There is no test, or every one was skipped.
    NoTests,
    /// The program ended with this status before its tests had.
    EndedEarly(i32),
    /// The compiler refused it.
    DoesNotBuild,
    /// The compiler was stopped after this many seconds of processor time.
    BuildTimedOut(u64),
    /// The compiler read this, and the listing does not name it.
    ReadUnseen(String),
    /// It builds; it was not run, because it is declared not to.
    Builds,
    /// It was stopped after this many seconds.
    TimedOut(u64),
    /// It was stopped after it had printed this many bytes.
    Flooded(usize),
    /// It ended and left processes behind.
    LeftChildren,
    /// What it printed is not UTF-8; the first wrong byte is at this offset.
    NotUtf8(usize),
}

impl Reality {
    /// What happened, to follow "it".
    pub fn sentence(&self) -> String {
        match self {
            Reality::Ran => "ran to its end and exited with 0".into(),
            Reality::Failed(status) => format!("exited with {status}"),
            Reality::Leaked => "leaked".into(),
            Reality::Panicked => "panicked".into(),
            Reality::TestsPassed => "passed all its tests".into(),
            Reality::TestsFailed => "failed its tests".into(),
            Reality::ReadUnseen(what) => format!("reads {what}, which its text does not name"),
            Reality::NoTests => "ran no test: it has none, or skips all".into(),
            Reality::EndedEarly(status) => {
                format!("ended with {status} before all its tests had run")
            }
            Reality::DoesNotBuild => "does not build".into(),
            Reality::Builds => "builds without an error".into(),
            Reality::BuildTimedOut(seconds) => {
                format!(
                    "does not come to an end in the compiler, which was stopped after {seconds} s"
                )
            }
            Reality::TimedOut(seconds) => {
                format!("was still running after {seconds} s and was stopped")
            }
            Reality::Flooded(bytes) => format!("printed more than {bytes} bytes and was stopped"),
            Reality::LeftChildren => "left processes behind; they were stopped".into(),
            Reality::NotUtf8(offset) => {
                format!("printed bytes that are not UTF-8 (the first at byte {offset})")
            }
        }
    }

    /// Whether it can be taken for granted when nothing has changed. What depends on the machine's load
    /// cannot.
    pub fn is_lasting(&self) -> bool {
        !matches!(
            self,
            Reality::BuildTimedOut(_)
                | Reality::TimedOut(_)
                | Reality::Flooded(_)
                | Reality::LeftChildren
        )
    }

    fn fulfils(&self, expectation: &Expectation) -> bool {
        matches!(
            (expectation, self),
            (Expectation::Run, Reality::Ran)
                | (Expectation::Test, Reality::TestsPassed)
                | (Expectation::CompileError(_), Reality::DoesNotBuild)
                | (Expectation::Panic(_), Reality::Panicked)
                | (Expectation::Leak, Reality::Leaked)
                | (Expectation::TestFailure(_), Reality::TestsFailed)
        )
    }

    /// The declaration that this would fulfill.
    fn declared_as(&self) -> Option<&'static str> {
        match self {
            Reality::Ran => Some("run"),
            Reality::Leaked => Some("leak"),
            Reality::Panicked => Some("panic: TEXT"),
            Reality::TestsPassed => Some("test"),
            Reality::TestsFailed => Some("test-failure: TEXT"),
            Reality::DoesNotBuild => Some("compile-error: TEXT"),
            _ => None,
        }
    }
}

/// What happened, and what was printed, normalized.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observation {
    /// How it ended.
    pub reality: Reality,
    /// Both streams as a reader sees them, or what the compiler said.
    pub output: String,
}

impl Observation {
    /// Nothing was printed.
    pub fn silent(reality: Reality) -> Observation {
        Observation {
            reality,
            output: String::new(),
        }
    }
}

/// Whether a listing is what it declares, and prints what was recorded.
///
/// # Errors
///
/// What is not so, and whether blessing would mend it.
pub fn judge(listing: &Listing, seen: &Observation) -> Result<(), Failure> {
    let declaration = &listing.declaration;
    let expectation = &declaration.expectation;
    let mark = listing.language.declaration_mark();
    if !seen.reality.fulfils(expectation) {
        let hint = match (&seen.reality, seen.reality.declared_as()) {
            (Reality::TimedOut(_), _) => {
                format!("mend the loop, or allow more with `{mark} timeout: SECONDS`")
            }
            (Reality::Flooded(_), _) => "print less: a reader cannot read this much".into(),
            (Reality::LeftChildren, _) => "wait for every process that the listing starts".into(),
            (Reality::BuildTimedOut(_), _) if listing.language == Language::Zig => {
                "mend the loop that runs at compile time, or lower `@setEvalBranchQuota`".into()
            }
            (Reality::BuildTimedOut(_), _) => "mend what is worked out at compile time".into(),
            (Reality::ReadUnseen(_), _) => {
                "name each file in one plain string, so that a change of it is a change of the listing".into()
            }
            (Reality::NoTests, _) => "write a test that runs".into(),
            (Reality::EndedEarly(_), _) => "let each test return, and not end the program".into(),
            (Reality::NotUtf8(_), _) => "print text, or bytes as numbers".into(),
            (_, Some(word)) => {
                format!("mend the listing, or declare `{mark} {word}` if this is what it shows")
            }
            _ => "mend the listing".into(),
        };
        let line = first_line_named(&seen.output, listing).unwrap_or(declaration.line);
        return Err(Failure::Wrong(
            Diagnostic::new(
                &listing.path,
                format!(
                    "declared `{}`, but it {}",
                    expectation.word(),
                    seen.reality.sentence()
                ),
            )
            .line(line)
            .detail(shorten(&seen.output))
            .hint(hint),
        ));
    }
    if let Some(text) = expectation.text()
        && !seen.output.contains(text)
    {
        return Err(Failure::Wrong(
            Diagnostic::new(
                &listing.path,
                format!(
                    "declared `{}: {text}`, but what is printed does not contain that",
                    expectation.word()
                ),
            )
            .line(declaration.line)
            .detail(shorten(&seen.output))
            .hint("mend the listing, or declare a text of this message"),
        ));
    }
    let bless = format!(
        "if this is right: cargo xtask test-listings {} --bless",
        listing.id
    );
    match &listing.recorded {
        Some(recorded) if *recorded == seen.output => Ok(()),
        Some(recorded) => {
            let line = first_difference(recorded, &seen.output);
            Err(Failure::Unrecorded(
                Diagnostic::new(
                    listing.out_path(),
                    format!(
                        "{} prints something else than was recorded",
                        listing.path.display()
                    ),
                )
                .line(line)
                .detail(diff(recorded, &seen.output))
                .hint(bless),
            ))
        }
        None => Err(Failure::Unrecorded(
            Diagnostic::new(&listing.path, "its output has not been recorded")
                .line(declaration.line)
                .detail(shorten(&seen.output))
                .hint(bless),
        )),
    }
}

/// What is wrong with a listing that was seen to do this and then that.
pub fn judge_unsteady(listing: &Listing, first: &Observation, second: &Observation) -> Diagnostic {
    let message = if first.reality == second.reality {
        "it prints something else each time, so nothing can be recorded".to_string()
    } else {
        format!(
            "it {}, and another time it {}, so nothing can be recorded",
            first.reality.sentence(),
            second.reality.sentence()
        )
    };
    let diff = TextDiff::from_lines(&first.output, &second.output);
    let detail = diff
        .unified_diff()
        .context_radius(2)
        .header("printed first", "printed then")
        .to_string();
    Diagnostic::new(&listing.path, message)
        .line(listing.declaration.line)
        .detail(shorten(&detail))
        .hint("print no times, addresses, random numbers or what undefined memory holds")
}

/// Why a listing is not what it declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Blessing would not mend it.
    Wrong(Diagnostic),
    /// It does what it declares, and only the recorded output is missing or stale.
    Unrecorded(Diagnostic),
}

impl Failure {
    /// What there is to report, whichever of the two it is.
    pub fn diagnostic(&self) -> &Diagnostic {
        match self {
            Failure::Wrong(diagnostic) | Failure::Unrecorded(diagnostic) => diagnostic,
        }
    }
}

/// The line of the listing that its output names first.
fn first_line_named(output: &str, listing: &Listing) -> Option<usize> {
    let file = format!("{}.{}", listing.id.stem, listing.language.extension());
    for (start, _) in output.match_indices(&file) {
        let rest = &output[start + file.len()..];
        let rest = rest
            .strip_prefix(':')
            .or_else(|| rest.strip_prefix("\", line "));
        let digits: String = rest
            .unwrap_or_default()
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        if let Ok(line) = digits.parse() {
            return Some(line);
        }
    }
    None
}

/// A unified diff, recorded against printed.
pub fn diff(recorded: &str, printed: &str) -> String {
    let diff = TextDiff::from_lines(recorded, printed);
    let text = diff
        .unified_diff()
        .context_radius(2)
        .header("recorded", "printed now")
        .to_string();
    shorten(&text)
}

/// The first line, counted from 1, in which the two differ.
fn first_difference(recorded: &str, printed: &str) -> usize {
    let same = recorded
        .lines()
        .zip(printed.lines())
        .take_while(|(a, b)| a == b)
        .count();
    (same + 1).min(recorded.lines().count().max(1))
}

/// At most forty lines: enough to see what is wrong.
fn shorten(text: &str) -> String {
    const MOST: usize = 40;
    let count = text.lines().count();
    if count <= MOST {
        return text.to_string();
    }
    let head: Vec<&str> = text.lines().take(MOST).collect();
    format!("{}\n… and {} lines more", head.join("\n"), count - MOST)
}

/// The diagnostic for a twin that prints something else than its Zig listing, which declares `same-output`.
pub fn judge_twin(
    zig: &Listing,
    zig_output: &str,
    twin: &Listing,
    twin_output: &str,
) -> Option<Diagnostic> {
    (zig_output != twin_output).then(|| {
        Diagnostic::new(
            &twin.path,
            format!(
                "prints something else than its Zig twin, and {} declares `same-output`",
                zig.path.display()
            ),
        )
        .line(twin.declaration.line)
        .detail(
            TextDiff::from_lines(zig_output, twin_output)
                .unified_diff()
                .context_radius(2)
                .header("Zig", &twin.language.to_string())
                .to_string(),
        )
        .hint("make them print the same text, or remove `same-output` from the Zig listing")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use book_listing::testing;

    fn listing(head: &str, recorded: Option<&str>) -> Listing {
        let source = format!("{head}\nconst a = 1;\n");
        testing::listing("03_allocator/a.zig", &source, recorded)
    }

    fn seen(reality: Reality, output: &str) -> Observation {
        Observation {
            reality,
            output: output.into(),
        }
    }

    #[test]
    fn what_is_declared_and_recorded_passes() {
        assert_eq!(
            judge(&listing("//@ run", Some("4\n")), &seen(Reality::Ran, "4\n")),
            Ok(())
        );
    }

    #[test]
    fn a_better_reality_fails_as_a_worse_one_does() {
        for (head, reality) in [
            ("//@ panic: overflow", Reality::Ran),
            ("//@ compile-error: x", Reality::Builds),
            ("//@ leak", Reality::Ran),
            ("//@ test-failure: x", Reality::TestsPassed),
            ("//@ run", Reality::Leaked),
            ("//@ run", Reality::Failed(1)),
            ("//@ test", Reality::TestsFailed),
            ("//@ test", Reality::NoTests),
            ("//@ test", Reality::EndedEarly(0)),
            ("//@ test-failure: x", Reality::EndedEarly(1)),
            ("//@ run", Reality::TimedOut(10)),
        ] {
            let verdict = judge(&listing(head, Some("")), &seen(reality.clone(), ""));
            let Err(Failure::Wrong(diagnostic)) = verdict else {
                panic!("{head} with {reality:?}: {verdict:?}")
            };
            assert!(diagnostic.hint.is_some());
        }
    }

    #[test]
    fn a_failure_names_the_line_that_the_output_names() {
        let verdict = judge(
            &listing("//@ run", None),
            &seen(Reality::Panicked, "panic: x\na.zig:2:7: in main\n"),
        );
        assert_eq!(verdict.unwrap_err().diagnostic().line, Some(2));
    }

    #[test]
    fn an_error_for_another_reason_than_declared_fails() {
        let verdict = judge(
            &listing(
                "//@ compile-error: expected type 'u8'",
                Some("a.zig:2:1: error: other\n"),
            ),
            &seen(Reality::DoesNotBuild, "a.zig:2:1: error: other\n"),
        );
        assert!(matches!(verdict, Err(Failure::Wrong(_))));
    }

    #[test]
    fn recorded_output_that_is_missing_or_stale_can_be_blessed() {
        let missing = judge(&listing("//@ run", None), &seen(Reality::Ran, "4\n")).unwrap_err();
        assert!(matches!(missing, Failure::Unrecorded(_)));
        let stale = judge(
            &listing("//@ run", Some("1\n3\n")),
            &seen(Reality::Ran, "1\n4\n"),
        )
        .unwrap_err();
        let diagnostic = stale.diagnostic();
        assert_eq!(
            (diagnostic.path.to_str(), diagnostic.line),
            (Some("listings/03_allocator/a.zig.out"), Some(2))
        );
        assert!(diagnostic.detail.as_deref().unwrap().contains("-3\n+4\n"));
    }
}
