//! `cargo xtask exercise` as a reader meets it: one try in a pipe, and the watcher on a terminal.

use crate::support::Book;
use crate::support::exercise::{ZIG_SOLUTION, rust, zig};
use crate::support::pty::Terminal;

const ZIG_FILE: &str = "my-exercises/03_allocator/exercise.zig";

#[test]
fn in_a_pipe_a_file_is_tried_once_and_the_report_says_what_to_do() {
    let book = Book::new().exercise("03_allocator").exercise("05_arena");
    book.xtask(&["exercise"])
        .succeeds()
        .says(" 3  Twice        5  not started    not started")
        .says("`cargo xtask exercise 3`");

    // The starter.
    book.xtask(&["exercise", "3"])
        .found_wrong()
        .says("✗✗  0 of 2 tests pass")
        .says("This is still the starter, so that is as it should be. The first test to pass: Double is")
        .says("edit my-exercises/03_allocator/exercise.zig and run the command again");

    // A leak, and a text that is wrong as well: first things first.
    book.set(
        ZIG_FILE,
        zig("_ = try gpa.alloc(u8, 7);\n    return gpa.dupe(u8, text);"),
    );
    book.xtask(&["exercise", "03_allocator", "--once"])
        .found_wrong()
        .says("  hint: two times three")
        .says("cargo xtask trace --exercise 3 --test \"Double is twice as long\"")
        .says("(1 test after it fails too; first things first)")
        .never_says("This is the starter");

    book.set(
        ZIG_FILE,
        zig(&format!("_ = try gpa.alloc(u8, 7);\n    {ZIG_SOLUTION}")),
    );
    book.xtask(&["exercise", "3", "--once"])
        .found_wrong()
        .says("It passes, but 7 bytes of what it allocated stay allocated.")
        .says("allocated here, and never freed, my-exercises/03_allocator/exercise.zig:4")
        .says("→    4 │     _ = try gpa.alloc(u8, 7);");

    book.set(
        ZIG_FILE,
        zig("const half = text;\n    return gpa.dupe(u8, text);"),
    );
    book.xtask(&["exercise", "3"])
        .found_wrong()
        .says("✗ It does not compile yet")
        .says("  my-exercises/03_allocator/exercise.zig:4:11: error: unused local constant");

    book.set(
        ZIG_FILE,
        zig("while (text.len > 0) {}\n    return gpa.dupe(u8, text);"),
    );
    book.xtask(&["exercise", "3"])
        .found_wrong()
        .says("It was still running after 10 s and was stopped.");

    book.set(
        ZIG_FILE,
        zig("_ = .{ gpa, text };\n    std.process.exit(0);"),
    );
    book.xtask(&["exercise", "3"]).found_wrong();

    book.set(ZIG_FILE, zig(ZIG_SOLUTION));
    book.xtask(&["exercise", "3"])
        .succeeds()
        .says("✓ It passes: all 2 tests, and nothing leaks");
    book.xtask(&["exercise"])
        .succeeds()
        .says(" 3  Twice        5  passes         not started")
        .says("`cargo xtask exercise 5`");
    book.set(ZIG_FILE, "changed");
    book.xtask(&["exercise"]).says("passed before");
}

#[test]
fn the_rust_twin_is_tried_the_same_way() {
    let book = Book::new().exercise("03_allocator");
    let file = "my-exercises/03_allocator/exercise.rs";
    let once = |source: String| {
        book.set(file, source);
        book.xtask(&["exercise", "3", "--lang", "rust", "--once"])
    };
    once(rust("text.to_string()"))
        .found_wrong()
        .says("  hint: two times three")
        .says("  the test asks, exercises/03_allocator/tests.rs:5");
    once(rust(
        "let all = text;\n    drop(all);\n    all[9..].to_string()",
    ))
    .found_wrong()
    .says("it stopped here, my-exercises/03_allocator/exercise.rs:4");
    once(rust("let all = text.repeat(2);\n    drop(all);\n    all"))
        .found_wrong()
        .says("error[E0382]: use of moved value: `all`")
        .says("`rustc --explain E0382` says more");
    once(rust("crate::twice(text)") + "fn twice(text: &str) -> String {\n    text.repeat(2)\n}\n")
        .succeeds();
}

#[test]
fn what_cannot_be_done_is_said_in_a_sentence() {
    let book = Book::new().exercise("03_allocator");
    book.xtask(&["exercise", "9"])
        .cannot()
        .says("no exercise is called `9`\n  hint: they are 03_allocator");
    book.xtask(&["exercise", "3", "--lang", "python"])
        .cannot()
        .says("exercises are in Zig and in Rust");
}

#[test]
fn the_watcher_tries_every_save_and_answers_keys() {
    let book = Book::new().exercise("03_allocator").exercise("05_arena");
    let mut terminal = Terminal::start(book.command(&["exercise", "3"]));
    terminal.shows("Write `double`.");
    terminal.shows("Edit `my-exercises/03_allocator/exercise.zig`");
    terminal.shows("0 of 2 tests pass");
    terminal.shows("q quit");

    for (key, shown) in [
        ("h", "Hint 1 of 3\n\nThink."),
        ("h", "Hint 2 of 3\n\nCount."),
        ("h", "Hint 3 of 3\n\n`2 * text.len`"),
        ("h", "Hint 1 of 3 (these were all; from the start again)"),
        ("d", "All "),
        (
            "t",
            "✗ Double repeats the text\n\nThe first that fails:\n\n   5 │ test \"Double is",
        ),
        ("w", "Write `double`."),
        ("s", "See a solution all the same? (y/n)"),
        ("n", "Nothing was done."),
        ("r", "Begin again from the starter?"),
        ("x", "Nothing was done."),
    ] {
        terminal.press(key);
        terminal.shows(shown);
    }

    // A save, as editors do it: another file that takes the name.
    book.set(
        "my-exercises/03_allocator/.new",
        zig("return gpa.dupe(u8, text);"),
    );
    std::fs::rename(
        book.path("my-exercises/03_allocator/.new"),
        book.path(ZIG_FILE),
    )
    .expect("a file that was written");
    terminal.shows("hint: two times three");

    // A save during an attempt: the latest one counts.
    book.set(
        ZIG_FILE,
        zig("while (text.len > 0) {}\n    return gpa.dupe(u8, text);"),
    );
    terminal.shows("building and testing");
    book.set(ZIG_FILE, zig(ZIG_SOLUTION));
    terminal.shows("✓ It passes: all 2 tests");
    terminal.shows("Well done!");
    terminal.press("s");
    terminal.shows("One good solution");
    terminal.shows("Both allocate once.");

    terminal.press("r");
    terminal.shows("(y/n)");
    terminal.press("y");
    terminal.shows("Your file is now my-exercises/03_allocator/exercise.1.zig.");
    terminal.shows("0 of 2 tests pass");
    assert_eq!(
        book.read("my-exercises/03_allocator/exercise.1.zig"),
        zig(ZIG_SOLUTION)
    );

    terminal.press("n");
    terminal.shows("Edit `my-exercises/05_arena/exercise.zig`");
    terminal.press("q");
    terminal.shows("Solved so far: 1 of 2 in Zig, 0 in Rust.");
    assert_eq!(terminal.ends(), Some(0));
}

#[test]
fn the_terminal_is_as_before_whatever_ends_the_watcher() {
    let book = Book::new().exercise("03_allocator");
    for (end, status) in [("q", 0), ("\x03", 130)] {
        let mut terminal = Terminal::start(book.command(&["exercise", "3"]));
        terminal.shows("tests pass");
        assert!(!terminal.is_usual(), "single keys are read");
        terminal.press(end);
        assert_eq!(terminal.ends(), Some(status));
        assert!(terminal.is_usual(), "after {end:?}");
    }
}
