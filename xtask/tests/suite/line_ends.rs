//! A checkout whose files have carriage returns: `core.autocrlf=true`, an archive, an editor. Everything is as without.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support;
use crate::support::{Book, repository, said};

const ZIG: &str = "fn text() []const u8 {\n    return\n    \\\\one\n    \\\\two\n    ;\n}\n\npub fn main() void {\n    // ANCHOR: print\n    std.debug.print(\"{s}\\n\", .{text()});\n    // ANCHOR_END: print\n}\n";

const QUIZ: &str = "title = \"Lines\"\n\n[[question]]\nid = \"lines\"\nkind = \"choice\"\nprompt = '''\nHow many lines?\n\n- one\n- or two\n'''\noptions = [\n  { text = \"2\", right = true, why = \"two\" },\n  { text = \"1\", why = \"no\" },\n]\n";

const CHAPTER: &str = "# A lesson\n\nText\nthat goes on.\n\n{{#listing 03_allocator/lines:print}}\n\n```admonish note title=\"A note\"\nOne.\n\nTwo.\n```\n\n```text\none\ntwo\n```\n\n{{#quiz 03_allocator}}\n\n{{#exercise 03_allocator}}\n";

fn book() -> Book {
    Book::new()
        .zig("lines", "//@ run\n//@ trace", ZIG)
        .write(
            "listings/03_allocator/lines.py",
            "#@ run\nprint(\"\"\"one\ntwo\"\"\")\n",
        )
        .write(
            "listings/03_allocator/lines.rs",
            "//@ run\nfn main() {\n    println!(\"one\n2\");\n}\n",
        )
        .write("listings/03_allocator/quiz.toml", QUIZ)
        .write("src/lesson.md", CHAPTER)
        .exercise("03_allocator")
        .bless()
}

/// The book's own files; what is linked belongs to the repository.
fn own_files(book: &Book) -> Vec<PathBuf> {
    ["listings", "exercises", "src"]
        .iter()
        .flat_map(|folder| walkdir::WalkDir::new(book.path(folder)))
        .map(|entry| entry.expect("a readable folder").into_path())
        .filter(|path| {
            path.is_file()
                && !path
                    .components()
                    .any(|part| part.as_os_str() == "generated")
        })
        .collect()
}

fn with_carriage_returns(path: &Path) {
    let text = fs::read_to_string(path).expect("a text");
    fs::write(path, text.replace('\n', "\r\n")).expect("a file");
}

#[test]
fn a_book_with_carriage_returns_is_checked_and_rendered_as_without() {
    let book = book();
    let build = |book: &Book| {
        said(book.command(&["build"]).env("SOURCE_DATE_EPOCH", "0")).succeeds();
        book.read("book/lesson.html")
    };
    let before = build(&book);
    for path in own_files(&book) {
        with_carriage_returns(&path);
    }
    book.xtask(&["test-listings", "--fresh"]).succeeds();
    assert_eq!(build(&book), before);
    book.xtask(&["test-listings", "--bless"]).succeeds();
    book.xtask(&["trace", "03_allocator/lines"]).succeeds();
}

#[test]
fn an_exercise_solved_by_an_editor_that_adds_carriage_returns_passes() {
    let book = Book::new().exercise("03_allocator");
    let solution = book.read("exercises/03_allocator/solution.zig");
    let file = "my-exercises/03_allocator/exercise.zig";
    book.set(file, solution.replace('\n', "\r\n"));
    book.xtask(&["exercise", "3", "--once"]).succeeds();
    // How far a reader is does not hang on the line ends either.
    book.set(file, solution);
    book.xtask(&["exercise"])
        .says("passes")
        .never_says("passed before");
}

#[test]
fn the_script_of_the_stock_mdbook_runs_with_carriage_returns() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let from = repository().join("xtask/preprocess.sh");
    let text = fs::read_to_string(from).expect("the script");
    let script = folder.path().join("preprocess.sh");
    fs::write(&script, text.replace('\n', "\r\n")).expect("a file");
    // A newer source than the tool, then the tool alone.
    for (tool, answer) in [(false, "cargo xtask preprocess"), (true, "tool preprocess")] {
        let path = |name: &str| folder.path().join(name);
        if tool {
            support::program(&path("target/debug/xtask"), "echo tool \"$@\"");
        }
        support::program(&path("bin/cargo"), "echo cargo \"$@\"");
        let asked = Command::new("sh")
            .arg(&script)
            .current_dir(folder.path())
            .env("PATH", format!("{}:/usr/bin:/bin", path("bin").display()))
            .output()
            .expect("a shell");
        assert_eq!(
            String::from_utf8_lossy(&asked.stdout),
            format!("{answer}\n")
        );
        assert!(asked.status.success());
    }
}

#[test]
fn every_checkout_has_line_feeds_alone() {
    let asked = Command::new("git")
        .args([
            "check-attr",
            "eol",
            "--",
            "README.md",
            "xtask/preprocess.sh",
            "listings/01_stack_heap/backup.zig",
        ])
        .current_dir(repository())
        .output()
        .expect("git");
    let text = String::from_utf8_lossy(&asked.stdout);
    assert_eq!(text.matches("eol: lf").count(), 3, "{text}");
}

#[test]
fn the_mark_of_an_encoding_is_no_part_of_a_file() {
    let book = book();
    book.xtask(&["build"]).succeeds();
    let page = book.read("book/lesson.html");
    for path in own_files(&book) {
        let is_text = path.extension().is_some_and(|end| {
            ["md", "zig", "rs", "py", "toml"]
                .iter()
                .any(|known| end == *known)
        });
        if is_text {
            let text = fs::read_to_string(&path).expect("a text");
            fs::write(&path, format!("\u{feff}{text}")).expect("a file");
        }
    }
    let settings = book.read("book.toml");
    book.set("book.toml", format!("\u{feff}{settings}"));
    book.xtask(&["test-listings"]).succeeds();
    book.xtask(&["exercise", "--check"]).succeeds();
    book.xtask(&["build"]).succeeds();
    let text = |page: &str| {
        page.split("class=\"stamp\"")
            .next()
            .unwrap_or_default()
            .to_string()
    };
    assert_eq!(text(&book.read("book/lesson.html")), text(&page));
}
