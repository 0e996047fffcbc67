//! Runs one built listing and says what happened.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use anyhow::{Context, Result, bail};
use regex::Regex;

use super::observation::{Observation, Reality};
use book_listing::{Language, Listing};
use book_support::files::write_whole;
use book_support::process::{Finished, ProcessEnd, Spec, is_crash};
use book_toolchain::zig_output;

/// The most that a listing may print, in bytes, before it is stopped. The trace of an overflowing stack, the
/// longest that a listing has reason to print, takes less.
const OUTPUT_LIMIT: usize = 4 << 20;

/// Whether a text announces a panic, of Zig or of Rust.
fn panics(text: &str) -> bool {
    static RUST: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?m)^thread '[^']*' (?:\(\d+\) )?panicked at ").unwrap());
    let of_zig = |line| zig_output::panic(line).is_some_and(|panic| panic.thread.is_some());
    text.lines().any(of_zig) || RUST.is_match(text)
}

/// One listing, ready to run.
pub struct ListingRun<'a> {
    /// The process, with its limits; where it runs is up to whoever runs it.
    pub spec: Spec,
    /// Whose output it is.
    pub listing: &'a Listing,
    /// The status with which a panic ends a program, if it is not by a signal.
    pub panic_status: Option<i32>,
    /// The work folder, in which the run gets a folder of its own.
    pub work: &'a Path,
}

/// How much processor time the compiler may take for a listing by itself, in seconds: three times what its run may. It
/// takes a second or two, and an optimized one ten.
pub(super) fn build_limit(listing: &Listing) -> u64 {
    3 * listing.declaration.timeout.as_secs().max(1)
}

/// Where the folders of runs are, inside the work folder.
pub const RUNS: &str = "runs";

/// Runs it, within its limits, in a new folder that holds the files which it names, and an empty home. `normalized` is
/// also told that folder.
///
/// # Errors
///
/// When it cannot be started, or is stopped by something that is none of its own doing.
pub fn observe_run(
    run: &ListingRun<'_>,
    normalized: impl Fn(&str, &Path) -> String,
) -> Result<Observation> {
    let mut folder = RunFolder::new(run)?;
    let mut finished = folder.run(run)?;
    if matches!(finished.end, ProcessEnd::Signaled(_)) && !panics(&finished.text()) {
        // A crash comes again; what somebody did from outside does not.
        folder = RunFolder::new(run)?;
        finished = folder.run(run)?;
        if let ProcessEnd::Signaled(signal) = finished.end
            && !is_crash(signal)
        {
            bail!(
                "{} was stopped by signal {signal} while it ran, twice, and not by what it does\n  \
                 hint: nothing of this is kept; run the command again, and if memory is short, free some",
                run.listing.path.display()
            );
        }
    }
    let normalized = |text: &str| normalized(text, folder.path());
    let text = match std::str::from_utf8(&finished.output) {
        Ok(text) => text.to_string(),
        Err(error) => {
            let reality = Reality::NotUtf8(error.valid_up_to());
            return Ok(Observation {
                reality,
                output: normalized(&finished.text()),
            });
        }
    };
    let listing = run.listing;
    let reality = match finished.end {
        ProcessEnd::TimedOut => Reality::TimedOut(listing.declaration.timeout.as_secs()),
        ProcessEnd::Hoarded | ProcessEnd::Canceled => {
            unreachable!("listings run without a limit on memory, to their end")
        }
        ProcessEnd::Flooded => Reality::Flooded(OUTPUT_LIMIT),
        _ if finished.left_children => Reality::LeftChildren,
        ProcessEnd::Signaled(_) => Reality::Panicked,
        ProcessEnd::Exited(status) if listing.declaration.expectation.is_test() => {
            tests_reality(&text, listing.language, status)
        }
        ProcessEnd::Exited(status) if run.panic_status == Some(status) && panics(&text) => {
            Reality::Panicked
        }
        ProcessEnd::Exited(0) if text.lines().any(|line| zig_output::leak(line).is_some()) => {
            Reality::Leaked
        }
        ProcessEnd::Exited(0) => Reality::Ran,
        ProcessEnd::Exited(status) => Reality::Failed(status),
    };
    Ok(Observation {
        reality,
        output: normalized(&text),
    })
}

/// What became of tests, by the last line that their runner prints: a test that ends the program keeps the rest from
/// being run, whatever its status says.
fn tests_reality(text: &str, language: Language, status: i32) -> Reality {
    match (summary(text, language), status) {
        (None, _) => Reality::EndedEarly(status),
        (Some(0), 0) => Reality::NoTests,
        // Python 3.12 and later say by this status that there was no test.
        (Some(0), 5) if language == Language::Python => Reality::NoTests,
        (Some(_), 0) => Reality::TestsPassed,
        (Some(_), _) => Reality::TestsFailed,
    }
}

/// How many tests were really run, as the runner says at its end; nothing if it did not come to its end.
fn summary(text: &str, language: Language) -> Option<usize> {
    static RUST: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:^|\n)test result: \w+\. (\d+) passed; (\d+) failed; [^\n]*\s*$").unwrap()
    });
    static PYTHON: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:^|\n)Ran (\d+) tests? in [^\n]*\n\s*(?:OK|FAILED|NO TESTS RAN)(?: \(([^\n]*)\))?\s*$").unwrap()
    });
    let number = |text: Option<regex::Match<'_>>| -> usize {
        text.and_then(|text| text.as_str().parse().ok())
            .unwrap_or(0)
    };
    match language {
        Language::Zig => zig_output::tests_run(text),
        Language::Rust => {
            let found = RUST.captures(text)?;
            Some(number(found.get(1)) + number(found.get(2)))
        }
        Language::Python => {
            let found = PYTHON.captures(text)?;
            let details = found.get(2).map_or("", |text| text.as_str());
            let skipped = details
                .split(", ")
                .find_map(|detail| detail.strip_prefix("skipped=")?.parse().ok())
                .unwrap_or(0);
            Some(number(found.get(1)).saturating_sub(skipped))
        }
    }
}

/// A folder for one run: what a run leaves there is gone with it, and no other run sees it.
struct RunFolder {
    folder: tempfile::TempDir,
}

impl RunFolder {
    fn new(run: &ListingRun<'_>) -> Result<RunFolder> {
        let runs = run.work.join(RUNS);
        fs::create_dir_all(&runs).with_context(|| format!("cannot make {}", runs.display()))?;
        let folder = tempfile::Builder::new()
            .prefix("run-")
            .tempdir_in(&runs)
            .with_context(|| format!("cannot make a folder in {}", runs.display()))?;
        let folder = RunFolder { folder };
        let listing = run.listing;
        for name in ["home", &listing.id.lesson] {
            let path = folder.path().join(name);
            fs::create_dir(&path).with_context(|| format!("cannot make {}", path.display()))?;
        }
        for support in &listing.support {
            write_whole(&folder.path().join(&support.path), &support.bytes)?;
        }
        if listing.language == Language::Python {
            let path = folder.path().join(listing.staged_path());
            write_whole(&path, listing.source.as_bytes())?;
        }
        Ok(folder)
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn run(&self, run: &ListingRun<'_>) -> Result<Finished> {
        let home = self.path().join("home");
        run.spec
            .clone()
            .clean_environment()
            .env("HOME", &home)
            .env("TMPDIR", &home)
            .folder(self.path().join(&run.listing.id.lesson))
            .timeout(run.listing.declaration.timeout)
            .output_limit(OUTPUT_LIMIT)
            .run()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_passed_only_if_their_runner_says_that_some_ran_to_their_end() {
        let zig = |text: &str, status| tests_reality(text, Language::Zig, status);
        let rust = |text: &str, status| tests_reality(text, Language::Rust, status);
        let python = |text: &str, status| tests_reality(text, Language::Python, status);
        let passed = "1/1 a.test.b...OK\nAll 1 tests passed.\n";
        assert_eq!(zig(passed, 0), Reality::TestsPassed);
        assert_eq!(zig("1/2 a.test.b...", 0), Reality::EndedEarly(0));
        assert_eq!(zig("All 0 tests passed.\n", 0), Reality::NoTests);
        assert_eq!(
            zig("1/1 a...SKIP\n0 passed; 1 skipped; 0 failed.\n", 0),
            Reality::NoTests
        );
        assert_eq!(
            zig("All 1 tests passed.\n1 tests leaked memory.\n", 1),
            Reality::TestsFailed
        );
        let result = |passed, ignored| {
            format!(
                "test result: ok. {passed} passed; 0 failed; {ignored} ignored; 0 measured; 0 filtered out; finished in 0.00s\n\n"
            )
        };
        assert_eq!(rust(&result(1, 0), 0), Reality::TestsPassed);
        assert_eq!(rust(&result(0, 0), 0), Reality::NoTests);
        assert_eq!(rust(&result(0, 2), 0), Reality::NoTests);
        assert_eq!(
            rust("running 2 tests\ntest a ... ", 0),
            Reality::EndedEarly(0)
        );
        assert_eq!(
            python("Ran 1 test in 0.011s\n\nOK\n", 0),
            Reality::TestsPassed
        );
        assert_eq!(
            python("Ran 2 tests in 0.0s\n\nOK (skipped=2)\n", 0),
            Reality::NoTests
        );
        assert_eq!(
            python("Ran 2 tests in 0.0s\n\nOK (skipped=1)\n", 0),
            Reality::TestsPassed
        );
        assert_eq!(
            python("Ran 0 tests in 0.0s\n\nNO TESTS RAN\n", 5),
            Reality::NoTests
        );
        assert_eq!(python("Ran 0 tests in 0.0s\n\nOK\n", 0), Reality::NoTests);
        assert_eq!(
            python("Ran 1 test in 0.0s\n\nFAILED (failures=1)\n", 1),
            Reality::TestsFailed
        );
        assert_eq!(python("test_a ... ", 0), Reality::EndedEarly(0));
    }
}
