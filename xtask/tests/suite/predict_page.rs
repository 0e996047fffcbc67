//! Predictions and figures with two views from the outside: what a reader finds before and after the answer, by keys, by
//! a link, without a script, on paper and on an e-reader.

use std::fs::File;
use std::io::Read;

use crate::support::Book;
use crate::support::chromium::Page;
use crate::support::site::Site;
use serde_json::json;

const OWNS: &str = "pub fn main(init: std.process.Init) !void {\n    const xs = try init.gpa.alloc(u8, 2);\n    \
    xs[0] = 7;\n    std.debug.print(\"{d}\\n\", .{xs[0]});\n}\n";

const QUIZ: &str = r#"
title = "Q"

[[question]]
id = "which"
kind = "short"
prompt = "Which?"
accept = ["this"]
why = "So."

[[prediction]]
id = "owner"
listing = "03_allocator/owns"
about = "outcome"
prompt = "What happens?"
options = [ { answer = "run", why = "Somebody looks." }, { answer = "leak" }, { answer = "panic" } ]
"#;

const LESSON: &str = "# A lesson\n\n[Later](#trace-03_allocator-owns=3)\n\n## Who frees it?\n\n{{#predict owner}}\n\n\
    {{#listing 03_allocator/owns step=1}}\n\n{{#reveal}}\n\nNobody does.\n\n**Rule: free it.**\n\n## Quiz\n\n{{#quiz 03_allocator}}\n";

fn book() -> Book {
    book_before().bless()
}

fn book_before() -> Book {
    Book::new()
        .zig("owns", "//@ leak\n//@ trace", OWNS)
        .write("listings/03_allocator/quiz.toml", QUIZ)
        .write("src/lesson.md", LESSON)
}

/// Whether what tells is seen: outcome, output, explanation, the buttons of the diagram, Run.
const SEEN: &str = "[...document.querySelectorAll('.outcome, .listing-output pre, .reveal > p, .trace-bar, .listing-file')]
    .map(part => part.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })).join()";

#[test]
fn what_tells_is_folded_until_the_reader_answers() {
    let book = book();
    book.xtask(&["build"]).succeeds();
    let Some(mut page) = Page::start() else {
        return;
    };
    let site = Site::of(&book.path("book"));
    let url = format!("{}lesson.html", site.url);
    page.size(390, 844);
    page.open(&url);
    let all = |page: &mut Page, seen: bool| {
        page.text(SEEN)
            .split(',')
            .map(|part| part == "true")
            .filter(|is| *is == seen)
            .count()
    };
    let count = page.text(SEEN).split(',').count();
    assert!(count >= 5, "{}", page.text(SEEN));
    page.eval("document.querySelector('[data-view=memory]').click(); null");
    assert!(
        page.is("!document.querySelector('.trace-life').checkVisibility()"),
        "the lives of the blocks tell who frees"
    );
    page.eval("document.querySelector('[data-view=code]').click(); null");
    assert_eq!(all(&mut page, true), 0, "{}", page.text(SEEN));
    assert!(page.is("document.querySelector('.trace-said').textContent.startsWith('Step 1 of')"));

    // An answer by keys: nothing chosen, then a wrong one.
    page.eval("document.querySelector('.predict input').focus()");
    page.press(&["Tab"]);
    assert_eq!(page.text("document.activeElement.textContent"), "Check");
    page.press(&["Enter"]);
    page.until(
        "document.querySelector('.predict-verdict').textContent === 'Choose an answer first.'",
    );
    assert_eq!(all(&mut page, true), 0);
    let wrong = "[...document.querySelectorAll('.predict li')].findIndex(option => option.textContent.includes('panic'))";
    let number = page.eval(wrong).as_u64().expect("an option");
    page.eval(&format!(
        "document.querySelectorAll('.predict input')[{number}].focus()"
    ));
    page.press(&[" ", "Tab", "Enter"]);
    page.until("document.querySelector('.predict-verdict').textContent === 'Not so. It is: It runs to its end, and a leak is reported'");
    page.until("!document.querySelector('.reveal').matches(':not([open])')");
    assert_eq!(
        page.text("document.activeElement.textContent"),
        "Check",
        "the keyboard keeps its place"
    );
    assert!(page.is(
        "document.querySelector('.predict .quiz-right').textContent.includes('a leak is reported')"
    ));
    assert!(page.is("document.querySelector('.predict [role=status]').checkVisibility()"));
    // The diagram is in the other view.
    assert_eq!(all(&mut page, false), 1, "{}", page.text(SEEN));
    page.click("[data-view=memory]");
    page.until("document.querySelector('.trace-bar').checkVisibility() && !document.querySelector('.listing-body').checkVisibility()");
    page.click("[data-act=forward]");
    page.until("document.querySelector('.trace-link').textContent.startsWith('Step 2 of')");

    // It is kept, and folded again when the reader wants.
    page.open(&url);
    assert_eq!(all(&mut page, false), 1, "{}", page.text(SEEN));
    page.click(".predict button[type=button]");
    page.until("!document.querySelector('.reveal').open");
    assert_eq!(all(&mut page, true), 0);
    page.open(&url);
    assert_eq!(all(&mut page, true), 0);

    // Whoever opens one fold has asked for all.
    page.click(".listing-output > summary");
    page.until(
        "document.querySelector('.reveal').open && document.querySelector('.predict .quiz-right')",
    );
    assert!(page.is("document.querySelector('.predict-verdict').textContent === ''"));
    page.click(".predict button[type=button]");
    page.until("!document.querySelector('.reveal').open");

    // Keys in a folded diagram do not step, and a link to a step opens the fold, the view and the step.
    page.eval("document.querySelector('[data-view=memory]').click(); null");
    page.until("performance.getEntriesByType('resource').some(entry => entry.name.includes('03_allocator-owns') && entry.responseEnd > 0)");
    page.eval("document.querySelector('.trace-bytes > summary').focus()");
    page.press(&["ArrowRight", "End", "m"]);
    assert!(page.is("document.querySelector('.trace-said').textContent.startsWith('Step 1 of')"));
    page.click("[data-view=code]");
    page.eval("document.querySelector(\"main a[href='#trace-03_allocator-owns=3']\").click()");
    page.until("document.querySelector('.trace-link').textContent.startsWith('Step 3 of')");
    assert!(page.is("document.querySelector('.reveal').open && document.querySelector('.trace').checkVisibility()
        && document.querySelector('[data-view=memory]').getAttribute('aria-pressed') === 'true'"));

    // Followed again, it changes no address, and opens all the same.
    page.eval("document.querySelector('.predict button[type=button]').click()");
    page.until("!document.querySelector('.reveal').open && document.querySelector('.trace-said').textContent.startsWith('Step 1 of')");
    page.eval("document.querySelector(\"main a[href='#trace-03_allocator-owns=3']\").click()");
    page.until("document.querySelector('.reveal').open && document.querySelector('.trace-link').textContent.startsWith('Step 3 of')");
    page.is_sound(&site.url);
}

#[test]
fn a_link_to_a_variant_leads_to_the_question_that_it_would_answer() {
    let freed = OWNS.replace("    xs[0]", "    defer init.gpa.free(xs);\n    xs[0]");
    let text = format!(
        "//@ run\n//@ variant: What if they are freed?\n\nconst std = @import(\"std\");\n\n{freed}"
    );
    let book = book_before()
        .write("listings/03_allocator/owns__freed.zig", text)
        .bless();
    book.xtask(&["build"]).succeeds();
    let Some(mut page) = Page::start() else {
        return;
    };
    let site = Site::of(&book.path("book"));
    page.size(390, 400);
    page.open(&format!("{}lesson.html#what-if-owns__freed", site.url));
    page.until("Math.abs(document.querySelector('.predict').getBoundingClientRect().top) < 100");
    assert!(!page.is("document.querySelector('.variant').checkVisibility()"));
    page.click(".predict button[type=button]");
    page.until("document.querySelector('.variant[open]').checkVisibility()");
    page.is_sound(&site.url);
}

#[test]
fn without_a_script_all_is_folded_and_on_paper_it_follows_the_question() {
    let book = book();
    book.xtask(&["build", "--epub"]).succeeds();
    if let Some(mut page) = Page::start() {
        let site = Site::of(&book.path("book"));
        page.open_without_scripts(&format!("{}lesson.html", site.url));
        let told = "[...document.querySelectorAll('.outcome, .listing-output pre, .reveal > p')].map(part => part.checkVisibility()).join()";
        assert_eq!(page.text(told), "false,false,false,false,false,false");
        assert!(page.is("['.trace', '.listing-body', '.reveal > summary'].every(part => document.querySelector(part).checkVisibility())"));
        assert!(page.is("['.views', '.predict button', '.trace-bar'].every(part => !document.querySelector(part)?.checkVisibility())"));
        page.eval("document.querySelector('.reveal > summary').click(); document.querySelector('.listing-output > summary').click()");
        assert_eq!(page.text(told), "true,true,true,true,true,true");
        page.eval("document.querySelectorAll('details').forEach(fold => { fold.open = false; })");
        page.call("Emulation.setEmulatedMedia", json!({ "media": "print" }));
        assert_eq!(page.text(told), "true,true,true,true,true,true");
    }
    let file = File::open(book.path("book.epub")).expect("an EPUB");
    let mut zip = zip::ZipArchive::new(file).expect("an archive");
    let name = "book/lesson.xhtml";
    let mut text = String::new();
    zip.by_name(name)
        .expect("the lesson")
        .read_to_string(&mut text)
        .expect("text");
    let place = |part: &str| {
        text.find(part)
            .unwrap_or_else(|| panic!("{part} is not in {text}"))
    };
    let order = [
        "What happens?",
        "<figure class=\"listing both\"",
        "<div class=\"listing-output",
        "leaks",
        "class=\"trace\"",
        "Answer:",
        "Nobody does.",
        "Rule: free it.",
    ]
    .map(place);
    assert!(order.is_sorted(), "{order:?}");
    assert!(!text.contains("data-view") && !text.contains("Show me"));
}

#[test]
fn a_figure_that_opens_beyond_the_answer_is_refused_and_times_are_told() {
    let book = book();
    book.set(
        "src/lesson.md",
        LESSON
            .replace("step=1", "step=2")
            .replace("# A lesson", "# A lesson\n\n{{#time max=1}}"),
    );
    book.xtask(&["build"])
        .found_wrong()
        .says("src/lesson.md:11: step 2 tells what the prediction `owner` asks")
        .says("src/lesson.md:3: the page takes 3 minutes, and 1 are allowed: questions 0.8 min (1), diagrams 0.7 min (1), ");
    let told = book.xtask(&["times"]).found_wrong().text;
    let row = told
        .lines()
        .find(|line| line.ends_with("lesson.md"))
        .expect("the page");
    let columns: Vec<&str> = row.split_whitespace().collect();
    assert_eq!(columns[..3], ["3", "over", "1"], "{told}");
    assert_eq!(
        columns[6..9],
        ["1", "1", "1"],
        "predictions, diagrams, questions: {told}"
    );
    book.set(
        "src/lesson.md",
        LESSON.replace("# A lesson", "# A lesson\n\n{{#time max=3}}"),
    );
    book.xtask(&["times"]).succeeds().never_says("over");
}

#[test]
fn parts_of_a_listing_say_which_they_are() {
    let parts = "// ANCHOR: one\nconst a = 1;\n// ANCHOR_END: one\n\n// ANCHOR: two\npub fn main() void {\n    std.debug.print(\"{d}\\n\", .{a});\n}\n// ANCHOR_END: two\n";
    let book = Book::new().zig("parts", "//@ run", parts).write(
        "src/lesson.md",
        "# A lesson\n\n{{#listing 03_allocator/parts:two}}\n\n{{#listing 03_allocator/parts:one output=no}}\n\nSee {{#listing-ref 03_allocator/parts:one}} of {{#listing-ref 03_allocator/parts}}.\n",
    );
    let book = book.bless();
    book.xtask(&["build"]).succeeds();
    let page = book.read("book/lesson.html");
    for part in [
        "href=\"#listing-03_allocator-parts-two\">Listing 3.1, part 2</a> <span class=\"listing-title\">T</span>",
        "href=\"#listing-03_allocator-parts-one\">Listing 3.1, part 1</a> <span class=\"listing-title\">T</span>",
        "#listing-03_allocator-parts-one\">Listing&nbsp;3.1,&nbsp;part&nbsp;1</a> of ",
    ] {
        let part = part.replace("&nbsp;", "\u{a0}");
        let page = page.replace("&nbsp;", "\u{a0}");
        assert!(page.contains(&part), "{part}");
    }
}
