//! "What if …?" from the outside: declared, recorded, offered under the code; by keys, without a script, on paper, on an
//! e-reader.

use std::fs::File;
use std::io::Read;

use crate::support::Book;
use crate::support::chromium::Page;
use crate::support::site::Site;
use serde_json::json;

const OWNS: &str = "pub fn main(init: std.process.Init) !void {\n    const xs = try init.gpa.alloc(u8, 2);\n    \
    defer init.gpa.free(xs);\n    xs[0] = 7;\n    std.debug.print(\"{d}\\n\", .{xs[0]});\n}\n";

const LESSON: &str =
    "# A lesson\n\n[Try it](#what-if-owns__eight)\n\n{{#listing 03_allocator/owns}}\n";

/// A variant of `owns` with other lines.
fn variant(book: Book, name: &str, head: &str, body: &str) -> Book {
    let text = format!("{head}\n\nconst std = @import(\"std\");\n\n{body}");
    book.write(&format!("listings/03_allocator/owns__{name}.zig"), text)
}

fn book() -> Book {
    let book = Book::new()
        .zig("owns", "//@ run", OWNS)
        .write("src/lesson.md", LESSON);
    let no_defer = OWNS.replace("    defer init.gpa.free(xs);\n", "");
    let book = variant(
        book,
        "no_defer",
        "//@ leak\n//@ trace\n//@ variant: What if the line with `defer` is left out?",
        &no_defer,
    );
    let eight = OWNS.replace("= 7", "= 8");
    variant(
        book,
        "eight",
        "//@ run\n//@ variant: What if the first item is 8?",
        &eight,
    )
}

/// The numbers and the text of the figure's code, as they are seen.
const CODE: &str = "document.querySelector('.listing-twin > pre').innerText";

#[test]
fn a_reader_predicts_and_then_sees_the_variant_in_the_listings_place() {
    let book = book().with_run_buttons().bless();
    book.xtask(&["build"]).succeeds();
    let Some(mut page) = Page::start() else {
        return;
    };
    let site = Site::of(&book.path("book"));
    page.size(390, 844);
    page.open(&format!("{}lesson.html", site.url));
    let own = page.text(CODE);
    // By keys: the second of the two in the order of their names.
    page.eval("document.querySelectorAll('.variant > summary')[1].focus()");
    page.press(&["Enter"]);
    page.until("document.querySelector('.varied')");
    assert!(page.is("document.querySelectorAll('.varied .gone').length === 1 && !document.querySelector('.varied .new')"));
    assert!(page.is("getComputedStyle(document.querySelector('.varied .gone'), '::before').content.includes('−')"));
    let told =
        "[...document.querySelectorAll('.variant-answer')].some(part => part.checkVisibility())";
    assert!(!page.is(told), "nothing tells");
    page.eval("document.querySelector('.variant[open] input').focus()");
    page.press(&[" ", "Tab", "Enter"]);
    page.until("document.querySelector('.variant[open] .variant-answer').checkVisibility()");
    assert!(page.is(
        "document.querySelector('.variant[open] .predict-verdict').textContent.includes('It leaks')"
    ));
    assert!(
        page.is("document.querySelector('.variant[open] .listing-output pre').checkVisibility()")
    );
    assert!(page.is("document.querySelector('.variant[open] .outcome').textContent === 'leaks'"));

    // It runs here, and its memory is loaded when it is asked for.
    assert!(page.is("!document.querySelector('.variant .trace')"));
    page.eval("document.querySelector('.variant[open] .run').click()");
    page.until("document.querySelector('.variant[open] .run-note')?.textContent.startsWith('The same as recorded')");
    page.eval("document.querySelector('.variant[open] .memory').click()");
    page.until("document.querySelector('.variant[open] .trace')?.checkVisibility()");
    page.eval("document.querySelector('.variant[open] [data-act=first]').click()");
    page.until(
        "document.querySelector('.variant[open] .trace-link').textContent.startsWith('Step 1 of')",
    );

    // A link opens the other one and closes this.
    page.eval("document.querySelector(\"main a[href='#what-if-owns__eight']\").click()");
    page.until("document.querySelector('#what-if-owns__eight').open && document.querySelector('.varied .new')");
    page.until("document.querySelectorAll('.variant[open]').length === 1");
    assert!(page.is("document.querySelector('.varied .new').textContent.includes('= 8') && document.querySelectorAll('.varied .gone').length === 1"));
    assert!(!page.is("document.querySelector('.variant[open] .variant-answer').checkVisibility()"));
    // Back: the listing as it was, and the keyboard where it was.
    page.eval("document.querySelector('.variant[open] .variant-back').focus()");
    page.press(&["Enter"]);
    page.until("!document.querySelector('.varied')");
    assert_eq!(page.text(CODE), own);
    assert_eq!(
        page.text("document.activeElement.textContent"),
        "What if the first item is 8?"
    );
    assert!(page.is("document.documentElement.scrollWidth <= innerWidth"));
    page.is_sound(&site.url);
}

#[test]
fn without_a_script_on_paper_and_on_an_e_reader_the_difference_and_the_outcome_stand() {
    let book = book().bless();
    book.xtask(&["build", "--epub"]).succeeds();
    if let Some(mut page) = Page::start() {
        let site = Site::of(&book.path("book"));
        page.open_without_scripts(&format!("{}lesson.html", site.url));
        let seen = "['.difference', '.variant .listing-output pre'].map(part => document.querySelector(part).checkVisibility()).join()";
        assert_eq!(page.text(seen), "false,false");
        page.eval("document.querySelector('.variant > summary').click()");
        page.until("document.querySelector('.difference').checkVisibility()");
        assert_eq!(
            page.text(seen),
            "true,false",
            "what happens is folded by itself"
        );
        page.eval("document.querySelector('.variant details > summary').click()");
        page.until("document.querySelector('.variant .listing-output pre').checkVisibility()");
        page.eval("document.querySelectorAll('details').forEach(fold => { fold.open = false; })");
        page.call("Emulation.setEmulatedMedia", json!({ "media": "print" }));
        assert_eq!(page.text(seen), "true,true");
        assert!(!page.is("document.querySelector('.variant .predict').checkVisibility()"));
    }
    let file = File::open(book.path("book.epub")).expect("an EPUB");
    let mut zip = zip::ZipArchive::new(file).expect("an archive");
    let mut text = String::new();
    zip.by_name("book/lesson.xhtml")
        .expect("the lesson")
        .read_to_string(&mut text)
        .expect("text");
    for part in [
        "<p class=\"variant-question\">What if the first item is 8?</p>",
        "<del>    xs[",
        "<ins>    xs[",
        "leaks</span>",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("What happens then?") && !text.contains("Memory</button>"));
}

#[test]
fn a_variant_that_is_not_as_declared_is_named_and_so_are_broken_ones() {
    let book = book().bless();
    book.set(
        "listings/03_allocator/owns__nine.zig",
        "//@ run\n\npub fn main() void {}\n",
    );
    let orphan = "//@ run\n//@ variant: What if it is alone?\n\npub fn main() void {}\n";
    book.set("listings/03_allocator/gone__alone.zig", orphan);
    let eight = book.read("listings/03_allocator/owns__eight.zig");
    book.set(
        "listings/03_allocator/owns__eight.zig",
        eight.replace("= 8", "= 9"),
    );
    book.xtask(&["test-listings", "--lang", "zig"])
        .found_wrong()
        .says("listings/03_allocator/owns__nine.zig:1: its name makes it a variant of `03_allocator/owns`, and it asks no question")
        .says("listings/03_allocator/gone__alone.zig:2: a variant without its listing")
        .says("listings/03_allocator/owns__eight.zig");
    book.xtask(&["times"]).says("variants: 03_allocator 4");
}
