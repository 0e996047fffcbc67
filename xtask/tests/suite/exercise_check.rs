//! `cargo xtask exercise --check` and the gate from the outside: which exercises are refused, and in which words.

use std::time::{Duration, SystemTime};

use crate::support::exercise::{ZIG_SOLUTION, rust, zig};
use crate::support::{Book, set_dates};

#[test]
fn a_sound_exercise_is_checked_rendered_and_not_checked_again() {
    let book = Book::new()
        .exercise("03_allocator")
        .zig(
            "a",
            "//@ run",
            "pub fn main() void {\n    std.debug.print(\"a\\n\", .{});\n}\n",
        )
        .write(
            "src/lesson.md",
            "# A lesson\n\n{{#listing 03_allocator/a}}\n\n{{#exercise 03_allocator}}\n\nText *after* it.\n",
        )
        .bless();
    book.xtask(&["exercise", "--check"])
        .succeeds()
        .says("03_allocator             5 of 5       5 of 5");
    book.xtask(&["build"]).succeeds().never_says("checking");
    let page = book.read("book/lesson.html");
    for part in [
        "<p>Write <code>double</code>.</p>",
        "cargo xtask exercise 3 --lang rust",
        "<summary>Hint 3</summary>",
        "<p><code>2 * text.len</code></p>",
        "<span class=\"hl-keyword\">pub</span>",
        "<p>Both allocate once.</p>",
        "data-exercise=\"03_allocator\"",
        "<p>Text <em>after</em> it.</p>",
    ] {
        assert!(page.contains(part), "not on the page: {part}\n{page}");
    }

    // What the gate refuses, no reader sees.
    book.set(
        "exercises/03_allocator/mutants/times_3.zig",
        format!(
            "//@ killed-by: Double is twice as long\n{}",
            zig(ZIG_SOLUTION)
        ),
    );
    book.xtask(&["build"])
        .found_wrong()
        .says("exercises/03_allocator/mutants/times_3.zig:1: a wrong solution survives")
        .says("the last good one stays");
    assert_eq!(book.read("book/lesson.html"), page);
}

#[test]
fn dates_decide_nothing_of_an_exercise() {
    let book = Book::new().exercise("03_allocator");
    book.xtask(&["exercise", "--check"]).succeeds();
    let later = SystemTime::now() + Duration::from_secs(100_000_000);
    let file = |name: &str| format!("exercises/03_allocator/{name}");
    for (name, before, after, said) in [
        (
            "solution.rs",
            "text.repeat(2)",
            "text.repeat(7)",
            "solution.rs:1: the solution must pass its tests, but it failed its tests",
        ),
        (
            "tests.rs",
            "\"abab\"",
            "\"baba\"",
            "solution.rs:1: the solution must pass its tests, but it failed its tests",
        ),
        (
            "mutants/times_4.rs",
            "text.repeat(4)",
            "text.repeat(2)",
            "times_4.rs:1: a wrong solution survives",
        ),
        (
            "solution.zig",
            "text, text",
            "text, gpa",
            "solution.zig:1: the solution must pass its tests, but it does not build",
        ),
    ] {
        set_dates(&book.path("target/book"), later);
        let sound = book.read(&file(name));
        let changed = sound.replacen(before, after, 1);
        assert_ne!(changed, sound);
        book.set(&file(name), changed);
        book.xtask(&["exercise", "--check"])
            .found_wrong()
            .says(said);
        book.set(&file(name), sound);
    }
    book.xtask(&["exercise", "--check"]).succeeds();
}

#[test]
fn every_fault_of_every_exercise_is_named_at_once() {
    let killed_by = |text: &str, body: String| format!("//@ killed-by: {text}\n{body}");
    Book::new()
        .exercise("01_sound")
        .exercise("02_survivor")
        .write(
            "exercises/02_survivor/mutants/times_1.rs",
            killed_by("double_is", rust("format!(\"{text}{text}\")")),
        )
        .exercise("03_other_test")
        .write(
            "exercises/03_other_test/mutants/times_0.zig",
            killed_by("Double repeats nothing", zig("return gpa.dupe(u8, text[0..0]);")),
        )
        .exercise("04_starter_passes")
        .write("exercises/04_starter_passes/starter.zig", zig(ZIG_SOLUTION))
        .write("exercises/04_starter_passes/starter.rs", "no Rust\n")
        .exercise("05_solution_leaks")
        .write(
            "exercises/05_solution_leaks/solution.zig",
            zig(&format!("_ = try gpa.alloc(u8, 7);\n    {ZIG_SOLUTION}")),
        )
        .exercise("06_compiles")
        .write(
            "exercises/06_compiles/mutants/times_1.rs",
            killed_by("compile-error E0515", rust("text.to_string()")),
        )
        .xtask(&["exercise", "--check"])
        .found_wrong()
        .never_says("01_sound/")
        .says("02_survivor/mutants/times_1.rs:1: a wrong solution survives: it passes every test")
        .says("    format!(\"{text}{text}\")")
        .says("hint: write the test that kills it")
        .says("03_other_test/mutants/times_0.zig:1: it is killed, but not by `Double repeats nothing`: what fails is Double is twice as long")
        .says("04_starter_passes/starter.zig:1: the starter passes its tests already")
        .says("04_starter_passes/starter.rs:1: the starter must build and fail its tests, but it does not build")
        .says("05_solution_leaks/solution.zig:1: the solution must pass its tests, but it failed its tests")
        .says("leaked [addr: …, len: 7")
        .says("06_compiles/mutants/times_1.rs:1: the compiler must refuse it with `E0515`, but it failed its tests")
        .says("02_survivor              5 of 5       4 of 5");
}

#[test]
fn files_that_are_missing_or_wrong_are_named() {
    let book = Book::new()
        .exercise("03_allocator")
        .write(
            "exercises/03_allocator/mutants/times_0.zig",
            zig("return error.No;"),
        )
        .write("exercises/03_allocator/hints.md", "## Hint 1\n\nOne.\n")
        .write(
            "exercises/03_allocator/exercise.toml",
            "title = \"A\"\nminutes = 5\nlength = 6\n",
        );
    for file in ["mutants/times_1.rs", "solution.rs"] {
        std::fs::remove_file(book.path("exercises/03_allocator").join(file)).expect("a file");
    }
    book.xtask(&["exercise", "--check"])
        .found_wrong()
        .says("exercises/03_allocator/mutants/times_0.zig:1: it does not say which test kills it")
        .says("exercises/03_allocator/mutants: 4 wrong Rust solutions are too few")
        .says("exercises/03_allocator/solution.rs: the file is missing")
        .says("exercises/03_allocator/hints.md: there are 1 hints, and there must be 3")
        .says("exercises/03_allocator/exercise.toml:3: unknown field `length`");
}
