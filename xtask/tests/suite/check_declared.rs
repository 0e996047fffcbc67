//! Declarations that must not hold: tests that were none, ends that only look right, output that comes once.

use std::fs;

use crate::support::Book;

const HELLO: &str = "pub fn main() void {\n    std.debug.print(\"hello\\n\", .{});\n}\n";

/// A book with a Zig listing `a` and a twin of this name and text.
fn twin(extension: &str, text: &str) -> Book {
    let path = format!("listings/03_allocator/a.{extension}");
    Book::new().zig("a", "//@ run", HELLO).write(&path, text)
}

fn python_tests(body: &str) -> String {
    format!("#@ test\nimport os\nimport unittest\n\n\nclass Some(unittest.TestCase):\n    {body}\n")
}

#[test]
fn tests_that_did_not_run_did_not_pass() {
    let none = "declared `test`, but it ran no test";
    let early = "declared `test`, but it ended with 0 before all its tests had run";
    let rust = |tests: &str| twin("rs", &format!("//@ test\n\nfn main() {{}}\n\n{tests}\n"));
    let zig = |tests: &str| Book::new().zig("a", "//@ test", tests);
    let cases = [
        (twin("py", &python_tests("n = 1")), none),
        (
            twin(
                "py",
                &python_tests(
                    "@unittest.skip(\"later\")\n    def test_a(self):\n        self.fail()",
                ),
            ),
            none,
        ),
        (
            twin(
                "py",
                &python_tests(
                    "def test_a(self):\n        os._exit(0)\n\n    def test_b(self):\n        self.fail()",
                ),
            ),
            early,
        ),
        (rust(""), none),
        (rust("#[test]\n#[ignore]\nfn a() {\n    panic!();\n}"), none),
        (
            rust(
                "#[test]\nfn a() {\n    std::process::exit(0);\n}\n\n#[test]\nfn b() {\n    panic!();\n}",
            ),
            early,
        ),
        (zig("pub const n = 1;\n"), none),
        (
            zig("test \"a\" {\n    return error.SkipZigTest;\n}\n"),
            none,
        ),
        (
            zig(
                "test \"a\" {\n    std.process.exit(0);\n}\n\ntest \"b\" {\n    return error.Wrong;\n}\n",
            ),
            early,
        ),
    ];
    for (book, said) in cases {
        book.xtask(&["test-listings", "--bless"])
            .found_wrong()
            .says(said);
    }
}

#[test]
fn how_long_tests_took_is_not_recorded() {
    let slow = python_tests("def test_a(self):\n        sum(range(3_000_000))");
    let book = twin("py", &slow).bless();
    let printed = book.read("listings/03_allocator/a.py.out");
    assert!(printed.contains("\nRan 1 test\n\nOK\n"), "{printed}");
}

#[test]
fn what_differs_each_time_is_not_recorded() {
    let time = "#@ run\nimport time\nprint(time.time_ns())\n";
    let book = twin("py", time);
    book.xtask(&["test-listings", "--bless"])
        .found_wrong()
        .says("a.py:1: it prints something else each time")
        .says("print no times");
    assert!(!book.path("listings/03_allocator/a.py.out").exists());
    assert!(book.path("listings/03_allocator/a.zig.out").exists());
}

#[test]
fn a_status_is_not_a_panic_and_words_are_not_a_leak() {
    let panics = Book::new().zig(
        "a",
        "//@ panic: aborted",
        "pub fn main() void {\n    std.debug.print(\"aborted\\n\", .{});\n    std.process.exit(134);\n}\n",
    );
    panics
        .xtask(&["test-listings"])
        .found_wrong()
        .says("declared `panic`, but it exited with 134");
    twin(
        "rs",
        "//@ panic: by hand\n\nfn main() {\n    println!(\"by hand\");\n    std::process::exit(101);\n}\n",
    )
    .xtask(&["test-listings", "--lang", "rust"])
    .found_wrong()
    .says("declared `panic`, but it exited with 101");
    Book::new()
        .zig(
            "a",
            "//@ run",
            "pub fn main() void {\n    std.debug.print(\"error(SafeAllocator): nothing leaked\\n\", .{});\n}\n",
        )
        .bless();
}

#[test]
#[cfg(target_os = "linux")]
fn nothing_that_a_listing_starts_outlives_it() {
    let folder = tempfile::tempdir().unwrap();
    let note = folder.path().join("pid");
    let leaves = format!(
        "#@ run\nimport subprocess\nnull = subprocess.DEVNULL\nchild = subprocess.Popen([\"sleep\", \"600\"], stdin=null, stdout=null, stderr=null, start_new_session=True)\nopen(\"{}\", \"w\").write(str(child.pid))\n",
        note.display()
    );
    twin("py", &leaves)
        .xtask(&["test-listings"])
        .found_wrong()
        .says("a.py:1: declared `run`, but it left processes behind; they were stopped");
    let pid = fs::read_to_string(&note).unwrap();
    let still = std::path::Path::new("/proc").join(pid).exists();
    assert!(!still, "it still runs");

    // One that keeps nothing of what it was given.
    let daemon = format!(
        "#@ run\nimport os\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n        os.chdir(\"/\")\n        with open(\"{0}.new\", \"w\") as note:\n            note.write(str(os.getpid()))\n        os.rename(\"{0}.new\", \"{0}\")\n        os.closerange(0, 100)\n        os.execve(\"/bin/sleep\", [\"sleep\", \"600\"], {{}})\n    os._exit(0)\nos.wait()\nwhile not os.path.exists(\"{0}\"):\n    pass\n",
        note.display()
    );
    fs::remove_file(&note).unwrap();
    twin("py", &daemon)
        .xtask(&["test-listings"])
        .found_wrong()
        .says("a.py:1: declared `run`, but it left processes behind; they were stopped");
    let pid = fs::read_to_string(note).unwrap();
    let still = std::path::Path::new("/proc").join(pid).exists();
    assert!(!still, "it still runs");
}

#[test]
fn a_python_listing_that_needs_zig_is_told_where_the_pinned_one_is() {
    let version = "import os, subprocess\nzig = os.environ.get(\"ZIG\")\nprint(zig and subprocess.check_output([zig, \"version\"], text=True).strip())\n";
    let printed = |head: &str| {
        twin("py", &format!("{head}{version}"))
            .bless()
            .read("listings/03_allocator/a.py.out")
    };
    assert_eq!(printed("#@ run\n#@ needs: zig\n"), "0.17.1\n");
    assert_eq!(printed("#@ run\n"), "None\n");
}

#[test]
fn zig_that_never_ends_is_stopped_and_the_others_are_not_blamed() {
    Book::new()
        .zig("a", "//@ run", HELLO)
        .zig(
            "endless",
            "//@ run\n//@ timeout: 1",
            "pub fn main() void {\n    comptime {\n        @setEvalBranchQuota(4_000_000_000);\n        var n: usize = 0;\n        while (true) n += 1;\n    }\n}\n",
        )
        .xtask(&["test-listings", "--bless"])
        .found_wrong()
        .says("endless.zig:1: declared `run`, but it does not come to an end in the compiler, which was stopped after 3 s")
        .says("@setEvalBranchQuota")
        .says("1 listing is not what it declares");
}

#[test]
fn rust_that_never_ends_in_the_compiler_is_stopped_and_the_others_are_not_blamed() {
    let endless = "//@ run\n//@ timeout: 1\n#![allow(long_running_const_eval)]\n\nconst LAST: u64 = {\n    let mut n = 0;\n    while n < u64::MAX {\n        n += 1;\n    }\n    n\n};\n\nfn main() {\n    println!(\"{LAST}\");\n}\n";
    for other in [true, false] {
        let book = twin("rs", endless).zig("b", "//@ run", HELLO);
        let book = match other {
            true => book.write(
                "listings/03_allocator/b.rs",
                "//@ run\n//@ timeout: 1\n\nfn main() {\n    println!(\"hello\");\n}\n",
            ),
            false => book,
        };
        book.xtask(&["test-listings", "--bless"])
            .found_wrong()
            .says("a.rs:1: declared `run`, but it does not come to an end in the compiler, which was stopped after 3 s")
            .never_says("setEvalBranchQuota")
            .says("1 listing is not what it declares");
    }
}

#[test]
fn what_a_program_prints_is_recorded_as_it_printed_it() {
    let text = "see 03_allocator.zip, __struct_12";
    let book = Book::new()
        .zig(
            "a",
            "//@ run\n//@ same-output",
            &HELLO.replace("hello", text),
        )
        .write(
            "listings/03_allocator/a.py",
            format!("#@ run\nprint(\"{text}\")\n"),
        )
        .zig("b", "//@ run", HELLO)
        .write(
            "listings/03_allocator/b.py",
            "#@ run\nprint(\"ab\\n    ~^^\")\n",
        )
        .bless();
    let zig = book.read("listings/03_allocator/a.zig.out");
    assert_eq!(zig, format!("{text}\n"));
    let python = book.read("listings/03_allocator/b.py.out");
    assert_eq!(python, "ab\n    ~^^\n");
}

#[test]
fn a_lesson_without_rust_stops_no_other() {
    let hello = format!("//@ run\n//@ title: T\nconst std = @import(\"std\");\n{HELLO}");
    twin("rs", "//@ run\n\nfn main() {}\n")
        .write("listings/05_arena/only.zig", hello)
        .write(
            "listings/05_arena/Cargo.toml",
            "[package]\nname = \"lesson-05\"\nversion = \"0.0.0\"\nedition = \"2024\"\n",
        )
        .bless();
}
