//! The EPUB from the outside: what is in it, and that epubcheck finds nothing wrong with it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::process::Command;

use crate::support::{Book, said};
use zip::{CompressionMethod, ZipArchive};

const QUIZ: &str = r#"
title = "Sizes"

[[question]]
id = "prints"
kind = "predict"
listing = "03_allocator/runs"
about = "output"
prompt = "What is printed?"
options = [ { answer = "1 < 2", why = "It is." }, { answer = "2", why = "No: look again." } ]

[[question]]
id = "typed"
kind = "short"
prompt = "What?"
accept = ["yes"]
why = "Because."
"#;

const LESSON: &str = "# 3 lessons & more\n\n{{#listing 03_allocator/runs}}\n\nSee {{#listing-ref 03_allocator/runs}}, \
[the review](review.md), [the end](end.md#last), and [Zig](https://ziglang.org).<br>\n\n{{#quiz 03_allocator}}\n\n\
![A drawing](<drawing (1).svg>)\n\n\
```admonish tip\nText\n```\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\nA note.[^1]\n\n[^1]: Here.\n";

fn book() -> Book {
    Book::new()
        .zig(
            "runs",
            "//@ run",
            "pub fn main() void {\n    std.debug.print(\"1 < {d}\\n\", .{2});\n}\n",
        )
        .write("listings/03_allocator/runs.py", "#@ run\n\nprint(1)\n")
        .write("listings/03_allocator/quiz.toml", QUIZ)
        .write("src/SUMMARY.md", "# Summary\n\n[First](first.md)\n\n# Lessons\n\n- [A lesson](lesson.md)\n- [Review](review.md)\n\n# More & more\n\n- [The end](end.md)\n- [Über uns](<über uns.md>)\n")
        .write("src/first.md", "# First\n")
        .write("src/lesson.md", LESSON)
        .write("src/review.md", "# Review\n\n{{#quiz review}}\n")
        .write("src/end.md", "# The end\n\n## Last\n\n## Progress\n\n<div data-progress>x</div>\n")
        .write("src/über uns.md", "# Über uns\n")
        .write("src/drawing (1).svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>\n")
        .bless()
}

/// The files of an EPUB, in their order, and their text by name.
fn unpack(book: &Book) -> (Vec<String>, BTreeMap<String, String>) {
    let file = File::open(book.path("book.epub")).expect("an EPUB");
    let mut zip = ZipArchive::new(file).expect("an archive");
    assert_eq!(
        zip.by_index(0).expect("a first file").compression(),
        CompressionMethod::Stored
    );
    let mut texts = BTreeMap::new();
    let mut names = Vec::new();
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).expect("a file");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("bytes");
        // Pictures are not text.
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let name = file.name().expect("a readable name").into_owned();
        names.push(name.clone());
        texts.insert(name, text);
    }
    (names, texts)
}

#[test]
fn an_epub_holds_what_the_pages_show_and_nothing_that_needs_a_browser() {
    let book = book();
    book.xtask(&["build"]).succeeds();
    assert!(!book.path("book.epub").exists(), "nobody asked for it");
    book.xtask(&["build", "--epub"])
        .succeeds()
        .says("the EPUB is book.epub");
    let (names, texts) = unpack(&book);
    assert_eq!(
        names,
        [
            "mimetype",
            "META-INF/container.xml",
            "book/book.opf",
            "book/contents.xhtml",
            "book/contents.ncx",
            "book/book.css",
            "book/cover.xhtml",
            "book/cover.png",
            "book/first.xhtml",
            "book/lesson.xhtml",
            "book/end.xhtml",
            "book/_C3_BCber_20uns.xhtml",
            "book/drawing_20_281_29.svg",
        ]
    );
    let contents = &texts["book/contents.xhtml"];
    assert!(contents.contains("<span>More &amp; more</span>"));
    assert!(contents.contains("<a href=\"lesson.xhtml\">1. A lesson</a>"));

    // For readers that know nothing of it.
    let old = &texts["book/contents.ncx"];
    assert!(old.contains("<text>1. A lesson</text></navLabel><content src=\"lesson.xhtml\"/>"));
    assert!(
        old.contains("<content src=\"_C3_BCber_20uns.xhtml\"/>"),
        "{old}"
    );
    let package = &texts["book/book.opf"];
    for part in [
        "<dc:creator>The course From Python to Zig</dc:creator>",
        "properties=\"cover-image\"",
        "<meta name=\"cover\" content=\"cover-image\"/>",
        "<spine toc=\"ncx\">",
    ] {
        assert!(package.contains(part), "{part} is not in {package}");
    }
    assert!(texts["book/cover.xhtml"].contains(">The course From Python to Zig</text>"));
    assert!(
        names
            .iter()
            .all(|name| name.is_ascii() && !name.contains(['%', ' ']))
    );

    let lesson = &texts["book/lesson.xhtml"];
    for present in [
        "<samp>1 &lt; 2</samp>",
        ">print</span>",
        "<a href=\"#answer-1\">answer</a>",
        "No: look again.",
        "<a href=\"end.xhtml#last\">the end</a>",
        "<span>the review</span>",
    ] {
        assert!(lesson.contains(present), "{present} is not in {lesson}");
    }
    let question = lesson.find("What is printed?").expect("a question");
    let last = lesson.find("A note.").expect("the text's end");
    let answer = lesson.find("No: look again.").expect("an explanation");
    assert!(question < last && last < answer, "answers stand at the end");
    for text in texts.values() {
        for absent in [
            "<script",
            "<button",
            "<form",
            "<input",
            "data-progress",
            "Progress",
        ] {
            assert!(!text.contains(absent), "{absent} is in {text}");
        }
    }

    let Some(checker) = book_site::epub::checker::command() else {
        eprintln!("NOT TESTED by epubcheck, because that or Java is not installed");
        return;
    };
    let mut command = Command::new(&checker[0]);
    command.args(&checker[1..]).arg("--failonwarnings");
    said(command.arg(book.path("book.epub"))).succeeds();
}
