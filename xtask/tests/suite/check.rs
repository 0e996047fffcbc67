//! `cargo xtask test-listings` from the outside: what it accepts, what it refuses, and in which words.

use crate::support;
use std::fs;
use std::process::Stdio;

use crate::support::{Book, wait_until};

const HELLO: &str = "pub fn main() void {\n    std.debug.print(\"hello\\n\", .{});\n}\n";

fn print(text: &str) -> String {
    HELLO.replace("hello", text)
}

#[test]
fn every_outcome_in_every_language_is_recorded_and_then_unchanged() {
    let book = Book::new()
        .zig("runs", "//@ run\n//@ same-output", HELLO)
        .zig("passes", "//@ test", "test \"adds\" {\n    try std.testing.expectEqual(4, 2 + 2);\n}\n")
        .zig("breaks", "//@ compile-error: expected type 'u8'", "pub fn main() void {\n    const a: u8 = \"x\";\n    _ = a;\n}\n")
        .zig(
            "panics",
            "//@ panic: index out of bounds: index 4, len 4",
            "pub fn main() void {\n    var xs: [4]u8 = @splat(0);\n    var i: usize = 4;\n    _ = &i;\n    xs[i] = 1;\n}\n",
        )
        .zig(
            "leaks",
            "//@ leak",
            "pub fn main(init: std.process.Init) !void {\n    _ = try init.gpa.alloc(u8, 3);\n}\n",
        )
        .zig(
            "fails",
            "//@ test-failure: 1 tests leaked memory",
            "test \"leaks\" {\n    _ = try std.testing.allocator.alloc(u8, 3);\n}\n",
        )
        .write("listings/03_allocator/runs.rs", "//@ run\n\nfn main() {\n    println!(\"hello\");\n}\n")
        .write("listings/03_allocator/breaks.rs", "//@ compile-error: E0308\n\nfn main() {\n    let _a: u8 = \"x\";\n}\n")
        .write("listings/03_allocator/panics.rs", "//@ panic: index out of bounds\n\nfn main() {\n    let i = std::env::args().count() + 3;\n    println!(\"{}\", [0; 4][i]);\n}\n")
        .write("listings/03_allocator/passes.rs", "//@ test\n\nfn main() {}\n\n#[test]\nfn adds() {\n    assert_eq!(2 + 2, 4);\n}\n")
        .write("listings/03_allocator/runs.py", "#@ run\n\nprint(\"hello\")\n")
        .write("listings/03_allocator/panics.py", "#@ panic: IndexError\n\nprint([1][4])\n");
    book.xtask(&["test-listings", "--bless"])
        .succeeds()
        .says("Zig        6  (1 compile-error, 1 leak, 1 panic, 1 run, 1 test, 1 test-failure)")
        .says("Rust       4  (1 compile-error, 1 panic, 1 run, 1 test)")
        .says("Python     2  (1 panic, 1 run)")
        .says("12 recorded");
    book.xtask(&["test-listings"])
        .succeeds()
        .says("12 listings checked, 12 of them unchanged")
        .says("all as declared");

    assert_eq!(book.read("listings/03_allocator/runs.zig.out"), "hello\n");
    assert_eq!(
        book.read("listings/03_allocator/panics.zig.out"),
        "panic: index out of bounds: index 4, len 4\npanics.zig:10:7: in main\n    xs[i] = 1;\n      ^\n"
    );
    assert_eq!(
        book.read("listings/03_allocator/leaks.zig.out"),
        "error(SafeAllocator): leaked [addr: …, len: 3 (0x3) align: 1] allocated at:\n\
         leaks.zig:7:27: in main\n    _ = try init.gpa.alloc(u8, 3);\n                          ^\n"
    );
    assert!(
        book.read("listings/03_allocator/breaks.zig.out")
            .starts_with("breaks.zig:7:19: error: expected type 'u8'")
    );
    assert_eq!(
        book.read("listings/03_allocator/panics.py.out"),
        "Traceback (most recent call last):\n  File \"panics.py\", line 3, in <module>\n    print([1][4])\nIndexError: list index out of range\n"
    );

    // The group's output is what a reader gets who runs each listing alone.
    book.xtask(&["test-listings", "--alone", "--lang", "zig"])
        .succeeds()
        .says("6 listings checked, 0 of them unchanged");
}

#[test]
fn what_is_not_as_declared_is_named_with_file_line_and_mend() {
    let zig = |head: &str, body: &str| Book::new().zig("a", head, body);
    let cases: Vec<(Book, &str, &str)> = vec![
        (
            zig("//@ runs", HELLO),
            "a.zig:1: `runs` is no declaration",
            "the declarations are `run`",
        ),
        (
            zig("//@ mode: safe", HELLO),
            "a.zig:1: the outcome is not declared",
            "`//@ run`",
        ),
        (
            Book::new().write("listings/03_allocator/a.zig", "const std = 1;\n"),
            "a.zig:1: the file declares nothing and no listing imports it",
            "begin it with what must happen",
        ),
        (
            zig("//@ run", HELLO),
            "a.zig:1: its output has not been recorded",
            "test-listings 03_allocator/a --bless",
        ),
        (
            zig("//@ run", HELLO).write("listings/03_allocator/a.zig.out", "hallo\n"),
            "a.zig.out:1: listings/03_allocator/a.zig prints something else than was recorded",
            "-hallo",
        ),
        (
            zig(
                "//@ compile-error: expected type 'u8'",
                "pub fn main() void {\n    const a = 1;\n}\n",
            ),
            "declared `compile-error: expected type 'u8'`, but what is printed does not contain that",
            "unused local constant",
        ),
        (
            zig("//@ compile-error: expected type 'u8'", HELLO),
            "a.zig:1: declared `compile-error`, but it builds without an error",
            "mend the listing",
        ),
        (
            zig("//@ panic: overflow", HELLO),
            "a.zig:1: declared `panic`, but it ran to its end",
            "declare `//@ run`",
        ),
        (
            zig("//@ run", "pub fn main() void {\n    const a = 1;\n}\n"),
            "a.zig:7: declared `run`, but it does not build",
            "unused local constant",
        ),
        (
            zig(
                "//@ run",
                "pub fn main(init: std.process.Init) !void {\n    _ = try init.gpa.alloc(u8, 3);\n}\n",
            ),
            "a.zig:7: declared `run`, but it leaked",
            "declare `//@ leak`",
        ),
        (
            zig(
                "//@ test",
                "test \"a\" {\n    try std.testing.expectEqual(@as(u8, 1), 2);\n}\n",
            ),
            "a.zig:7: declared `test`, but it failed its tests",
            "a.zig:7:5: in test.a",
        ),
        (
            zig(
                "//@ run\n//@ timeout: 1",
                "pub fn main() void {\n    while (true) {}\n}\n",
            ),
            "a.zig:1: declared `run`, but it was still running after 1 s and was stopped",
            "timeout: SECONDS",
        ),
        (
            zig(
                "//@ run",
                "pub fn main() void {\n    while (true) std.debug.print(\"more and more\\n\", .{});\n}\n",
            ),
            "a.zig:1: declared `run`, but it printed more than 4194304 bytes and was stopped",
            "print less",
        ),
        (
            zig("//@ run", &print("\\xff")),
            "a.zig:1: declared `run`, but it printed bytes that are not UTF-8 (the first at byte 0)",
            "print text",
        ),
        (
            Book::new().write(
                "listings/03_allocator/a.zig",
                b"//@ run\n//@ title: T\n// \xff\n",
            ),
            "a.zig:3: the source is not UTF-8",
            "save the file as UTF-8",
        ),
        (
            zig("//@ run", HELLO).write(
                "listings/05_arena/a.zig",
                format!("//@ run\n//@ title: T\nconst std = @import(\"std\");\n{HELLO}"),
            ),
            "two listings of one name: listings/03_allocator/a.zig is the other",
            "rename one",
        ),
        (
            Book::new().write("listings/03_allocator/b.py", "#@ run\nprint(1)\n"),
            "b.py: a twin without its Zig listing: `b.zig` is missing",
            "write the Zig listing",
        ),
        (
            zig("//@ run", HELLO).write("listings/03_allocator/gone.zig.out", "1\n"),
            "gone.zig.out: recorded output of a listing that is not there: `gone.zig`",
            "remove it",
        ),
        (
            zig("//@ run", HELLO).write("listings/03_allocator/notes.txt", "1\n"),
            "notes.txt: the file is no listing, and no listing reads it",
            "remove it",
        ),
        (
            zig("//@ run\n//@ same-output", HELLO)
                .write("listings/03_allocator/a.py", "#@ run\nprint(\"hallo\")\n"),
            "a.py:1: prints something else than its Zig twin",
            "+hallo",
        ),
        (
            Book::new().zig("b", "//@ run", HELLO).write(
                "listings/03_allocator/b.py",
                "#@ run\nimport subprocess\nsubprocess.Popen([\"sleep\", \"60\"])\n",
            ),
            "b.py:1: declared `run`, but it left processes behind; they were stopped",
            "wait for every process",
        ),
        (
            zig("//@ run", "// ANCHOR: here\npub fn main() void {}\n"),
            "a.zig:6: the anchor `here` never ends",
            "ANCHOR_END",
        ),
    ];
    assert!(cases.len() > 15);
    for (book, problem, mend) in cases {
        book.xtask(&["test-listings"])
            .found_wrong()
            .says(problem)
            .says(mend);
    }
}

#[test]
fn a_listing_that_does_not_build_hides_no_other() {
    let book = Book::new()
        .zig("good", "//@ run", HELLO)
        .zig(
            "bad",
            "//@ run",
            "pub fn main() void {\n    const a = 1;\n}\n",
        )
        .zig(
            "typed",
            "//@ run",
            "pub fn main() void {\n    const a: u8 = \"x\";\n    _ = a;\n}\n",
        )
        .zig(
            "late",
            "//@ panic: late",
            "pub fn main() void {\n    @panic(\"late\");\n}\n",
        );
    book.xtask(&["test-listings", "--bless"])
        .found_wrong()
        .says("bad.zig:7: declared `run`, but it does not build")
        .says("typed.zig:7: declared `run`, but it does not build")
        .says("2 listings are not what they declare");
    assert_eq!(book.read("listings/03_allocator/good.zig.out"), "hello\n");
    assert!(
        book.read("listings/03_allocator/late.zig.out")
            .starts_with("panic: late\n")
    );
}

#[test]
fn a_check_of_nothing_fails() {
    Book::new()
        .xtask(&["test-listings"])
        .found_wrong()
        .says("nothing was checked");
    let book = Book::new().zig("caller_owns", "//@ run", HELLO).bless();
    book.xtask(&["test-listings", "--lang", "python"])
        .found_wrong()
        .says("nothing was checked");
    book.xtask(&["test-listings", "03_allocator/caller_own5"])
        .cannot()
        .says("no listing has `03_allocator/caller_own5` in its path")
        .says("did you mean 03_allocator/caller_owns?");
}

#[test]
fn machines_can_read_the_report() {
    let book = Book::new().zig("a", "//@ run", HELLO).bless();
    book.set("listings/03_allocator/a.zig.out", "hallo\n");
    let output = book
        .command(&["test-listings", "--format", "json"])
        .output()
        .unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        report["listings"][0]["problems"][0]["path"],
        "listings/03_allocator/a.zig.out"
    );
}

#[test]
fn a_change_of_what_a_listing_imports_is_a_change_of_the_listing() {
    let book = Book::new()
        .zig("a", "//@ run", "pub fn main() void {\n    std.debug.print(\"{s}\\n\", .{@import(\"words.zig\").word});\n}\n")
        .write("listings/03_allocator/words.zig", "pub const word = \"one\";\n")
        .bless();
    book.set(
        "listings/03_allocator/words.zig",
        "pub const word = \"two\";\n",
    );
    book.xtask(&["test-listings"])
        .found_wrong()
        .says("-one\n    +two");
}

#[test]
fn killed_at_any_moment_it_leaves_nothing_torn_behind() {
    let book = (0..6).fold(Book::new(), |book, number| {
        book.zig(
            &format!("l{number}"),
            "//@ run",
            &print(&format!("number {number}")),
        )
    });
    // Parts of the time that it takes on this machine now.
    let started = std::time::Instant::now();
    book.xtask(&["test-listings", "--fresh", "--bless"])
        .succeeds();
    let whole = started.elapsed();
    let mut struck = 0;
    for sixth in 1..=6 {
        for number in 0..6 {
            let _ = fs::remove_file(book.path(&format!("listings/03_allocator/l{number}.zig.out")));
        }
        let mut child = book
            .command(&["test-listings", "--fresh", "--bless"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(whole * sixth / 7);
        child.kill().unwrap();
        struck += usize::from(!child.wait().unwrap().success());
        for entry in fs::read_dir(book.path("listings/03_allocator"))
            .unwrap()
            .flatten()
        {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.ends_with(".out") {
                let text = fs::read_to_string(entry.path()).unwrap();
                assert_eq!(text, format!("number {}\n", &name[1..2]), "{name} is torn");
            }
        }
    }
    assert!(
        struck >= 3,
        "only {struck} of 6 runs were killed before they ended"
    );
    book.xtask(&["test-listings", "--bless"]).succeeds();
    book.xtask(&["test-listings"])
        .succeeds()
        .says("6 of them unchanged");
}

#[test]
fn two_runs_at_once_both_end_well() {
    let book = Book::new()
        .zig("a", "//@ run", HELLO)
        .zig("b", "//@ run", &print("two"))
        .write("listings/03_allocator/a.zig.out", "hello\n")
        .write("listings/03_allocator/b.zig.out", "two\n");
    let mut children: Vec<_> = (0..2)
        .map(|_| {
            book.command(&["test-listings"])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap()
        })
        .collect();
    for child in &mut children {
        let mut status = None;
        wait_until("a check to end", || {
            status = child.try_wait().unwrap();
            status.is_some()
        });
        assert_eq!(status.unwrap().code(), Some(0));
    }
}

#[test]
fn toolchains_that_are_missing_or_wrong_are_named_with_the_command_that_mends_it() {
    let python = Book::new()
        .zig("a", "//@ run", HELLO)
        .write("listings/03_allocator/a.py", "#@ run\nprint(1)\n");
    let bare = tempfile::tempdir().unwrap();
    let said = support::said(python.command(&["test-listings"]).env("PATH", bare.path()));
    said.cannot()
        .says("Python is not installed: `python3` is not on PATH")
        .says("hint: install a Python of 3.10 to 3.14");

    let rust = Book::new()
        .zig("a", "//@ run", HELLO)
        .write("listings/03_allocator/a.rs", "//@ run\nfn main() {}\n");
    rust.xtask(&["test-listings", "--bless"]).succeeds();
    rust.set("listings/03_allocator/a.rs", "//@ run\nfn main() {\n}\n");
    let said = support::said(
        rust.command(&["test-listings", "--lang", "rust"])
            .env("PATH", bare.path()),
    );
    said.cannot()
        .says("Rust is not installed")
        .says("rustup.rs");

    fs::write(
        bare.path().join("rustc"),
        "#!/bin/sh\necho 'rustc 1.70.0 (90c541806 2023-05-31)'\n",
    )
    .unwrap();
    fs::set_permissions(
        bare.path().join("rustc"),
        std::os::unix::fs::PermissionsExt::from_mode(0o755),
    )
    .unwrap();
    let said = support::said(
        rust.command(&["test-listings", "--lang", "rust"])
            .env("PATH", bare.path()),
    );
    said.cannot()
        .says("`rustc --version` says: rustc 1.70.0")
        .says("hint: rustup toolchain install 1.95.0");
}

#[test]
fn a_first_run_without_network_says_so_and_leaves_nothing() {
    let book = Book::new().zig("a", "//@ run", HELLO);
    fs::remove_file(book.path(".toolchain")).unwrap();
    let mut command = book.command(&["test-listings"]);
    // No index answers there; the machine's own settings are not to help.
    command
        .env("PIP_CONFIG_FILE", "/dev/null")
        .env("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
        .env("PIP_RETRIES", "0");
    command
        .env_remove("PIP_FIND_LINKS")
        .env_remove("PIP_EXTRA_INDEX_URL");
    support::said(&mut command)
        .cannot()
        .says("cannot install Zig 0.17.1")
        .says("hint: the first run needs the network");
    assert_eq!(
        fs::read_dir(book.path(".toolchain")).unwrap().count(),
        0,
        "something half-installed is left"
    );
}

/// A file system of its own, and so full as it is wanted, needs a mount: this runs where the system lets an
/// ordinary user, or root, make one.
#[test]
fn a_full_disk_is_named_and_nothing_is_torn() {
    let book = Book::new().zig("a", "//@ run", HELLO);
    fs::remove_dir_all(book.path("target")).unwrap();
    fs::create_dir_all(book.path("target/book")).unwrap();
    let script =
        "mount -t tmpfs -o size=200k none target/book || exit 77; \"$0\" test-listings --bless";
    let mut command = std::process::Command::new("unshare");
    command.args([
        "--mount",
        "--map-root-user",
        "/bin/sh",
        "-c",
        script,
        env!("CARGO_BIN_EXE_xtask"),
    ]);
    command.current_dir(book.root()).stdin(Stdio::null());
    let said = support::said(&mut command);
    if said.status == Some(77) || said.text.contains("unshare failed") {
        println!(
            "NOT TESTED: a full disk, because this system lets nobody mount one: {}",
            said.text
        );
        return;
    }
    said.cannot().says("the disk is full").says("hint: free");
    assert!(!book.path("listings/03_allocator/a.zig.out").exists());
    book.xtask(&["test-listings", "--bless"]).succeeds();
}
