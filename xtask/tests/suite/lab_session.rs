//! A reader's first minutes with the lab: from `cargo xtask serve` to a program of their own whose leak is seen in its
//! diagram, in a real browser, with the real server and its compiler. `--nocapture` prints how long each step took.

use std::time::Instant;

use crate::support::Book;
use crate::support::chromium::Page;
use crate::support::firefox;
use crate::support::repository;
use crate::support::server::Server;
use serde_json::json;

const FIELD: &str = "document.querySelector('.lab textarea')";
const SAID: &str = "document.querySelector('.lab-said').textContent";

const OWNS: &str = "pub fn main(init: std.process.Init) !void {\n    const xs = try init.gpa.alloc(u8, 2);\n    \
    defer init.gpa.free(xs);\n    xs[0] = 7;\n    std.debug.print(\"{d}\\n\", .{xs[0]});\n}\n";

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

#[test]
fn a_variant_is_edited_as_itself_and_kept_apart_from_its_listing() {
    let Some(mut page) = Page::start() else {
        return;
    };
    let no_defer = OWNS.replace("    defer init.gpa.free(xs);\n", "");
    let variant = format!(
        "//@ leak\n//@ variant: What if the line with `defer` is left out?\n\nconst std = @import(\"std\");\n\n{no_defer}"
    );
    let book = Book::new()
        .zig("owns", "//@ run", OWNS)
        .write("listings/03_allocator/owns__no_defer.zig", variant)
        .write(
            "src/lesson.md",
            "# A lesson\n\n{{#listing 03_allocator/owns}}\n\n```admonish example title=\"Change it\"\nPrint *8*.\n```\n",
        )
        .bless();
    let server = Server::start(&book).ready();
    page.open(&format!("http://{}/lesson.html", server.address));
    // The program that is seen is the one that is edited, asked about or not.
    page.click(".variant > summary");
    page.until("document.querySelector('.varied')");
    page.click(".listing-head [data-edit]");
    page.until(&format!("document.activeElement === {FIELD}"));
    let value = format!("{FIELD}.value");
    let text = page.text(&value);
    assert!(
        text.contains("alloc(u8, 2)") && !text.contains("defer"),
        "{text}"
    );
    assert!(page.is(&format!("!!{FIELD}.closest('.variant')")));
    assert!(
        !page.is("document.querySelector('.variant-answer').checkVisibility()"),
        "nothing tells"
    );

    page.eval(&format!(
        "{{ const at = {value}.indexOf('= 7') + 3; {FIELD}.setSelectionRange(at, at); }}"
    ));
    page.write("7");
    page.press(&["Control+Enter"]);
    page.until(&format!("{SAID}.includes('did not free')"));
    let printed = "document.querySelector('.variant-lab .run-result samp').textContent";
    assert!(page.text(printed).starts_with("77\n"));
    page.eval(
"[...document.querySelectorAll('.lab-bar button')].find(button => button.textContent === 'Difference').click()",
);
    let difference = page.text(
        "[...document.querySelectorAll('.lab-difference :is(ins, del)')].map(line => line.textContent.trim()).join('|')",
    );
    assert_eq!(difference, "-     xs[0] = 7;|+     xs[0] = 77;");

    // Loaded again, it is there again; its listing is another program, and the task below is about that one.
    page.open(&format!("http://{}/lesson.html", server.address));
    page.until(FIELD);
    assert!(
        page.text(&value).contains("= 77;")
            && page.is(&format!("{FIELD}.closest('.variant').open"))
    );
    page.eval("[...document.querySelectorAll('.lab-bar button')].find(button => button.textContent === 'Close').click()");
    page.until(&format!(
        "!{FIELD} && !document.querySelector('.variant-lab')"
    ));
    page.click(".admonition [data-edit]");
    page.until(&format!("document.activeElement === {FIELD}"));
    let text = page.text(&value);
    assert!(text.contains("defer") && text.contains("= 7;"), "{text}");
    // Answered, the variant has its button beside the others.
    page.eval("document.querySelector('.variant input').click(); document.querySelector('.variant .predict button').click()");
    page.until("document.querySelector('.variant-acts [data-edit]')?.checkVisibility()");
    page.click(".variant-acts [data-edit]");
    page.until("document.activeElement?.closest('.variant')?.querySelector('.lab') && document.activeElement.value.includes('= 77;')");
    page.is_sound(&format!("http://{}/", server.address));
}

#[test]
fn in_firefox_a_program_is_typed_run_stepped_through_kept_and_handed_on() {
    let Some(mut page) = firefox::Page::start() else {
        return;
    };
    let book = Book::new()
        .zig("owns", "//@ run", OWNS)
        .write(
            "src/lesson.md",
            "# A lesson\n\n{{#listing 03_allocator/owns}}\n",
        )
        .write("src/lab.md", "# The lab\n\n{{#lab}}\n")
        .write(
            "src/SUMMARY.md",
            "# Summary\n\n- [A lesson](lesson.md)\n- [The lab](lab.md)\n",
        )
        .bless();
    let server = Server::start(&book).ready();
    page.open(&format!("http://{}/lesson.html", server.address));
    page.click("[data-edit]");
    page.until(&format!("document.activeElement === {FIELD}"));
    let value = format!("{FIELD}.value");
    page.eval(&format!(
        "{{ const at = {value}.indexOf('    xs[0]'); {FIELD}.setSelectionRange(at, at); }}"
    ));
    // Brackets close themselves, and undo knows what was typed.
    page.write("if (xs.len > 9) {");
    assert!(page.text(&value).contains("if (xs.len > 9) {"));
    page.press(&["Enter"]);
    let typed = page.text(&value);
    assert!(typed.contains("if (xs.len > 9) {\n    \n}"), "{typed}");
    page.eval(&format!(
        "{{ const from = {value}.indexOf('if (xs'); {FIELD}.setSelectionRange(from, {value}.indexOf('    xs[0]')); }}"
    ));
    page.press(&["Delete"]);
    page.eval(&format!(
        "{{ const at = {value}.indexOf('= 7') + 3; {FIELD}.setSelectionRange(at, at); }}"
    ));
    page.write("7");
    page.press(&["Control+Enter"]);
    page.until(&format!("{SAID}.startsWith('It ran to its end.')"));
    assert_eq!(
        page.text("document.querySelector('.run-result samp').textContent"),
        "77\n"
    );

    let press = |page: &mut firefox::Page, word: &str| {
        page.eval(&format!(
            "[...document.querySelectorAll('.lab-bar button')].find(button => button.textContent === '{word}').click()"
        ));
    };
    press(&mut page, "Step");
    page.until("document.querySelector('.lab-diagram .trace')");
    page.click(".lab-diagram [data-act=first]");
    let shows = |step: u32| {
        format!(
            "document.querySelector('.lab-diagram .trace-said').textContent.startsWith('Step {step} of')"
        )
    };
    page.until(&shows(1));
    page.press(&["ArrowRight"]);
    page.until(&shows(2));

    // Kept, and handed on by an address.
    page.open(&format!("http://{}/lesson.html", server.address));
    page.until(&format!("{value}.includes('= 77;')"));
    page.eval("navigator.clipboard.writeText = async text => { window.copied = text; }; null");
    press(&mut page, "Link");
    let link = page.until("window.copied");
    page.open("about:blank");
    page.open(link.as_str().expect("an address"));
    page.until(&format!("{FIELD}?.value.includes('= 77;')"));
    page.is_sound(&format!("http://{}/", server.address));
}
