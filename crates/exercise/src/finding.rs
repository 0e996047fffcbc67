//! From what a failed test printed to what a reader should see first: what happened, the test's own hint, where,
//! and what to look at next. Pure.

use std::collections::BTreeSet;

use super::attempt::Ending;
use super::outcome::{TestRun, TestVerdict};
use super::story::{Passage, SourcePlace, WhichFile};
use book_toolchain::zig_output::{self, ForcedFailure, TraceOf};

/// The most lines of a test's own words that are shown.
const DETAILS: usize = 14;

/// What is to be said of a failed test.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Finding {
    /// What happened, where the test's own hint does not say it: a sentence.
    pub headline: Option<String>,
    /// The test's own hints.
    pub hints: Vec<String>,
    /// What was expected and what was found, in the test's own words.
    pub details: Vec<String>,
    /// Places in the reader's file, each with what happened there.
    pub places: Vec<(&'static str, SourcePlace)>,
    /// Where the test asks.
    pub test: Option<SourcePlace>,
    /// What to look at next.
    pub advice: Option<&'static str>,
}

/// What a test prints and what to make of it. The first that fits counts.
const ADVICE: [(&str, &str); 21] = [
    (
        "fail_index: ",
        "What the function held when that allocation failed was never freed. `errdefer` frees on the way out with an error.",
    ),
    (
        "double free",
        "Two places free the same memory. Decide which of them owns it; only the owner frees.",
    ),
    (
        "mismatches alloc",
        "What is freed must be exactly what was allocated: the whole of it, with the same allocator.",
    ),
    (
        "of invalid memory",
        "What is freed must be exactly what was allocated: not a part of it, not another allocator's, not the stack's.",
    ),
    (
        "corrupted",
        "Something wrote outside of what it was given. Compare each index with the length that was asked for.",
    ),
    (
        "leaked [",
        "Who owns this memory when the test ends? Follow it to every way out, those with an error too.",
    ),
    (
        "SwallowedOutOfMemoryError",
        "An allocation may fail, and the caller has to learn of it: pass the error on with `try`.",
    ),
    (
        "FAIL (Todo)",
        "This function is still the starter's. Write it; then save.",
    ),
    (
        "FAIL (OutOfMemory)",
        "It asked for more than there is: the test's allocator is small on purpose, or lets an allocation fail.",
    ),
    (
        "overflow",
        "A number left the range of its type; a `usize` cannot go below 0. For which input does that happen?",
    ),
    (
        "out of bounds",
        "Which length does it have, and which index is the last that you use? Think of the first and the last round.",
    ),
    (
        "Segmentation fault",
        "It used an address that is no memory of its own any more: freed, or of a function that has returned.",
    ),
    (
        "overflowed its stack",
        "A function calls itself for ever, or a local variable is too large for the stack.",
    ),
    (
        "unreachable code",
        "An `assert` or `unreachable` says that this cannot happen. It did: what did the code before it leave out?",
    ),
    (
        "null value",
        "It said `.?` of something that is null. When is it, and what is to be done then?",
    ),
    (
        "`None` value",
        "It unwrapped a `None`. When is there nothing, and what is to be done then?",
    ),
    (
        "already borrowed",
        "A `RefCell` was borrowed twice at the same time. How long does the first borrow live?",
    ),
    (
        "already mutably borrowed",
        "A `RefCell` was borrowed twice at the same time. How long does the first borrow live?",
    ),
    (
        "overlap",
        "`@memcpy` wants two places that do not overlap, of the same length.",
    ),
    (
        "@memcpy",
        "`@memcpy` wants two places that do not overlap, of the same length.",
    ),
    (
        "left == right",
        "Compare the two values: `left` is what the test got, `right` mostly what it wants.",
    ),
];

/// What to say of `run`, whose words are `parts`. `ending` is that of the whole run.
pub(crate) fn find(run: &TestRun, parts: &[Passage], ending: Ending) -> Finding {
    let mut finding = Finding {
        headline: headline(run, parts, ending),
        advice: match ending {
            Ending::TimedOut(_) => {
                Some("A loop does not end. In which round should it, and why does it not?")
            }
            Ending::Hoarded => Some(
                "Memory is taken again and again: a loop that does not end, or a size that grows too far?",
            ),
            Ending::Flooded => Some("Something prints again and again: a loop that does not end?"),
            _ => ADVICE
                .iter()
                .find(|(needle, _)| run.said.contains(needle))
                .map(|(_, advice)| *advice),
        },
        ..Finding::default()
    };
    for part in parts {
        for line in &part.text {
            if let Some(hint) = line.trim_start().strip_prefix("hint: ") {
                finding.hints.push(hint.to_string());
            } else if let Some(detail) = detail(line) {
                finding.details.push(detail);
            }
        }
        if let (Some(what), Some(site)) = (place(part), part.reader_site()) {
            finding.places.push((what, site.clone()));
        }
        let asks = part
            .sites
            .iter()
            .rfind(|site| site.file == WhichFile::Tests);
        finding.test = asks.cloned().or(finding.test);
    }
    if finding.details.len() > DETAILS {
        let more = finding.details.len() - DETAILS;
        finding.details.truncate(DETAILS);
        finding.details.push(format!("… and {more} lines more"));
    }
    // The same line is not worth two excerpts: an allocation that fails is also where the error comes from.
    let mut seen = BTreeSet::new();
    finding.places.retain(|(_, site)| seen.insert(site.line));
    finding
}

fn headline(run: &TestRun, parts: &[Passage], ending: Ending) -> Option<String> {
    let mut text = parts.iter().flat_map(|part| &part.text);
    match (&run.verdict, ending) {
        (TestVerdict::Stopped, Ending::TimedOut(Some(seconds))) => Some(format!(
            "It was still running after {seconds} s and was stopped."
        )),
        (TestVerdict::Stopped, Ending::TimedOut(None)) => {
            Some("It came to no end and was stopped.".to_string())
        }
        (TestVerdict::Stopped, Ending::Hoarded) => {
            Some("It took more than 1 GiB of memory and was stopped.".to_string())
        }
        (TestVerdict::Stopped, Ending::Flooded) => {
            Some("It printed more than a reader can read and was stopped.".to_string())
        }
        (TestVerdict::Stopped, _) => Some(match text.find_map(|line| stop(line)) {
            Some(why) => format!("The run stopped here: {why}."),
            None => "The run ended in the middle of this test.".to_string(),
        }),
        (TestVerdict::Leaked, _) => {
            let leaks = run.said.lines().filter_map(zig_output::leak);
            let sizes: Vec<u64> = leaks.filter_map(|leak| leak.size).collect();
            let bytes = count(sizes.iter().sum(), "byte");
            Some(match sizes.len() {
                1 => format!("It passes, but {bytes} of what it allocated stay allocated."),
                many => format!("It passes, but {bytes} stay allocated, in {many} allocations."),
            })
        }
        // Even where the test turned the error into a hint.
        (TestVerdict::Failed(error), _) => forced_failure(text).or_else(|| match error.as_str() {
            "SwallowedOutOfMemoryError" => {
                Some("An allocation failed, and the function returned no error.".to_string())
            }
            "LoggedError" => Some("It logged an error.".to_string()),
            "" => None,
            error if error.starts_with("Test") => None,
            error => Some(format!("It returned `error.{error}`.")),
        }),
        _ => None,
    }
}

/// Why a run stopped, if this line says it.
fn stop(line: &str) -> Option<String> {
    let why = match zig_output::panic_within(line) {
        Some(panic) => panic.message,
        None if zig_output::crash(line) == Some("Segmentation fault") => {
            "it used memory that is not there"
        }
        None if line.contains("overflowed its stack") => "its stack overflowed",
        None => return None,
    };
    let why = zig_output::with_blocks_as(why, |size| count(size, "byte"));
    Some(why.trim_end_matches('.').to_string())
}

/// What `checkAllAllocationFailures` says of a leak, in one sentence.
fn forced_failure<'a>(text: impl Iterator<Item = &'a String>) -> Option<String> {
    let (mut which, mut allocated, mut freed) = (None, 0u64, 0u64);
    for told in text.filter_map(|line| zig_output::forced_failure(line)) {
        match told {
            ForcedFailure::Allocation(number, of) => {
                which = Some(format!("allocation {number} of {of}"));
            }
            ForcedFailure::Allocated(bytes) => allocated = bytes,
            ForcedFailure::Freed(bytes) => freed = bytes,
            ForcedFailure::Count => {}
        }
    }
    let stay = count(allocated.saturating_sub(freed), "byte");
    Some(format!("When {} fails, {stay} stay allocated.", which?))
}

/// What happened at the places of a part.
fn place(part: &Passage) -> Option<&'static str> {
    let label = part.label();
    Some(match zig_output::trace_label(label) {
        Some(TraceOf::Allocation) => "allocated here",
        Some(TraceOf::Free) => "freed here",
        Some(TraceOf::SecondFree) => "and freed here again",
        Some(TraceOf::ForcedFailure) => "this allocation was made to fail",
        None if zig_output::leak(label).is_some() => "allocated here, and never freed",
        None if zig_output::test_failure(label).is_some() => "the error comes from here",
        None => "it stopped here",
    })
}

/// A line of the test's own words that is worth showing.
fn detail(line: &str) -> Option<String> {
    let known = zig_output::test_failure(line).is_some()
        || line == "OK"
        || line == zig_output::TRUNCATED
        || zig_output::leak(line).is_some()
        || zig_output::forced_failure(line).is_some()
        || zig_output::trace_label(line).is_some()
        || stop(line).is_some();
    if known {
        return None;
    }
    match zig_output::rule(line) {
        Some(words) => words.map(str::to_string),
        None => Some(line.to_string()),
    }
}

/// `1 byte`, `2 bytes`.
pub(crate) fn count(number: u64, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::{PathEnds, parts};
    use book_listing::Language;

    const FILES: PathEnds<'static> = PathEnds {
        reader: "exercise.zig",
        tests: "tests.zig",
    };

    fn finding(verdict: TestVerdict, said: &str, ending: Ending) -> Finding {
        let run = TestRun {
            name: "A".to_string(),
            verdict,
            said: said.to_string(),
        };
        find(&run, &parts(said, Language::Zig, FILES), ending)
    }

    fn lines(finding: &Finding) -> Vec<(&'static str, usize)> {
        let lines = finding.places.iter();
        lines.map(|(what, site)| (*what, site.line)).collect()
    }

    #[test]
    fn a_leak_names_its_size_and_where_it_was_allocated() {
        let said = "OK
[SafeAllocator] (err): leaked [addr: 7f7cba3da010, len: 12 (0xc) align: 4] allocated at:\x20
/b/exercise.zig:68:30: 0x12 in split (exercise.zig)
    const low = try gpa.alloc(f32, 3);
                             ^
/b/tests.zig:107:37: 0x12 in test.A (tests.zig)
    x
    ^
";
        let finding = finding(TestVerdict::Leaked, said, Ending::Failed);
        assert_eq!(
            finding.headline.as_deref(),
            Some("It passes, but 12 bytes of what it allocated stay allocated.")
        );
        assert_eq!(lines(&finding), [("allocated here, and never freed", 68)]);
        assert_eq!(finding.test.as_ref().unwrap().line, 107);
        assert!(finding.advice.unwrap().starts_with("Who owns this memory"));
        assert_eq!(finding.details, [""; 0]);
    }

    #[test]
    fn a_double_free_shows_its_three_places() {
        let said = "thread 7 panic: double free of [addr: 7f, len: 12 (0xc) align: 4]
alloc:\x20
/b/exercise.zig:1:1: 0x1 in a (exercise.zig)
first free:\x20
/b/exercise.zig:2:1: 0x1 in a (exercise.zig)
second free:
/b/exercise.zig:3:1: 0x1 in a (exercise.zig)
";
        let finding = finding(TestVerdict::Stopped, said, Ending::Failed);
        assert_eq!(
            finding.headline.as_deref(),
            Some("The run stopped here: double free of 12 bytes.")
        );
        assert_eq!(
            lines(&finding),
            [
                ("allocated here", 1),
                ("freed here", 2),
                ("and freed here again", 3)
            ]
        );
    }

    #[test]
    fn a_leak_after_a_forced_failure_says_which_allocation() {
        let said = "(additional stack frames may have been skipped...)
fail_index: 1/3
allocated bytes: 5
freed bytes: 1
allocations: 2
deallocations: 1
allocation that was made to fail:\x20
/b/exercise.zig:38:34: 0x1 in join (exercise.zig)
        text = try x
                  ^

hint: who frees the first?
FAIL (TestFailed)
/b/exercise.zig:38:16: 0x1 in join (exercise.zig)
[SafeAllocator] (err): leaked [addr: 7f7cba3da010, len: 4 (0xc) align: 4] allocated at:\x20
/b/exercise.zig:36:30: 0x12 in join (exercise.zig)
";
        let failed = TestVerdict::Failed("TestFailed".to_string());
        let finding = finding(failed, said, Ending::Failed);
        assert_eq!(
            finding.headline.as_deref(),
            Some("When allocation 2 of 3 fails, 4 bytes stay allocated.")
        );
        assert_eq!(
            lines(&finding),
            [
                ("this allocation was made to fail", 38),
                ("allocated here, and never freed", 36)
            ]
        );
        assert!(finding.advice.unwrap().contains("`errdefer`"));
        assert_eq!(finding.details, [""; 0]);
    }

    #[test]
    fn a_comparison_keeps_its_values_and_loses_its_rules() {
        let said = "slices differ. first difference occurs at index 0 (0x0)

============ expected this output: =============  len: 1 (0x1)

[0]: 0.1

============= instead found this: ==============  len: 1 (0x1)

[0]: 0.2

================================================

hint: look again
FAIL (TestFailed)
/b/tests.zig:11:5: 0x1 in hint (tests.zig)
/b/tests.zig:72:9: 0x1 in test.A (tests.zig)
";
        let failed = TestVerdict::Failed("TestFailed".to_string());
        let finding = finding(failed, said, Ending::Failed);
        assert_eq!(finding.headline, None);
        assert_eq!(finding.hints, ["look again"]);
        assert_eq!(
            finding.details,
            [
                "slices differ. first difference occurs at index 0 (0x0)",
                "expected this output:",
                "[0]: 0.1",
                "instead found this:",
                "[0]: 0.2"
            ]
        );
        assert_eq!(finding.test.unwrap().line, 72);
    }

    #[test]
    fn an_endless_loop_is_called_one() {
        let finding = finding(TestVerdict::Stopped, "", Ending::TimedOut(Some(10)));
        assert!(finding.headline.unwrap().contains("10 s"));
        assert!(finding.advice.unwrap().contains("loop"));
    }
}
