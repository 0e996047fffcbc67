//! `cargo xtask exercise` as a reader meets it: one try in a pipe, and the watcher on a terminal.

use std::fs;
use std::process::Command;

use crate::support::exercise::{ZIG_SOLUTION, rust, zig};
use crate::support::pty::Terminal;
use crate::support::{Book, said, wait_until};

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
        ("d", "before this runs"),
        (
            "",
            "steps, for your browser:\ntarget/book/diagrams/03_allocator.html\n",
        ),
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
    // Its page has the code in its colors, and opens at the step that the glance shows.
    let page = book.read("target/book/diagrams/03_allocator.html");
    let glance = terminal.all();
    let (_, step) = glance.split_once("\nStep ").expect("a step");
    let (step, _) = step.split_once(", before this runs").expect("a step");
    let (step, steps) = step.split_once(" of ").expect("of how many");
    assert!(step != "1" && step != steps, "{glance}");
    for part in [
        &format!("data-step=\"{step}\" data-steps=\"{steps}\""),
        "<span class=\"hl-keyword\">return</span>",
        "<span class=\"hl-function\">double</span>",
    ] {
        assert!(page.contains(part), "the page of `d` has no {part}");
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

/// What the reader's folder of the exercise holds: each text of a Zig file.
fn texts(book: &Book) -> Vec<String> {
    std::fs::read_dir(book.path("my-exercises/03_allocator"))
        .expect("the folder")
        .map(|entry| entry.expect("a file").path())
        .map(|path| std::fs::read_to_string(path).expect("a text"))
        .collect()
}

#[test]
fn what_is_pasted_is_not_taken_for_keys() {
    let book = Book::new().exercise("03_allocator");
    let mut terminal = Terminal::start(book.command(&["exercise", "3"]));
    terminal.shows("\x1b[?2004h");
    terminal.shows("0 of 2 tests pass");
    terminal.shows("q quit");
    for pasted in [
        "\x1b[200~try everything\x1b[201~",
        "\x1b[200~q\x1b[201~",
        "\x1b[200~r\x1b[201~",
        "\x1b[A",
        "try everything, quietly",
    ] {
        terminal.press(pasted);
    }
    // Another key is answered after them; what was pasted said and asked nothing.
    wait_until("the next key", || {
        terminal.press("w");
        terminal.unread().contains("Write `double`.")
    });
    let said = terminal.unread();
    for never in ["(y/n)", "Hint", "The tests"] {
        assert!(!said.contains(never), "{said}");
    }
    terminal.press("q");
    terminal.shows("\x1b[?2004l");
    terminal.shows("Solved so far");
    assert_eq!(terminal.ends(), Some(0));
    assert_eq!(texts(&book).len(), 1, "nothing was reset");
}

#[test]
fn after_a_stop_the_terminal_is_usual_and_after_it_goes_on_keys_are_read() {
    let book = Book::new().exercise("03_allocator");
    let tool = book.command(&["exercise", "3"]);
    // A shell with jobs, as a person has one. It says when the tool has stopped, and takes a line to go on.
    let mut shell = Command::new("sh");
    shell
        .args(["-c", "set -m; \"$@\"; echo stopped; read line; fg", "sh"])
        .arg(tool.get_program())
        .args(tool.get_args())
        .current_dir(book.root())
        .env("NO_COLOR", "1");
    let mut terminal = Terminal::start(shell);
    terminal.shows("q quit");
    assert!(!terminal.is_usual());
    terminal.press("\x1a");
    terminal.shows("\x1b[?2004l");
    terminal.shows("stopped");
    assert!(terminal.is_usual(), "the shell has its terminal");
    terminal.press("go on\n");
    terminal.shows("\x1b[?2004h");
    terminal.shows("q quit");
    assert!(!terminal.is_usual());
    terminal.press("h");
    terminal.shows("Hint 1 of 3");
    terminal.press("q");
    terminal.shows("Solved so far");
    assert_eq!(terminal.ends(), Some(0));
    assert!(terminal.is_usual());
}

#[test]
fn a_terminal_that_a_shell_put_back_is_switched_over_again() {
    let book = Book::new().exercise("03_allocator");
    let mut terminal = Terminal::start(book.command(&["exercise", "3"]));
    terminal.shows("q quit");
    terminal.make_usual();
    terminal.shows("q quit");
    assert!(!terminal.is_usual());
    terminal.press("h");
    terminal.shows("Hint 1 of 3");
}

#[test]
fn two_watchers_that_reset_at_once_lose_nothing() {
    let book = Book::new().exercise("03_allocator");
    let mut both = [0, 1].map(|_| Terminal::start(book.command(&["exercise", "3"])));
    for terminal in &mut both {
        terminal.shows("0 of 2 tests pass");
    }
    for round in 0..4 {
        let mine = zig(&format!("// round {round}\n    {ZIG_SOLUTION}"));
        book.set(ZIG_FILE, &mine);
        for terminal in &mut both {
            terminal.shows("Well done!");
            terminal.press("r");
            terminal.shows("(y/n)");
        }
        for terminal in &mut both {
            terminal.press("y");
        }
        for terminal in &mut both {
            terminal.shows("0 of 2 tests pass");
        }
        assert!(texts(&book).contains(&mine), "round {round} is lost");
    }
}

#[test]
fn a_full_disk_leaves_no_empty_file() {
    let book = Book::new().exercise("03_allocator");
    let tool = book.command(&["exercise", "3", "--once"]);
    // No file may grow at all, and writing says so.
    let mut full = Command::new("sh");
    full.args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$@\"", "sh"])
        .arg(tool.get_program())
        .args(tool.get_args())
        .current_dir(book.root())
        .stdin(std::process::Stdio::null());
    let said = said(&mut full);
    assert_ne!(said.status, Some(0), "{}", said.text);
    assert!(!book.path(ZIG_FILE).exists(), "{}", said.text);
    book.xtask(&["exercise", "3", "--once"])
        .found_wrong()
        .says("This is still the starter");
    // What an earlier version of the tool left.
    book.set(ZIG_FILE, "");
    book.xtask(&["exercise", "3", "--once"])
        .found_wrong()
        .says("This is still the starter");
}

#[test]
fn a_file_that_is_gone_no_longer_passes() {
    let book = Book::new().exercise("03_allocator");
    book.set(ZIG_FILE, zig(ZIG_SOLUTION));
    let mut terminal = Terminal::start(book.command(&["exercise", "3"]));
    terminal.shows("Well done!");
    std::fs::remove_file(book.path(ZIG_FILE)).expect("the file");
    terminal.shows("my-exercises/03_allocator/exercise.zig is gone.");
    terminal.press("s");
    terminal.shows("It does not pass yet. See a solution all the same? (y/n)");
    terminal.press("n");
    terminal.shows("Nothing was done.");
    terminal.press("r");
    terminal.shows("Begin again from the starter?");
    terminal.press("y");
    terminal.shows("0 of 2 tests pass");
    assert_eq!(texts(&book).len(), 1, "there was nothing to keep");
}

#[test]
fn an_attempt_without_end_is_stopped_and_the_report_says_why() {
    let book = Book::new().exercise("03_allocator");
    book.set(
        ZIG_FILE,
        zig("while (text.len > 0) @memset(try gpa.alloc(u8, 1 << 20), 1);\n    return gpa.dupe(u8, text);"),
    );
    book.xtask(&["exercise", "3", "--once"])
        .found_wrong()
        .says("It took more than 1 GiB of memory and was stopped.");
    book.set(
        "my-exercises/03_allocator/exercise.rs",
        rust("let mut all = vec![text.as_bytes().to_vec()];\n    loop {\n        all.push(vec![1; 1 << 26]);\n    }"),
    );
    book.xtask(&["exercise", "3", "--lang", "rust", "--once"])
        .found_wrong()
        .says("It took more than 1 GiB of memory and was stopped.");
    // A compiler that has no end, or takes all memory. Whoever is patient waits longer, and this is the other end of it.
    book.set(
        ZIG_FILE,
        zig("_ = .{ gpa, text };\n    comptime {\n        @setEvalBranchQuota(4_000_000_000);\n        var n: u64 = 0;\n        while (true) n += 1;\n    }"),
    );
    book.xtask(&["--patience", "0.2", "exercise", "3", "--once"])
        .found_wrong()
        .says("The compiler was still at it after 9 s and was stopped.");
    let many = book.xtask(&["exercise", "3", "--patience", "many"]);
    assert_eq!(many.status, Some(2));
    many.says("a number from 0.1 to 100 is meant");
}

#[test]
fn a_file_that_is_gone_is_not_well_done() {
    let book = Book::new().exercise("03_allocator");
    book.set(ZIG_FILE, zig(ZIG_SOLUTION));
    book.xtask(&["exercise", "3"]).succeeds();
    book.xtask(&["exercise"]).succeeds().says("Well done!");
    fs::remove_file(book.path(ZIG_FILE)).expect("the reader's file");
    book.xtask(&["exercise"])
        .succeeds()
        .says("file removed")
        .says("`cargo xtask exercise 3`")
        .never_says("Well done!");
}

#[test]
fn a_simple_terminal_gets_no_escape_codes_and_no_program_speaks_to_it() {
    let book = Book::new().exercise("03_allocator");
    book.set(
        ZIG_FILE,
        zig("std.debug.print(\"\\x1b[31mred\\n\", .{});\n    return gpa.dupe(u8, text);"),
    );
    let mut command = book.command(&["exercise", "3"]);
    command.env("TERM", "dumb").env_remove("NO_COLOR");
    let mut terminal = Terminal::start(command);
    terminal.shows("0 of 2 tests pass");
    terminal.shows("q quit");
    terminal.press("q");
    assert_eq!(terminal.ends(), Some(0));
    assert!(!terminal.all().contains('\x1b'), "{}", terminal.all());

    book.set(ZIG_FILE, zig("return nothing; // \x1b[2J"));
    book.xtask(&["exercise", "3"])
        .found_wrong()
        .says("␛[2J")
        .never_says("\x1b");
}
