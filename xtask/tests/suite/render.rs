//! The render paths from the outside: `xtask build`, mdBook's own `build` and `serve`. What they make, what they
//! refuse, and that the last good book stays whatever happens.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::support::{Book, CommandOutput, repository, said};

const CHAPTER: &str = "# A lesson\n\n{{#listing 03_allocator/runs}}\n\nText, see {{#listing-ref 03_allocator/runs}}.\n";

const RUNS: &str = "pub fn main() void {\n    std.debug.print(\"<&> \\\"{d}\\\"\\n\", .{1});\n\n    // The end.\n}\n";

/// A book with one good listing and its chapter.
fn book() -> Book {
    Book::new()
        .zig("runs", "//@ run", RUNS)
        .write(
            "listings/03_allocator/runs.py",
            "#@ run\n\nprint(1)  # `one`\n",
        )
        .write("src/lesson.md", CHAPTER)
}

/// mdBook as readers have it, which runs the tool's preprocessor without cargo.
fn mdbook(book: &Book, arguments: &[&str]) -> Command {
    let program = repository().join(".toolchain/mdbook-0.5.4/bin/mdbook");
    assert!(
        program.is_file(),
        "mdBook is not installed: `cargo xtask test` installs it"
    );
    let preprocess = format!("'{}' preprocess", env!("CARGO_BIN_EXE_xtask"));
    let mut command = Command::new(program);
    command
        .args(arguments)
        .current_dir(book.root())
        .stdin(Stdio::null())
        .env("MDBOOK_PREPROCESSOR__LISTINGS__COMMAND", preprocess);
    command
}

/// Every file of a folder with its bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("a readable folder"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let bytes = fs::read(entry.path()).expect("a readable file");
            (entry.into_path(), bytes)
        })
        .collect()
}

/// The text of the first `<code>` of a panel, as a browser copies it.
fn copied(page: &str, language: &str) -> String {
    let panel = page
        .split_once(&format!(
            "listing-twin first\" role=\"tabpanel\" id=\"listing-03_allocator-runs-{language}\""
        ))
        .or_else(|| page.split_once(&format!("id=\"listing-03_allocator-runs-{language}\"")))
        .expect("a panel")
        .1;
    let code = panel.split_once("<code").expect("code").1;
    let code = code.split_once('>').expect("an element").1;
    let code = code.split_once("</code>").expect("its end").0;
    let mut text = String::new();
    let mut inside_tag = false;
    for character in code.chars() {
        match character {
            '<' => inside_tag = true,
            '>' => inside_tag = false,
            other if !inside_tag => text.push(other),
            _ => {}
        }
    }
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

#[test]
fn a_page_holds_the_listing_whole_and_both_ways_of_rendering_agree() {
    let book = book().bless();
    book.xtask(&["build"])
        .succeeds()
        .says("the book is in book");
    let page = book.read("book/lesson.html");
    assert_eq!(
        copied(&page, "zig"),
        format!("const std = @import(\"std\");\n\n{}", RUNS.trim_end())
    );
    assert_eq!(copied(&page, "python"), "print(1)  # `one`");
    assert!(page.contains(
        "Text, see <a class=\"listing-ref\" href=\"#listing-03_allocator-runs\">Listing"
    ));
    assert!(page.contains("<span class=\"hl-builtin\">@import</span>"));
    assert!(!page.contains("{{#"));

    said(&mut mdbook(&book, &["build"])).succeeds();
    assert_eq!(book.read("book/lesson.html"), page);
}

/// Each way to break a listing: its file, what is put in the place of what, and what must be said.
const BREAKS: [(&str, &str, &str, &str); 4] = [
    (
        "runs.zig",
        ".{1}",
        ".{2}",
        "listings/03_allocator/runs.zig.out:1:",
    ),
    (
        "panics.zig",
        "4, len 4",
        "5, len 4",
        "listings/03_allocator/panics.zig:1:",
    ),
    (
        "refused.zig",
        "\"x\"",
        "8",
        "listings/03_allocator/refused.zig:1:",
    ),
    (
        "leaks.zig",
        "u8, 3",
        "u8, 4",
        "listings/03_allocator/leaks.zig.out:",
    ),
];

#[test]
fn every_path_refuses_a_broken_listing_and_leaves_the_old_book_byte_for_byte() {
    let book = book()
        .zig(
            "panics",
            "//@ panic: index out of bounds: index 4, len 4",
            "pub fn main() void {\n    var xs: [4]u8 = @splat(0);\n    var i: usize = 4;\n    _ = &i;\n    xs[i] = 1;\n}\n",
        )
        .zig(
            "refused",
            "//@ compile-error: expected type 'u8'",
            "pub fn main() void {\n    const a: u8 = \"x\";\n    _ = a;\n}\n",
        )
        .zig(
            "leaks",
            "//@ leak",
            "pub fn main(init: std.process.Init) !void {\n    _ = try init.gpa.alloc(u8, 3);\n}\n",
        )
        .write(
            "src/lesson.md",
            format!("{CHAPTER}\n{{{{#listing 03_allocator/panics}}}}\n\n{{{{#listing 03_allocator/refused}}}}\n\n{{{{#listing 03_allocator/leaks}}}}\n"),
        )
        .bless();
    book.xtask(&["build"]).succeeds();
    let good = files(&book.path("book"));
    for (file, what, with, expected) in BREAKS {
        let name = format!("listings/03_allocator/{file}");
        let source = book.read(&name);
        let broken = source.replace(what, with);
        assert_ne!(broken, source);
        book.set(&name, broken);
        let refused = |path: &str, answer: CommandOutput| {
            assert_ne!(answer.status, Some(0), "{path} renders a broken {file}");
            answer.says(expected);
            assert!(files(&book.path("book")) == good, "{path} touched the book");
        };
        refused("xtask build", book.xtask(&["build"]));
        refused("mdbook build", said(&mut mdbook(&book, &["build"])));
        refused(
            "mdbook serve",
            said(&mut mdbook(&book, &["serve", "--port", "0"])),
        );
        book.set(&name, source);
    }
    book.xtask(&["build"]).succeeds();
}

#[test]
fn everything_wrong_with_the_chapters_is_said_at_once() {
    let book = book().write(
        "src/lesson.md",
        format!("{CHAPTER}\n```zig\n```\n\n{{{{#listing 03_allocator/rusn}}}}\n\n{{{{#include gone.txt}}}}\n\n[a](#gone) [b](gone.md)\n\n```admonish hint\n```\n"),
    );
    let book = book.bless();
    book.xtask(&["build"])
        .found_wrong()
        .says("src/lesson.md:7: fenced `zig` code: nobody checks it")
        .says("src/lesson.md:10: there is no listing `03_allocator/rusn`\n  hint: did you mean `03_allocator/runs`?")
        .says("src/lesson.md:12: `{{#include gone.txt}}` brings in a file that nobody checks")
        .says("src/lesson.md:14: the link `#gone` leads to an anchor that is not there")
        .says("src/lesson.md:14: the link `gone.md` leads nowhere")
        .says("src/lesson.md:16: `hint` is no kind of callout")
        .says("6 things are wrong: the book is not rendered");
    assert!(!book.path("book").exists());
}

#[test]
fn a_quiz_that_the_listings_no_longer_answer_is_not_rendered() {
    let quiz = |printed: &str| {
        format!(
            "title = \"T\"\n\n[[question]]\nid = \"printed\"\nkind = \"predict\"\nlisting = \"03_allocator/runs\"\nabout = \"output\"\n\
             prompt = \"What does it print?\"\noptions = [\n  {{ answer = '{printed}', why = \"So it is.\" }},\n  \
             {{ answer = \"nothing\", why = \"It prints a line.\" }},\n]\n"
        )
    };
    let chapter = format!("{CHAPTER}\n{{{{#quiz 03_allocator}}}}\n");
    let book = book()
        .write("src/lesson.md", chapter)
        .write("listings/03_allocator/quiz.toml", quiz("<&> \"1\""))
        .bless();
    book.xtask(&["build"]).succeeds();
    let before = files(&book.path("book"));

    // The author's answer is another than what was recorded.
    book.set("listings/03_allocator/quiz.toml", quiz("<&> \"2\""));
    let refused = book.xtask(&["build"]).found_wrong();
    refused
        .says("quiz.toml:9: no option is right: listings/03_allocator/runs.zig.out is `<&> \"1\"`")
        .says("the last good one stays");
    assert_ne!(said(&mut mdbook(&book, &["build"])).status, Some(0));
    assert_eq!(files(&book.path("book")), before);
}

#[test]
fn a_build_that_is_killed_leaves_a_whole_book() {
    let book = book().bless();
    book.xtask(&["build"]).succeeds();
    // Parts of the time that a build takes on this machine now.
    let started = std::time::Instant::now();
    book.xtask(&["build"]).succeeds();
    let whole = started.elapsed();
    let old = files(&book.path("book"));
    book.set("src/lesson.md", format!("{CHAPTER}\nMore.\n"));
    let mut killed = 0;
    for tenth in [1, 2, 4, 6, 8, 9] {
        let mut child = book
            .command(&["build"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the tool starts");
        std::thread::sleep(whole * tenth / 10);
        let _ = child.kill();
        killed += usize::from(!child.wait().expect("it ends").success());
        let now = files(&book.path("book"));
        let new = String::from_utf8_lossy(&now[&book.path("book/lesson.html")]).contains("More.");
        // The new book has another search index; that of the old one stays for a while.
        let is_whole = old.keys().all(|path| now.contains_key(path));
        assert!(
            now == old || new && is_whole,
            "killed after {tenth} tenths of a build"
        );
    }
    assert!(killed > 0, "no build was slow enough to be killed");
    book.xtask(&["build"]).succeeds();
    assert!(book.read("book/lesson.html").contains("More."));
}

#[test]
fn builds_at_once_take_turns() {
    let book = book().bless();
    let children: Vec<_> = (0..3)
        .map(|_| {
            book.command(&["build"])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .expect("the tool starts")
        })
        .collect();
    for mut child in children {
        assert!(child.wait().expect("it ends").success());
    }
    assert!(book.path("book/lesson.html").is_file());
}

#[test]
fn a_page_loads_what_it_needs_and_no_highlighter() {
    let book = book()
        .write(
            "src/SUMMARY.md",
            "# Summary\n\n- [A lesson](lesson.md)\n- [Drawn](drawn.md)\n",
        )
        .write(
            "src/drawn.md",
            "# Drawn\n\n```mermaid\ngraph LR\nA --> B\n```\n\nA leads to B.\n",
        )
        .bless();
    book.xtask(&["build"]).succeeds();
    let page = book.read("book/lesson.html");
    for unwanted in ["highlight", "clipboard", "font", "mermaid", "\"ace-"] {
        assert!(!page.contains(unwanted), "the page names {unwanted}");
    }
    let drawn = book.read("book/drawn.html");
    let (_, script) = drawn
        .split_once("<pre class=\"mermaid\" data-src=\"")
        .unwrap();
    let (script, rest) = script.split_once('"').unwrap();
    let (said, drawing) = rest.split_once('>').unwrap();
    assert!(said.contains("role=\"img\" aria-label=\"A drawing"));
    assert!(drawing.starts_with("graph LR\nA --&gt; B"));
    assert!(book.path("book").join(script).is_file(), "{script}");
}

#[test]
fn pages_lead_to_their_sources_where_git_knows_an_address() {
    let book = book().bless();
    book.xtask(&["build"]).succeeds();
    let page = book.read("book/lesson.html");
    assert!(!page.contains("Edit this page") && !page.contains("/blob/"));

    let git = |arguments: &[&str]| {
        let mut git = Command::new("git");
        said(git.args(arguments).current_dir(book.root())).succeeds();
    };
    git(&["init", "--quiet"]);
    git(&[
        "remote",
        "add",
        "origin",
        "git@github.com:someone/the-book.git",
    ]);
    for mut build in [book.command(&["build"]), mdbook(&book, &["build"])] {
        said(&mut build).succeeds();
        let page = book.read("book/lesson.html");
        for link in [
            "edit/HEAD/src/lesson.md",
            "blob/HEAD/listings/03_allocator/runs.zig",
        ] {
            let link = format!("href=\"https://github.com/someone/the-book/{link}\"");
            assert!(page.contains(&link), "{link}");
        }
    }

    book.set(
        "book.toml",
        book.read("book.toml")
            .replace("# git-repository-url", "git-repository-url"),
    );
    book.xtask(&["build"]).succeeds();
    let page = book.read("book/lesson.html");
    assert!(
        page.contains("href=\"https://example.org/someone/the-book/blob/HEAD/")
            && !page.contains("github.com"),
        "what book.toml says holds"
    );
}
