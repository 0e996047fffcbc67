//! Exercises in the page: the reader's file, the terminal's report, and neither overwritten by the other.

use std::fs;

use crate::support::chromium::Page;
use crate::support::exercise::{ZIG_SOLUTION, zig};
use crate::support::server::Server;
use crate::support::{Book, repository};
use book_exercise::{discover, page};
use book_listing::Language;
use book_support::project::Project;
use serde_json::json;

const FIELD: &str = "document.querySelector('.lab textarea')";
const SAID: &str = "document.querySelector('.lab-said').textContent";
const REPORT: &str = "document.querySelector('.lab-report').textContent";
const MINE: &str = "my-exercises/03_allocator/exercise.zig";

fn served() -> Option<(Page, Server, Book)> {
    let mut page = Page::start()?;
    let book = Book::new()
        .zig("empty", "//@ run", "pub fn main() void {}\n")
        .exercise("03_allocator")
        .write(
            "src/exercises/03_allocator.md",
            "# Twice\n\n{{#exercise 03_allocator}}\n",
        )
        .write(
            "src/lesson.md",
            "# A lesson\n\n{{#listing 03_allocator/empty}}\n",
        )
        .write(
            "src/SUMMARY.md",
            "# Summary\n\n- [A lesson](lesson.md)\n- [Twice](exercises/03_allocator.md)\n",
        )
        .bless();
    let server = Server::start(&book).ready();
    page.open(&format!(
        "http://{}/exercises/03_allocator.html",
        server.address
    ));
    page.click("[data-exercise-here]");
    page.until(&format!("document.activeElement === {FIELD}"));
    Some((page, server, book))
}

/// Replaces all that is in the editor.
fn fill(page: &mut Page, text: &str) {
    page.eval(&format!("{FIELD}.focus(); {FIELD}.select()"));
    page.write(text);
    assert_eq!(page.text(&format!("{FIELD}.value")), text);
}

fn check(page: &mut Page) {
    page.eval(&format!("{FIELD}.focus()"));
    page.press(&["Control+Enter"]);
    page.until(&format!("!{SAID}.startsWith('It is saved')"));
}

fn press(page: &mut Page, word: &str) {
    page.eval(&format!(
        "document.querySelectorAll('.lab button').forEach(button => button.toggleAttribute('data-pressed', button.textContent === {}))",
        json!(word)
    ));
    page.click("[data-pressed]");
}

#[test]
fn page_terminal_and_progress_agree() {
    let Some((mut page, server, book)) = served() else {
        return;
    };
    assert!(page.text(&format!("{FIELD}.value")).contains("error.Todo"));
    assert!(!book.path(MINE).exists(), "looking makes no file");

    // Half of it: the report is the terminal's, and the diagram is that of the test that fails, where it does.
    let half = zig(
        "const all = try gpa.alloc(u8, 2 * text.len);\n    @memset(all, 'x');\n    return all;",
    );
    fill(&mut page, &half);
    check(&mut page);
    let report = page.text(REPORT);
    assert!(report.contains("✓✗  1 of 2 tests pass"), "{report}");
    assert!(report.contains("✗ Double repeats the text"), "{report}");
    assert!(
        report.contains("the test asks, exercises/03_allocator/tests.zig:17"),
        "{report}"
    );
    assert_eq!(book.read(MINE), half);
    let drawn = page.text("document.querySelector('.lab-diagram').innerText");
    assert!(
        drawn.contains("The memory of the test “Double repeats the text”"),
        "{drawn}"
    );
    assert!(drawn.contains("expectEqualStrings"), "{drawn}");

    // What does not compile is marked at its line.
    fill(
        &mut page,
        &zig("const unused = 1;\n    return gpa.dupe(u8, text);"),
    );
    check(&mut page);
    assert!(page.text(REPORT).contains("It does not compile yet"));
    assert_eq!(
        page.text("document.querySelector('.editor .wrong').textContent.trim()"),
        "const unused = 1;"
    );

    // Hints one by one.
    press(&mut page, "Hint");
    press(&mut page, "Hint");
    assert_eq!(
        page.text("document.querySelector('.lab-hints').innerText.replace(/\\s+/g, ' ')"),
        "Hint 1 Think. Hint 2 Count."
    );

    // Solved: the page's own mark, its contents and the terminal know it at once.
    assert!(page.is("!document.querySelector('.progress-here input').checked"));
    fill(&mut page, &zig(ZIG_SOLUTION));
    check(&mut page);
    let report = page.text(REPORT);
    assert!(
        report.starts_with("✓ It passes: all 2 tests, and nothing leaks"),
        "{report}"
    );
    assert!(page.is("document.querySelector('.progress-here input').checked"));
    assert!(
        page.is("document.querySelector('#mdbook-sidebar .progress-mark').textContent === '✓'")
    );
    book.xtask(&["exercise"]).says("3  Twice        5  passes");
    press(&mut page, "Compare with a solution");
    assert!(page.is("document.querySelector('.spoiler + details').open"));
    page.is_sound(&format!("http://{}/", server.address));

    // And the other way: what the terminal has noted, another browser's page learns.
    page.eval("localStorage.clear()");
    page.open(&format!("http://{}/lesson.html", server.address));
    page.until("document.querySelector('#mdbook-sidebar .progress-mark')?.textContent === '✓'");
}

#[test]
fn neither_the_page_nor_an_editor_writes_over_the_other() {
    let Some((mut page, server, book)) = served() else {
        return;
    };
    fill(&mut page, "// mine\n");
    // The terminal begins meanwhile: it copies the starter.
    let theirs = zig("return error.Todo;");
    fs::create_dir_all(book.path(MINE).parent().unwrap()).unwrap();
    fs::write(book.path(MINE), &theirs).unwrap();
    check(&mut page);
    let choice = "document.querySelector('.lab-choice')";
    assert!(page.is(&format!("{choice}.checkVisibility()")));
    assert_eq!(book.read(MINE), theirs);
    assert_eq!(page.text(&format!("{FIELD}.value")), "// mine\n");
    press(&mut page, "Show how they differ");
    assert!(
        page.text("document.querySelector('.lab-difference').innerText")
            .contains("+ // mine")
    );
    press(&mut page, "Take the file’s text");
    assert_eq!(page.text(&format!("{FIELD}.value")), theirs);
    page.press(&["Control+z"]);
    assert_eq!(
        page.text(&format!("{FIELD}.value")),
        "// mine\n",
        "and undo has mine"
    );

    // Not saved yet, and the page is left: it is there again, and the file is another by now.
    fs::write(book.path(MINE), "// theirs again\n").unwrap();
    page.open(&format!(
        "http://{}/exercises/03_allocator.html",
        server.address
    ));
    page.until(&format!("{FIELD}?.value === '// mine\\n'"));
    page.until(&format!("{choice}.checkVisibility()"));
    press(&mut page, "Keep mine, and check it");
    page.until(&format!("!{REPORT}.hidden && {REPORT}.includes('compile')"));
    assert_eq!(book.read(MINE), "// mine\n");

    // A page in which nothing is unsaved follows the file.
    fs::write(book.path(MINE), "// from an editor\n").unwrap();
    page.eval("dispatchEvent(new Event('focus'))");
    page.until(&format!("{FIELD}.value === '// from an editor\\n'"));
    assert!(page.text(SAID).contains("changed elsewhere"));

    // The server is gone: nothing is lost.
    drop(server);
    fill(&mut page, "// still mine\n");
    check(&mut page);
    assert!(page.text(SAID).contains("still running"));
    assert_eq!(page.text(&format!("{FIELD}.value")), "// still mine\n");
}

#[test]
fn every_solution_passes_in_the_page_as_at_the_terminal_and_no_starter_does() {
    // A folder of its own: what passes is noted in it.
    let book = Book::new();
    std::os::unix::fs::symlink(repository().join("exercises"), book.path("exercises")).unwrap();
    let project = Project::find(book.root()).unwrap();
    let (exercises, _) = discover::load(&project).unwrap();
    assert_eq!(exercises.len(), 8);
    for exercise in &exercises {
        let files = &exercise.languages[&Language::Zig];
        let solved = page::check(
            &project,
            exercise,
            &files.solution,
            None,
            &Default::default(),
        )
        .unwrap();
        assert!(
            solved.solved && solved.errors.is_empty(),
            "{}: {}",
            exercise.name,
            solved.report
        );
        assert_eq!(
            page::solved(&project, std::slice::from_ref(exercise)),
            [&exercise.name]
        );
        let begun = page::check(
            &project,
            exercise,
            &files.starter,
            None,
            &Default::default(),
        )
        .unwrap();
        assert!(!begun.solved, "{}: {}", exercise.name, begun.report);
        assert!(
            begun.diagram.is_some(),
            "{}: {}",
            exercise.name,
            begun.report
        );
    }
}
