//! Where the book goes is replaced whole: only what is the tool's to replace. What mdBook would fail on after it has
//! emptied the folder is refused before.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use crate::support::{Book, CommandOutput, repository, said};

/// A book of one listing and one chapter.
fn book() -> Book {
    Book::new()
        .zig("row", "//@ run", "pub fn main() void {}\n")
        .write(
            "src/lesson.md",
            "# A lesson\n\n{{#listing 03_allocator/row}}\n",
        )
        .bless()
}

/// The settings with another output folder.
fn goes_to(book: &Book, place: &str) {
    let settings = book.read("book.toml");
    let old = settings
        .lines()
        .find(|line| line.starts_with("build-dir"))
        .expect("a setting");
    book.set(
        "book.toml",
        settings.replace(old, &format!("build-dir = \"{place}\"")),
    );
}

fn stock(book: &Book, more: &[&str]) -> CommandOutput {
    let program = repository().join(".toolchain/mdbook-0.5.4/bin/mdbook");
    assert!(
        program.is_file(),
        "the stock mdBook is missing: run `cargo xtask test`, which installs it"
    );
    said(
        Command::new(program)
            .arg("build")
            .args(more)
            .current_dir(book.root()),
    )
}

#[test]
fn no_folder_of_somebody_else_is_replaced() {
    let book = book()
        .write("notes/mine.txt", "mine")
        .write("theirs/.nojekyll", "")
        .write("checkout/.nojekyll", "made by mdBook")
        .write("checkout/.git", "gitdir: elsewhere")
        .write("a-file", "mine");
    let outside = tempfile::tempdir().expect("a folder");
    let beside = outside.path().join("new").display().to_string();
    symlink("notes", book.path("to-notes")).expect("a link");
    symlink(outside.path(), book.path("away")).expect("a link");
    for (place, why) in [
        ("src", "`src` is kept there"),
        ("./src/../src/", "`src` is kept there"),
        ("src/new", "`src` is kept there"),
        ("listings", "`listings` is kept there"),
        ("exercises/x", "`exercises` is kept there"),
        ("target", "`target/book` is kept there"),
        ("target/book/render", "`target/book` is kept there"),
        (".", "holds the repository"),
        ("..", "holds the repository"),
        ("/", "holds the repository"),
        (beside.as_str(), "outside the repository"),
        ("away/new", "outside the repository"),
        ("to-notes", "that is a link"),
        ("notes", "it holds `mine.txt`"),
        ("theirs", "it holds `.nojekyll`"),
        ("checkout", "it holds `.git`"),
        ("a-file", "it is no folder"),
    ] {
        goes_to(&book, place);
        book.xtask(&["build"])
            .found_wrong()
            .says("book.toml:")
            .says(why)
            .says("hint: ");
    }
    // The stock mdBook would empty it.
    for place in ["src", "notes", "..", "to-notes"] {
        goes_to(&book, place);
        assert_ne!(
            stock(&book, &[]).says("the book cannot go to").status,
            Some(0)
        );
    }
    assert_eq!(book.read("notes/mine.txt"), "mine");
    assert!(book.read("src/lesson.md").contains("A lesson"));
    assert!(!outside.path().join("new").exists());
}

#[test]
fn a_new_an_empty_and_an_old_book_s_folder_are_taken() {
    let book = book();
    fs::create_dir(book.path("empty")).expect("a folder");
    for place in ["book", "book", "empty", "deep/er/book"] {
        goes_to(&book, place);
        book.xtask(&["build"]).succeeds();
        assert!(book.path(place).join("lesson.html").is_file(), "{place}");
    }
    // One that the stock mdBook made is a book as well, and the other way round; it may be told another place.
    goes_to(&book, "book");
    stock(&book, &[]).succeeds();
    book.xtask(&["build"]).succeeds();
    let outside = tempfile::tempdir().expect("a folder");
    let place = outside.path().join("new").display().to_string();
    stock(&book, &["--dest-dir", &place]).succeeds();
    assert!(outside.path().join("new/lesson.html").is_file());
}

#[test]
fn what_mdbook_would_fail_on_is_refused_while_the_last_good_book_stays() {
    let book = book();
    stock(&book, &[]).succeeds();
    let page = book.read("book/lesson.html");
    let settings = book.read("book.toml");
    let summary = book.read("src/SUMMARY.md");
    // A theme of its own, to be broken.
    let theme = fs::canonicalize(book.path("theme")).expect("the theme");
    fs::remove_file(book.path("theme")).expect("a link");
    fs::create_dir(book.path("theme")).expect("a folder");
    for entry in fs::read_dir(&theme).expect("the theme").flatten() {
        symlink(entry.path(), book.path("theme").join(entry.file_name())).expect("a link");
    }
    let refused = |why: &str| {
        assert_ne!(stock(&book, &[]).says(why).status, Some(0));
        assert_eq!(
            book.read("book/lesson.html"),
            page,
            "the last good book: {why}"
        );
        book.xtask(&["build"]).found_wrong().says(why);
    };

    let template = book.read("theme/index.hbs");
    fs::remove_file(book.path("theme/index.hbs")).expect("a link");
    book.set("theme/index.hbs", template.replacen("{{/if}}", "", 1));
    refused("theme/index.hbs");
    book.set("theme/index.hbs", &template);

    book.set(
        "book.toml",
        settings.replace("theme/quiz.css", "theme/gone.css"),
    );
    refused("book.toml:");
    book.set(
        "book.toml",
        settings.replace("[output.html]\n", "[output.html]\ntheme = \"nowhere\"\n"),
    );
    refused("there is no folder of the theme: nowhere");
    book.set(
        "book.toml",
        settings.replace(
            "[output.html]\n",
            "[output.html]\ninput-404 = \"gone.md\"\n",
        ),
    );
    refused("there is no chapter that can be read: src/gone.md");
    book.set("book.toml", &settings);

    book.set("other.md", "# Other\n");
    book.set(
        "src/SUMMARY.md",
        format!("{summary}- [Other](../other.md)\n"),
    );
    refused("src/SUMMARY.md:4: the chapter `../other.md` is outside `src/`");
    book.set("src/SUMMARY.md", &summary);

    symlink("nowhere", book.path("src/picture.png")).expect("a link");
    refused("src/picture.png: mdBook cannot copy this into the book: the link leads nowhere");
    fs::remove_file(book.path("src/picture.png")).expect("a link");
    symlink("..", book.path("src/round")).expect("a link");
    refused("src/round");
    fs::remove_file(book.path("src/round")).expect("a link");

    stock(&book, &[]).succeeds();
    book.xtask(&["build"]).succeeds();
}

#[test]
fn what_the_machine_does_not_allow_is_said_in_a_sentence() {
    // The work folder where nobody may write, not even the administrator.
    let here = book();
    fs::rename(here.path("target"), here.path("kept")).expect("a folder");
    symlink("/sys", here.path("target")).expect("a link");
    for command in [
        &["build"][..],
        &["test-listings"],
        &["serve", "--port", "0"],
    ] {
        here.xtask(command)
            .cannot()
            .says("error: cannot write in")
            .says("hint: what is checked and rendered is kept there");
    }
    // A file system of its own, on every Linux.
    let memory = std::path::Path::new("/dev/shm");
    if memory.is_dir() {
        let there = tempfile::tempdir_in(memory).expect("a folder");
        let here = book();
        symlink(there.path(), here.path("target/book/render")).expect("a link");
        here.xtask(&["build"])
            .cannot()
            .says("cannot put the book in place at book")
            .says("hint: target/book and `book` are on different file systems");
    }
}

/// Mounts are made in a world of their own, where the system lets anybody make one.
#[test]
#[cfg(target_os = "linux")]
fn a_mount_is_not_replaced_and_one_that_starts_nothing_is_named() {
    let mounted = |book: &Book, mount: &str, arguments: &str| {
        let script = format!(
            "{mount} && exec '{}' {arguments}",
            env!("CARGO_BIN_EXE_xtask")
        );
        said(
            Command::new("unshare")
                .args(["--map-root-user", "--mount", "sh", "-c", &script])
                .current_dir(book.root()),
        )
    };
    let book = book();
    if mounted(&book, "mount -t tmpfs none book-", "--version")
        .text
        .contains("unshare")
    {
        eprintln!("NOT TESTED: this system lets nobody mount something for a moment");
        return;
    }
    book.xtask(&["build"]).succeeds();
    let page = book.read("book/lesson.html");
    book.set("elsewhere/lesson.html", "mine");
    book.set("elsewhere/.nojekyll", "made by mdBook");
    mounted(&book, "mount --bind elsewhere book", "build")
        .found_wrong()
        .says("the book cannot go to `book`: that is a mount, and no folder can take its place")
        .says("hint: unmount it, or name a folder inside the mount");
    assert_eq!(book.read("elsewhere/lesson.html"), "mine");
    assert_eq!(book.read("book/lesson.html"), page);

    let programs =
        "mkdir -p target/book/programs && mount -t tmpfs -o noexec none target/book/programs";
    mounted(&book, programs, "test-listings --fresh")
        .cannot()
        .says("cannot start ")
        .says("hint: what is built has to run where it is: if the disk is mounted `noexec`");
}
