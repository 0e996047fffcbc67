//! What editors, file managers and merge tools leave beside the sources is neither listing nor exercise nor chapter, and
//! stops nothing. What somebody has to take away is named.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use crate::support::{Book, repository, said};

const CHAPTER: &str =
    "# A lesson\n\n{{#listing 03_allocator/runs}}\n\n{{#exercise 03_allocator}}\n";

/// A program keeps these for itself, and takes them away again.
const PASSING: [&str; 13] = [
    "listings/03_allocator/.runs.zig.swp",
    "listings/03_allocator/runs.zig~",
    "listings/03_allocator/#runs.zig#",
    "listings/03_allocator/4913",
    "listings/03_allocator/.DS_Store",
    "listings/03_allocator/Thumbs.db",
    "listings/.idea/workspace.xml",
    "listings/.vscode/settings.json",
    "listings/__pycache__/runs.cpython-312.pyc",
    "listings/.ruff_cache/x",
    "exercises/.DS_Store",
    "exercises/.idea/workspace.xml",
    "exercises/03_allocator/mutants/.times_0.zig.swp",
];

/// Somebody has to take these away.
const LEFT: [&str; 15] = [
    "listings/03_allocator/runs.zig.orig",
    "listings/03_allocator/runs.zig.rej",
    "listings/03_allocator/runs_BACKUP_123.zig",
    "listings/03_allocator/runs_LOCAL_123.zig",
    "listings/03_allocator/runs_REMOTE_123.py",
    "listings/03_allocator/runs (copy).zig",
    "listings/03_allocator/runs.zig_BASE_1.out",
    "listings/03_allocator/Copy of runs.rs",
    "listings/runs (1).zig",
    "listings/04_gpa (copy)/runs.zig",
    "exercises/03_allocator (copy)/exercise.toml",
    "exercises/03_allocator/mutants/times_0_LOCAL_7.zig",
    "exercises/03_allocator/mutants/times_0 (copy).rs",
    "src/lesson.md.orig",
    "src/lesson (copy).md",
];

#[test]
fn leftovers_stop_nothing_and_are_named() {
    let book = Book::new()
        .exercise("03_allocator")
        .zig(
            "runs",
            "//@ run",
            "pub fn main() void {\n    std.debug.print(\"hello\\n\", .{});\n}\n",
        )
        .write(
            "listings/03_allocator/runs.rs",
            "//@ run\n\nfn main() {\n    println!(\"hello\");\n}\n",
        )
        .write("src/lesson.md", CHAPTER)
        .bless();
    for name in PASSING.iter().chain(&LEFT) {
        book.set(name, "{{{ junk ``` \u{0} const");
    }
    // By such a link Emacs marks a file with unsaved changes.
    for folder in [
        "listings/03_allocator",
        "exercises/03_allocator/mutants",
        "src",
    ] {
        symlink(
            "somebody@somewhere.1:2",
            book.path(folder).join(".#runs.zig"),
        )
        .expect("a link");
    }
    // A copy of a whole lesson, as a file manager makes it.
    fs::create_dir(book.path("listings/03_allocator.orig")).expect("a folder");
    for entry in fs::read_dir(book.path("listings/03_allocator"))
        .expect("the lesson")
        .flatten()
    {
        if entry.path().is_file() {
            fs::copy(
                entry.path(),
                book.path("listings/03_allocator.orig")
                    .join(entry.file_name()),
            )
            .expect("a copy");
        }
    }

    let checked = book.xtask(&["test-listings", "--fresh"]).succeeds();
    book.xtask(&["exercise", "--check"]).succeeds();
    let built = book.xtask(&["build"]).succeeds();
    for said in [checked, built] {
        let mut said = said.says("note: listings/03_allocator.orig looks like");
        for left in LEFT {
            let named = left.replace("(copy)/runs.zig", "(copy)");
            let named = named.replace("(copy)/exercise.toml", "(copy)");
            said = said.says(&format!("note: {named} looks like"));
        }
        for passing in PASSING {
            said = said.never_says(passing);
        }
    }
    let names: Vec<String> = walkdir::WalkDir::new(book.path("book"))
        .into_iter()
        .map(|entry| {
            entry
                .expect("the book")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    for never in ["lesson.md.orig", "lesson (copy).html", ".#runs.zig"] {
        assert!(
            !names.iter().any(|name| name == never),
            "{never} is published"
        );
    }

    // The stock mdBook cannot copy such a link, and says so only after it has emptied the book.
    let page = book.read("book/lesson.html");
    let stock = || {
        let program = repository().join(".toolchain/mdbook-0.5.4/bin/mdbook");
        assert!(
            program.is_file(),
            "the stock mdBook is missing: run `cargo xtask test`, which installs it"
        );
        said(Command::new(program).arg("build").current_dir(book.root()))
    };
    let refused = stock().says("src/.#runs.zig: mdBook cannot copy this");
    assert_ne!(refused.status, Some(0));
    assert_eq!(
        book.read("book/lesson.html"),
        page,
        "the last good book stays"
    );
    fs::remove_file(book.path("src/.#runs.zig")).expect("the link");
    stock().succeeds();
}
