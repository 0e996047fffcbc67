//! Reports as specifications: from what compilers and test programs print to what a reader sees.

use std::time::Duration;

use super::*;
use crate::testing;

fn attempted(outcome: AttemptOutcome) -> Attempted {
    Attempted {
        outcome,
        source: testing::exercise().languages[&Language::Zig]
            .starter
            .clone(),
        elapsed: Duration::from_millis(940),
    }
}

fn report(language: Language, outcome: AttemptOutcome) -> String {
    report_with(&Messages::default(), language, outcome)
}

/// The same in a book with an index of messages.
fn report_with(messages: &Messages, language: Language, outcome: AttemptOutcome) -> String {
    let exercise = testing::exercise();
    let view = ReportView {
        exercise: &exercise,
        language,
        style: Style::PLAIN,
        messages,
    };
    view.report(&attempted(outcome))
}

fn ran(output: &str, ending: Ending) -> String {
    let tests = Tests::read(output, Language::Zig);
    report(Language::Zig, AttemptOutcome::Ran(tests, ending))
}

#[test]
fn the_first_failed_test_comes_with_its_hint_the_place_and_what_is_next() {
    let output = "\
1/4 tests.test.One...OK
2/4 tests.test.Double doubles...
hint: two times
FAIL (TestFailed)
/b/exercises/03_allocator/tests.zig:1:9: 0x12 in test.Double doubles (tests.zig)
3/4 tests.test.Double frees...OK
[SafeAllocator] (err): leaked [addr: 7f, len: 8 (0x8) align: 1] allocated at:
4/4 tests.test.Four...OK
2 passed; 0 skipped; 1 failed.
";
    assert_eq!(
        ran(output, Ending::Failed),
        "\
✓✗✗✓  2 of 4 tests pass  0.9 s

✗ Double doubles
  hint: two times

  the test asks, exercises/03_allocator/tests.zig:1
  →    1 │ test \"Double doubles\" {}

(1 test after it fails too; first things first)
"
    );
}

#[test]
fn a_panic_shows_the_readers_line_and_what_did_not_run() {
    let output = "\
1/3 tests.test.Double doubles...thread 12 panic: integer overflow
/b/my-exercises/03_allocator/exercise.zig:2:14: 0x12 in double (exercise.zig)
    return x;
             ^
/b/exercises/03_allocator/tests.zig:1:9: 0x12 in test.Double doubles (tests.zig)
";
    assert_eq!(
        ran(output, Ending::Failed),
        "\
✗··  0 of 3 tests pass  0.9 s

✗ Double doubles
  The run stopped here: integer overflow.

  it stopped here, my-exercises/03_allocator/exercise.zig:2
       1 │ pub fn double(x: u8) u8 {
  →    2 │     return x;
       3 │ }

Next: A number left the range of its type; a `usize` cannot go below 0. For which input
does that happen?

(2 tests did not run; first things first)
"
    );
}

#[test]
fn a_compile_error_is_shown_whole_and_the_others_are_counted() {
    let errors = vec![
        "my-exercises/03_allocator/exercise.zig:2:9: error: unused local constant\n    const y = x;\n          ^\n".to_string(),
        "my-exercises/03_allocator/exercise.zig:4:1: error: another\n    z\n".to_string(),
    ];
    assert_eq!(
        report(Language::Zig, AttemptOutcome::DoesNotBuild(errors)),
        "\
✗ It does not compile yet  0.9 s

  my-exercises/03_allocator/exercise.zig:2:9: error: unused local constant
      const y = x;
            ^

1 error after it, which may go with the first:
  my-exercises/03_allocator/exercise.zig:4:1: error: another

Next: Zig wants every name to be used. Until you use it, `_ = name;` says that this is
meant.
"
    );
}

#[test]
fn rusts_errors_point_to_its_own_explanation() {
    let error = "error[E0382]: borrow of moved value: `xs`\n --> my-exercises/03_allocator/exercise.rs:2:5\n";
    let text = report(
        Language::Rust,
        AttemptOutcome::DoesNotBuild(vec![error.to_string()]),
    );
    assert!(
        text.contains("Next: `rustc --explain E0382` says more."),
        "{text}"
    );
}

#[test]
fn passing_means_that_every_test_ran() {
    let all = "1/2 tests.test.A...OK\n2/2 tests.test.B...OK\nAll 2 tests passed.\n";
    assert_eq!(
        ran(all, Ending::Passed),
        "✓ It passes: all 2 tests, and nothing leaks  0.9 s\n"
    );
    // A file that ends the program early must not count as solved.
    let early = "1/2 tests.test.A...OK\n";
    assert!(ran(early, Ending::Passed).starts_with("✓·  1 of 2 tests pass"));
}

#[test]
fn the_tests_are_listed_and_the_first_that_fails_is_shown() {
    let exercise = testing::exercise();
    let view = ReportView {
        exercise: &exercise,
        language: Language::Rust,
        style: Style::PLAIN,
        messages: &Messages::default(),
    };
    let output = "running 2 tests\ntest fine ... ok\ntest double_doubles ... FAILED\n";
    let mut tests = Tests::read(output, Language::Rust);
    tests.runs[1].name = "double_doubles".to_string();
    let attempted = attempted(AttemptOutcome::Ran(tests, Ending::Failed));
    let text = view.tests(Some(&attempted));
    assert!(text.contains("  ✓ fine\n  ✗ double_doubles\n"), "{text}");
    assert!(view.tests(None).contains("   1 │ #[test]"));
}

#[test]
fn the_index_of_the_book_explains_what_has_no_advice_of_its_own_and_is_named() {
    let messages = Messages::read(
        "\
## Zig refuses

`unused …`
: Use it.

`expected type '…', found '…'`
: Another type is wanted.
  See [lesson 2](a.md).

## It stops

`integer overflow`
: Too large.
",
    );
    let refused = |error: &str| {
        let errors = vec![format!(
            "my-exercises/03_allocator/exercise.zig:2:9: error: {error}\n"
        )];
        report_with(
            &messages,
            Language::Zig,
            AttemptOutcome::DoesNotBuild(errors),
        )
    };
    let text = refused("expected type 'u8', found 'bool'");
    assert!(
        text.ends_with(
            "\nNext: Another type is wanted.\n\
             In the book: Index of messages, “expected type '…', found '…'”\n\
             (src/reference/messages.md:6)\n"
        ),
        "{text}"
    );
    let text = refused("unused local constant");
    assert!(text.contains("Next: Zig wants every name"), "{text}");
    assert!(
        text.ends_with("“unused …” (src/reference/messages.md:3)\n"),
        "{text}"
    );
    assert!(!refused("what nobody knows").contains("In the book"));

    let output = "1/1 tests.test.Double doubles...thread 12 panic: integer overflow\n";
    let ran = AttemptOutcome::Ran(Tests::read(output, Language::Zig), Ending::Failed);
    let text = report_with(&messages, Language::Zig, ran);
    assert!(
        text.contains(
            "In the book: Index of messages, “integer overflow” (src/reference/messages.md:12)\n"
        ),
        "{text}"
    );
}
