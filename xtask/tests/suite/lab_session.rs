//! A reader's first minutes with the lab: from `cargo xtask serve` to a program of their own whose leak is seen in its
//! diagram, in a real browser, with the real server and its compiler. `--nocapture` prints how long each step took.

use std::time::Instant;

use crate::support::Book;
use crate::support::chromium::Page;
use crate::support::repository;
use crate::support::server::Server;
use serde_json::json;

const FIELD: &str = "document.querySelector('.lab textarea')";
const SAID: &str = "document.querySelector('.lab-said').textContent";

/// What happened, and when.
struct Log(Instant);

impl Log {
    fn note(&mut self, what: &str) {
        eprintln!("{:6.2} s  {what}", self.0.elapsed().as_secs_f32());
        self.0 = Instant::now();
    }
}

#[test]
fn a_reader_changes_a_program_and_sees_its_leak() {
    let Some(mut page) = Page::start() else {
        return;
    };
    let source = repository().join("listings/03_allocator/caller_owns.zig");
    let source = std::fs::read_to_string(source).expect("a listing of the book");
    let book = Book::new()
        .write("listings/03_allocator/caller_owns.zig", source)
        .write(
            "src/lesson.md",
            "# A lesson\n\n{{#listing 03_allocator/caller_owns step=1}}\n",
        )
        .bless();
    let mut log = Log(Instant::now());
    let server = Server::start(&book).ready();
    log.note("the book is served");
    page.open(&format!("http://{}/lesson.html", server.address));
    log.note("the page is open");
    page.click("[data-edit]");
    page.until(&format!("document.activeElement === {FIELD}"));
    log.note("the editor is open");

    // The line that frees goes.
    page.eval(&format!(
        "{{ const at = {FIELD}.value.search(/ *defer .*free\\(.*\\n/); const end = {FIELD}.value.indexOf('\\n', at) + 1;
            if (at < 0) throw new Error('nothing is freed'); {FIELD}.setSelectionRange(at, end); }}"
    ));
    page.press(&["Delete"]);
    log.note("the line with `defer` is gone");
    page.press(&["Control+Shift+Enter"]);
    page.until("document.querySelector('.lab-diagram .trace')");
    log.note("the diagram of the changed program is there");
    let said = page.text(SAID);
    assert!(said.contains("never freed"), "{said}");
    // It is opened where the leak is known, and steps like any diagram of the book.
    let told = page.text("document.querySelector('.lab-diagram .trace-said').textContent");
    assert!(
        told.contains("never freed") || told.contains("leak"),
        "{told}"
    );
    page.click(".lab-diagram [data-act=first]");
    page.until(
        "document.querySelector('.lab-diagram .trace-said').textContent.startsWith('Step 1 of')",
    );
    assert!(
        page.is("!!document.querySelector('.lab-diagram .trace-file .hl-keyword')"),
        "the code is colored"
    );

    // Run in the page: the safe allocator reports it.
    page.eval(&format!("{FIELD}.focus()"));
    page.press(&["Control+Enter"]);
    page.until(&format!("{SAID}.includes('did not free')"));
    log.note("it ran in the page, and its leak is reported");
    let printed = page.text("document.querySelector('.run-result samp').textContent");
    assert!(printed.contains("leaked"), "{printed}");

    // Undo brings the line back, and all is well.
    page.press(&["Control+z", "Control+Enter"]);
    page.until(&format!("{SAID}.startsWith('It ran to its end.')"));
    log.note("undone, and run again");

    // A mistake is found at its line.
    page.eval(&format!("{FIELD}.setSelectionRange(0, 0)"));
    page.write("const nothing = missing;\ncomptime { _ = nothing; }\n");
    page.press(&["Control+Enter"]);
    page.until("document.querySelector('.editor .wrong')");
    log.note("a mistake is shown at its line");
    assert!(
        page.text("document.querySelector('.lab-errors').innerText")
            .contains("missing")
    );
    assert_eq!(
        page.text("document.querySelector('.lab-line').textContent"),
        "Line 1"
    );

    assert!(
        page.is("!document.querySelector('.lab-diagram') && document.querySelector('.run-result samp').textContent === ''"),
        "nothing is left that was true of an earlier text"
    );

    // Stopped while it runs; the page stays as quick as it was.
    page.eval(&format!("{FIELD}.select()"));
    page.write("pub fn main() void {\n    while (true) {}\n}\n");
    page.press(&["Control+Enter"]);
    page.until(&format!("{SAID} === 'Running …'"));
    page.click(".lab-bar button");
    page.until(&format!("{SAID} === 'Stopped.'"));
    log.note("an endless loop is stopped");
    page.is_sound(&format!("http://{}/", server.address));

    // The server is gone: the text stays.
    drop(server);
    page.press(&["Control+z"]);
    let text = page.text(&format!("{FIELD}.value"));
    page.eval(&format!("{FIELD}.focus()"));
    page.press(&["Control+Enter"]);
    page.until(&format!("{SAID}.includes('still running')"));
    assert_eq!(page.eval(&format!("{FIELD}.value")), json!(text));
}
