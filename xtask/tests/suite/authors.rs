//! What an author or a machine does to the book from outside, each answered with one clear sentence: settings, chapters
//! and their names, dates, full devices, closed pipes, escape codes, another mdBook.

use std::fs::{self, File};
use std::io::Read;
use std::process::{Command, Stdio};

use crate::support::{Book, CommandOutput, said};

const HELLO: &str = "pub fn main() void {\n    std.debug.print(\"hello\\n\", .{});\n}\n";

/// A sound book with one listing.
fn shown() -> Book {
    Book::new()
        .zig("a", "//@ run", HELLO)
        .write(
            "src/lesson.md",
            "# A lesson\n\n{{#listing 03_allocator/a}}\n",
        )
        .bless()
}

#[test]
fn names_too_long_for_what_is_made_of_them_are_refused() {
    let long = |count: usize| "a".repeat(count);
    let book = shown();
    let body = "pub fn main() void {}\n";
    let book = book
        .zig(&long(80), "//@ run", body)
        .zig(&long(81), "//@ run", body);
    let refused = "the file's name is not in snake_case, or too long";
    book.xtask(&["test-listings", "--bless"])
        .found_wrong()
        .says(&format!("{}.zig: {refused}", long(81)))
        .never_says(&format!("/{}.zig: {refused}", long(80)))
        .says("at most 80 of them");
    book.xtask(&["new-listing", &format!("03_allocator/{}", long(300))])
        .cannot()
        .says("at most 80 of them");
    std::fs::remove_file(book.path(&format!("listings/03_allocator/{}.zig", long(81))))
        .expect("a file");
    book.set(&format!("src/{}.md", long(250)), "# B\n");
    book.set(
        "src/SUMMARY.md",
        format!(
            "# Summary\n\n- [A lesson](lesson.md)\n- [B]({}.md)\n",
            long(250)
        ),
    );
    book.xtask(&["build"])
        .found_wrong()
        .says("src/SUMMARY.md:4: the chapter's path `aaa")
        .says("holds a name of more than 150 bytes");
}

#[test]
fn what_is_wrong_in_settings_and_summary_is_said_with_its_line() {
    let book = shown();
    let settings = book.read("book.toml");
    book.set(
        "book.toml",
        settings.replace("language = \"en\"", "language = "),
    );
    book.xtask(&["build"])
        .found_wrong()
        .says("book.toml:4: it cannot be read: ");
    book.set(
        "book.toml",
        settings.replace("language = \"en\"", "language = 5"),
    );
    book.xtask(&["build"])
        .found_wrong()
        .says("book.toml: it cannot be read: ");
    book.set("book.toml", settings);

    let good = "# Summary\n\n- [A lesson](lesson.md)\n";
    let twice = format!("{good}- [Again](./lesson.md)\n");
    for (summary, problem) in [
        (
            twice.as_str(),
            "src/SUMMARY.md:4: the chapter `./lesson.md` is listed twice: first in line 3",
        ),
        (
            "- [A](lesson.md)\n- [B](gone.md)\n",
            "src/SUMMARY.md:2: the chapter `gone.md`: the file is missing",
        ),
        (
            "- [A](lesson.md)\n- [B](/etc/passwd)\n",
            "src/SUMMARY.md:2: the chapter `/etc/passwd` is outside `src/`",
        ),
        (
            "- [A](lesson.md)\n- [B](../README.md)\n",
            "src/SUMMARY.md:2: the chapter `../README.md` is outside `src/`",
        ),
        (
            "- [A](lesson.md)\n- [B](bad.md)\n",
            "src/bad.md:3: the file is not UTF-8 from here on",
        ),
        (
            "- [A](lesson.md)\n- [B](part)\n",
            "src/SUMMARY.md:2: the chapter `part`: it is a folder",
        ),
        (
            "- [A](lesson.md)\n- [B](c#.md)\n",
            "src/SUMMARY.md:2: the chapter's file name `c#.md` holds `#`",
        ),
        (
            "- [A](lesson.md)\n- [B](100%25.md)\n",
            "src/SUMMARY.md:2: the chapter's file name `100%25.md` holds `%`",
        ),
    ] {
        book.set("src/bad.md", b"# Bad\n\n\xff\n");
        book.set("src/part/inside.md", "# Inside\n");
        book.set("src/c#.md", "# C\n");
        book.set("src/100%25.md", "# Full\n");
        book.set("src/SUMMARY.md", summary);
        book.xtask(&["build"])
            .found_wrong()
            .says(problem)
            .says("hint: ")
            .says("1 thing is wrong: the book is not rendered");
    }
    fs::remove_file(book.path("src/SUMMARY.md")).expect("a file");
    book.xtask(&["build"])
        .found_wrong()
        .says("src/SUMMARY.md: the file is missing");
    book.set("src/SUMMARY.md", good);
    book.xtask(&["build"]).succeeds();
}

#[test]
fn names_of_files_and_folders_lead_where_they_should() {
    let chapter = "my lesson (ML) é & 'x'.md";
    let encoded = "my%20lesson%20%28ML%29%20%C3%A9%20%26%20%27x%27";
    let book = Book::new()
        .zig("a", "//@ run", HELLO)
        .write("src/SUMMARY.md", format!("- [A lesson](lesson.md)\n- [ML & é #1 100%](<part one/{chapter}>)\n"))
        .write("src/lesson.md", format!("# A lesson\n\n[there](<part one/{chapter}>)\n\n{{{{#listing-ref 03_allocator/a}}}}\n"))
        .write(
            &format!("src/part one/{chapter}"),
            "# ML & é #1 100%\n\n{{#listing 03_allocator/a}}\n\n![Dot](<a dot é.svg>)\n",
        )
        .write(
            "src/part one/a dot é.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>\n",
        );
    let settings = book.read("book.toml");
    let book = book
        .write(
            "book.toml",
            settings.replace(
                "[output.html]\n",
                "[output.html]\ngit-repository-url = \"https://example.org/b\"\nedit-url-template = \"https://example.org/b/edit/{path}\"\n",
            ),
        )
        .bless();
    book.xtask(&["build", "--epub"]).succeeds();
    let page = book.read(&format!(
        "book/part one/{}",
        chapter.replace(".md", ".html")
    ));
    let edit = format!("href=\"https://example.org/b/edit/src/part%20one/{encoded}.md\"");
    assert!(page.contains(&edit), "no {edit}");
    let first = book.read("book/lesson.html");
    let reference = format!("href=\"part%20one/{encoded}.html#listing-");
    assert!(first.contains(&reference), "no {reference}");
    let worker = book.read("book/sw.js");
    for address in [
        format!("\"part%20one/{encoded}.html\""),
        "\"part%20one/a%20dot%20%C3%A9.svg\"".into(),
    ] {
        assert!(worker.contains(&address), "no {address}");
    }

    let mut epub = zip::ZipArchive::new(File::open(book.path("book.epub")).expect("an EPUB"))
        .expect("an archive");
    let mut text = |name: &str| {
        let mut text = String::new();
        let mut file = epub
            .by_name(name)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        file.read_to_string(&mut text).expect("a text");
        text
    };
    // In the EPUB no reader has to decode a name.
    let plain = format!("part_20one/{}", encoded.replace('%', "_"));
    let package = text("book/book.opf");
    assert!(
        package.contains(&format!("href=\"{plain}.xhtml\"")),
        "{package}"
    );
    assert!(
        package.contains("href=\"part_20one/a_20dot_20_C3_A9.svg\""),
        "{package}"
    );
    assert!(text("book/contents.xhtml").contains(&format!("href=\"{plain}.xhtml\"")));
    assert!(text("book/lesson.xhtml").contains(&format!("href=\"{plain}.xhtml\"")));
    let inside = text(&format!("book/{plain}.xhtml"));
    assert!(inside.contains("src=\"a_20dot_20_C3_A9.svg\""), "{inside}");
    text("book/part_20one/a_20dot_20_C3_A9.svg");
}

#[test]
fn a_date_given_from_outside_is_that_of_pages_and_epub() {
    let book = shown();
    let build = |date: &str| {
        said(
            book.command(&["build", "--epub"])
                .env("SOURCE_DATE_EPOCH", date),
        )
    };
    build("1000000000").succeeds();
    let first = fs::read(book.path("book.epub")).expect("an EPUB");
    assert!(book.read("book/lesson.html").contains("2001-09-09"));
    build("1000000000").succeeds();
    assert!(
        fs::read(book.path("book.epub")).expect("an EPUB") == first,
        "the bytes differ"
    );
    let mut epub = zip::ZipArchive::new(File::open(book.path("book.epub")).expect("an EPUB"))
        .expect("an archive");
    let mut package = String::new();
    epub.by_name("book/book.opf")
        .expect("a package")
        .read_to_string(&mut package)
        .expect("a text");
    assert!(
        package.contains("dcterms:modified\">2001-09-09T01:46:40Z<"),
        "{package}"
    );
    for date in [
        "18446744073709551615",
        "99999999999999999999999",
        "253402300800",
        "-1",
        "today",
        "",
    ] {
        build(date)
            .cannot()
            .says(&format!("SOURCE_DATE_EPOCH is `{date}`"))
            .says("hint: ");
    }
}

/// What the tool says where its output goes to `stdout`.
fn printing_to(book: &Book, arguments: &[&str], stdout: impl Into<Stdio>) -> CommandOutput {
    let answer = book
        .command(arguments)
        .stdout(stdout)
        .output()
        .expect("the tool starts");
    CommandOutput {
        status: answer.status.code(),
        text: String::from_utf8_lossy(&answer.stderr).into_owned(),
    }
}

/// A file on a disk that is full.
fn full_device() -> File {
    let mut options = File::options();
    options
        .write(true)
        .open("/dev/full")
        .expect("a full device")
}

#[test]
fn output_that_cannot_be_written_is_not_a_backtrace() {
    let book = shown();
    for arguments in [
        &["test-listings"][..],
        &["build"],
        &["trace", "03_allocator/a"],
        &["--help"],
    ] {
        let full = full_device();
        printing_to(&book, arguments, full)
            .never_says("panicked")
            .never_says("backtrace");
        // A pipe whose reader has gone.
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        printing_to(&book, arguments, writer)
            .never_says("panicked")
            .never_says("roken pipe");
    }
    let full = full_device();
    printing_to(&book, &["build"], full)
        .cannot()
        .says("error: cannot write to stdout: No space left on device")
        .says("hint: ");
}

#[test]
fn no_program_and_no_source_speaks_to_the_terminal() {
    let book = Book::new()
        .zig(
            "escape",
            "//@ run",
            "pub fn main() void {\n    std.debug.print(\"\\x1b[2Jgone\\n\", .{});\n}\n",
        )
        .zig(
            "name",
            "//@ run",
            "pub fn main() void {\n    const a = 1; // \x1b[31m\n}\n",
        )
        .write("listings/03_allocator/escape.zig.out", "here\n");
    book.xtask(&["test-listings"])
        .found_wrong()
        .says("␛[2Jgone")
        .never_says("\x1b");
    book.xtask(&["trace", "03_allocator/escape"])
        .never_says("\x1b");
}

#[test]
fn an_error_of_one_endless_line_is_cut() {
    let word = "x".repeat(1_000_000);
    let book = Book::new().zig(
        "long",
        "//@ run",
        &format!("pub fn main() void {{\n    {word}();\n}}\n"),
    );
    let answer = book
        .xtask(&["test-listings"])
        .found_wrong()
        .says("more characters)");
    assert!(answer.text.len() < 20_000, "{} bytes", answer.text.len());
}

#[test]
fn another_mdbook_is_told_which_one_it_takes() {
    let book = Book::new();
    for (input, answer) in [
        (
            r#"[{"root":"/","config":{},"renderer":"html","mdbook_version":"0.4.52"},{"sections":[]}]"#,
            "this is mdBook 0.4.52",
        ),
        (
            r#"[{"root":"/","config":{"book":{}},"renderer":"html","mdbook_version":"0.6.1"},{"items":[]}]"#,
            "this is mdBook 0.6.1",
        ),
        ("{}", "this command is run by mdBook"),
    ] {
        let file = book.path("input.json");
        fs::write(&file, input).expect("a file");
        let mut command: Command = book.command(&["preprocess"]);
        command.stdin(Stdio::from(File::open(file).expect("a file")));
        let answered = said(&mut command).cannot().says(answer);
        if answer.contains("0.") {
            answered
                .says("made for mdBook 0.5.4")
                .says("hint: cargo install mdbook --version 0.5.4 --locked");
        }
    }
}

#[test]
fn a_repository_where_compilers_cannot_write_is_named_and_no_listing_is_blamed() {
    let folder = tempfile::Builder::new()
        .prefix("a%20b")
        .tempdir()
        .expect("a temporary folder");
    fs::write(folder.path().join("book.toml"), "").expect("a file");
    fs::create_dir(folder.path().join("listings")).expect("a folder");
    for arguments in [
        &["test-listings"][..],
        &["build"],
        &["exercise"],
        &["trace", "03_allocator/a"],
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        said(command.args(arguments).current_dir(folder.path()))
            .cannot()
            .says("the path of the repository holds `%`")
            .says("hint: rename or move the folder");
    }
}
