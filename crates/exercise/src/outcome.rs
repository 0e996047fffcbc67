//! What a test program's output says of its tests. Pure.

use std::sync::LazyLock;

use regex::Regex;

use book_listing::Language;
use book_toolchain::zig_output;

/// How one test ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TestVerdict {
    /// To its end, with nothing wrong and nothing leaked.
    Passed,
    /// It said of itself that it is not to be run.
    Skipped,
    /// It failed, in Zig with this error; Rust has none.
    Failed(String),
    /// It passed, and memory that it allocated was never freed.
    Leaked,
    /// The whole run stopped in it: a panic of Zig, a crash, an endless loop.
    Stopped,
}

/// One test, as the output tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestRun {
    /// As it is written in the source.
    pub name: String,
    /// How it ended, as far as the output tells.
    pub verdict: TestVerdict,
    /// What was printed while it ran, and about it afterwards.
    pub said: String,
}

impl TestRun {
    /// Whether it ended, and ended well.
    pub fn passed(&self) -> bool {
        matches!(self.verdict, TestVerdict::Passed | TestVerdict::Skipped)
    }
}

/// The tests that a run began, in their order, and how many there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tests {
    /// Those that were begun; what came after a crash is missing.
    pub runs: Vec<TestRun>,
    /// How many tests the program has, begun or not.
    pub total: usize,
}

impl Tests {
    /// Reads what a test program printed: in Zig that of `zig test`, in Rust that of `rustc --test` with one
    /// thread.
    pub fn read(output: &str, language: Language) -> Tests {
        match language {
            Language::Zig => read_zig(output),
            _ => read_rust(output),
        }
    }

    /// Puts Rust's tests into the order of their source, which goes from the simple to the hard; they run in
    /// that of their names.
    pub fn order_as_in(&mut self, source: &str) {
        let place = |run: &TestRun| source.find(&format!("fn {}(", run.name));
        self.runs
            .sort_by_key(|run| place(run).unwrap_or(usize::MAX));
    }

    /// Those that did not pass, in their order.
    pub fn failed(&self) -> impl Iterator<Item = &TestRun> {
        self.runs.iter().filter(|run| !run.passed())
    }

    /// How many passed; at most `total`.
    pub fn passed(&self) -> usize {
        self.runs.iter().filter(|run| run.passed()).count()
    }
}

/// `zig test` names a test by the file that it is in; the reader's tests are in `tests.zig`.
const NAME_PREFIX: &str = "tests.test.";

fn read_zig(output: &str) -> Tests {
    let mut tests = Tests::default();
    for line in output.lines() {
        // A program under test may print anything; the tests are counted, so the next one is known.
        let next = zig_output::test_begins(line).filter(|test| {
            test.number == tests.runs.len() + 1
                && (tests.runs.is_empty() || test.total == tests.total)
        });
        if let Some(test) = next {
            tests.total = test.total;
            let name = test.name.strip_prefix(NAME_PREFIX).unwrap_or(test.name);
            tests.runs.push(TestRun {
                name: name.to_string(),
                verdict: TestVerdict::Passed,
                said: test.rest.to_string(),
            });
        } else if tests.runs.len() == tests.total && zig_output::is_count_of_tests(line) {
            break;
        } else if let Some(run) = tests.runs.last_mut() {
            run.said.push('\n');
            run.said.push_str(line);
        }
    }
    for run in &mut tests.runs {
        run.verdict = zig_verdict(&run.said);
    }
    tests
}

fn zig_verdict(said: &str) -> TestVerdict {
    let stops =
        |line| zig_output::panic_within(line).is_some() || zig_output::crash(line).is_some();
    if said.lines().any(stops) {
        return TestVerdict::Stopped;
    }
    if let Some(error) = said.lines().rev().find_map(zig_output::test_failure) {
        return TestVerdict::Failed(error.to_string());
    }
    let ends = |word: &str| said.lines().any(|line| line.ends_with(word));
    if said.lines().any(|line| zig_output::leak(line).is_some()) {
        TestVerdict::Leaked
    } else if said.lines().any(zig_output::is_logged_error) {
        TestVerdict::Failed("LoggedError".to_string())
    } else if ends("OK") {
        TestVerdict::Passed
    } else if ends("SKIP") {
        TestVerdict::Skipped
    } else {
        TestVerdict::Stopped
    }
}

static RUST_TEST: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^test (\S+)(?: - should panic)? \.\.\. (.*)$").expect("a regex"));
static RUST_TOTAL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?m)^running (\d+) tests?$").expect("a regex"));

fn read_rust(output: &str) -> Tests {
    let mut tests = Tests::default();
    if let Some(found) = RUST_TOTAL.captures(output) {
        tests.total = found[1].parse().unwrap_or_default();
    }
    let mut lines = output.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(found) = RUST_TEST.captures(line) else {
            continue;
        };
        let name = found[1].to_string();
        let (verdict, said) = match &found[2] {
            "ok" => (TestVerdict::Passed, String::new()),
            "ignored" => (TestVerdict::Skipped, String::new()),
            "FAILED" => (TestVerdict::Failed(String::new()), rust_said(output, &name)),
            rest => {
                // The run ended in the middle of this test.
                let mut said = rest.to_string();
                for line in lines.by_ref() {
                    said.push('\n');
                    said.push_str(line);
                }
                (TestVerdict::Stopped, said.trim().to_string())
            }
        };
        tests.runs.push(TestRun {
            name,
            verdict,
            said,
        });
    }
    tests
}

/// What a failed test printed: Rust keeps it for the end of the run.
fn rust_said(output: &str, name: &str) -> String {
    let said = output
        .split(&format!("---- {name} stdout ----\n"))
        .nth(1)
        .unwrap_or_default();
    let said = said.split("\n---- ").next().unwrap_or_default();
    let said = said.split("\n\nfailures:").next().unwrap_or_default();
    said.trim().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdicts(output: &str, language: Language) -> Vec<(String, TestVerdict)> {
        Tests::read(output, language)
            .runs
            .into_iter()
            .map(|run| (run.name, run.verdict))
            .collect()
    }

    #[test]
    fn every_end_of_a_zig_test_is_told_from_the_others() {
        let output = "\
1/6 tests.test.Above keeps the order...OK
2/6 tests.test.Join allocates once...
hint: count first
FAIL (TestFailed)
tests.zig:9:5: in hint
    return error.TestFailed; // is not OK
3/6 tests.test.Split frees...OK
[SafeAllocator] (err): leaked [addr: 7f7cba3da010, len: 8 (0x8) align: 1] allocated at:
4/6 tests.test.Prints...what a reader prints OK
5/6 tests.test.Is for another machine...SKIP
6/6 tests.test.Split is whole...thread 12 panic: double free
";
        let failed = |error: &str| TestVerdict::Failed(error.to_string());
        let expected = [
            ("Above keeps the order", TestVerdict::Passed),
            ("Join allocates once", failed("TestFailed")),
            ("Split frees", TestVerdict::Leaked),
            ("Prints", TestVerdict::Passed),
            ("Is for another machine", TestVerdict::Skipped),
            ("Split is whole", TestVerdict::Stopped),
        ];
        assert_eq!(
            verdicts(output, Language::Zig),
            expected.map(|(name, verdict)| (name.to_string(), verdict))
        );
    }

    #[test]
    fn a_stopped_run_leaves_the_later_tests_out_and_knows_how_many_there_are() {
        let tests = Tests::read("1/9 A...OK\n2/9 B...3/4 of it...OK\n", Language::Zig);
        assert_eq!((tests.runs.len(), tests.total), (2, 9));
        assert_eq!(tests.passed(), 2);
        let tests = Tests::read("1/9 A...OK\n2/9 B...", Language::Zig);
        assert_eq!(tests.runs[1].verdict, TestVerdict::Stopped);
        assert_eq!(tests.runs[1].said, "");
    }

    #[test]
    fn the_counts_after_the_last_zig_test_are_not_its_words() {
        let tests = Tests::read(
            "1/1 A...OK\nAll 1 tests passed.\n1 tests leaked memory.\n",
            Language::Zig,
        );
        assert_eq!(tests.runs[0].said, "OK");
    }

    #[test]
    fn rusts_failed_tests_come_with_what_they_said() {
        let output = "running 2 tests\ntest fine ... ok\ntest broken ... FAILED\n\nfailures:\n\n---- broken stdout ----\nhint: look\n\nfailures:\n    broken\n";
        let tests = Tests::read(output, Language::Rust);
        assert_eq!(tests.total, 2);
        assert_eq!(tests.runs[1].said, "hint: look");
        assert_eq!(tests.failed().count(), 1);
    }

    #[test]
    fn the_order_is_that_of_the_source() {
        let output = "running 3 tests\ntest a ... ok\ntest b ... ok\ntest c ... ok\n";
        let mut tests = Tests::read(output, Language::Rust);
        tests.order_as_in("#[test]\nfn c() {}\n\n#[test]\nfn a() {}\n");
        let names: Vec<&str> = tests.runs.iter().map(|run| run.name.as_str()).collect();
        assert_eq!(names, ["c", "a", "b"]);
    }

    #[test]
    fn an_abort_stops_a_rust_run_in_the_test_that_is_named_last() {
        let output = "running 2 tests\ntest fine ... ok\ntest deep ... \nthread 'deep' has overflowed its stack\nfatal runtime error\n";
        let tests = Tests::read(output, Language::Rust);
        assert_eq!(tests.runs[1].verdict, TestVerdict::Stopped);
        assert!(
            tests.runs[1]
                .said
                .starts_with("thread 'deep' has overflowed")
        );
    }
}
