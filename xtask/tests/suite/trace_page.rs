//! Memory diagrams in pages: what stands without a script, what is loaded late, and how much that weighs.

use std::collections::BTreeSet;
use std::io::Write;

use crate::support::Book;
use crate::support::chromium::Page;
use crate::trace::fixtures;
use book_trace::model::Trace;
use book_trace::render::code::plain_code;
use book_trace::render::document;
use book_trace::render::page::{self, DiagramFigure};
use book_trace::render::vocabulary::CLASSES;
use serde_json::json;

const OWNS: &str = "pub fn main(init: std.process.Init) !void {\n    const xs = try init.gpa.alloc(u8, 2);\n    defer init.gpa.free(xs);\n    xs[0] = 7;\n    std.debug.print(\"{d}\\n\", .{xs[0]});\n}\n";

/// A book with one traced listing and a chapter that shows its diagram.
fn book(directive: &str) -> Book {
    Book::new().zig("owns", "//@ run\n//@ trace", OWNS).write(
        "src/lesson.md",
        format!("# A lesson\n\n{{{{#listing 03_allocator/owns}}}}\n\n{directive}\n"),
    )
}

fn gzip(bytes: &[u8]) -> usize {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).expect("a vector takes all");
    encoder.finish().expect("a vector takes all").len()
}

pub fn figure(trace: &Trace, step: usize, predict: Option<usize>) -> String {
    let source = &fixtures::FIXTURES.sources[&trace.files[0]];
    page::figure(&DiagramFigure {
        trace,
        code: &[plain_code(&trace.files[0], source)],
        id: "trace",
        caption: "T",
        step,
        predict,
        wrong: &[],
        fold: None,
        data: "",
    })
}

/// The words that stand in a text after `before`, as far as they may be names of classes.
fn words_after<'t>(text: &'t str, before: &'t str) -> impl Iterator<Item = &'t str> {
    let word = |rest: &'t str| {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        &rest[..end.unwrap_or(rest.len())]
    };
    text.split(before)
        .skip(1)
        .map(word)
        .filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()))
}

#[test]
fn a_diagram_has_no_class_that_the_vocabulary_does_not_explain() {
    let style = include_str!("../../../theme/trace.css");
    let script = include_str!("../../../theme/js/trace.js");
    let mut html = String::new();
    for name in [
        "allocators",
        "calls",
        "containers",
        "corners",
        "late_write",
        "loops",
        "mistakes",
        "values",
    ] {
        let trace = fixtures::record(name);
        html += &figure(&trace, 2, Some(3));
        html += &page::data(&trace).replace("\\\"", "\"");
        html += &page::with_blanks(&trace, 1, &[]);
    }
    let written: BTreeSet<&str> = html
        .split("class=\"")
        .skip(1)
        .flat_map(|rest| rest.split('"').next().unwrap_or(rest).split(' '))
        .filter(|class| !class.is_empty())
        .collect();
    assert!(written.len() > 30, "{written:?}");
    let styled: BTreeSet<&str> = words_after(style, ".").collect();
    let sought: BTreeSet<&str> = words_after(script, "'.")
        .chain(words_after(script, "classList.add('"))
        .collect();
    let used: BTreeSet<&str> = [&written, &styled, &sought]
        .into_iter()
        .flatten()
        .copied()
        .collect();
    let known: BTreeSet<&str> = CLASSES.iter().map(|(class, _)| *class).collect();
    assert_eq!(known.len(), CLASSES.len(), "each class is explained once");
    // Classes of every page, what a table is wrapped in there, and the figure around a diagram.
    let of_pages = BTreeSet::from(["js", "table-wrapper", "both", "sidebar-hidden"]);
    let strange: Vec<_> = used
        .difference(&known)
        .filter(|class| !of_pages.contains(*class))
        .collect();
    assert!(strange.is_empty(), "not in the vocabulary: {strange:?}");
    let stale: Vec<_> = known.difference(&used).collect();
    assert!(stale.is_empty(), "nobody uses {stale:?}");
    let plain: Vec<_> = written
        .difference(&styled)
        .filter(|class| !sought.contains(*class))
        .collect();
    assert!(
        plain.is_empty(),
        "written, and neither styled nor sought: {plain:?}"
    );
}

#[test]
fn a_chapter_shows_a_step_and_loads_the_others_late() {
    let book = book("{{#trace 03_allocator/owns step=4 predict=5}}").bless();
    book.xtask(&["build"]).succeeds();
    let page = book.read("book/lesson.html");
    for part in [
        "<figure class=\"trace\" id=\"trace-03_allocator-owns\"",
        "Step 4 of ",
        "len 2 → A",
        "<form class=\"trace-ask\" hidden",
        "data-l=\"10\"",
        "<svg aria-hidden=\"true\"",
    ] {
        assert!(page.contains(part), "{part}");
    }
    let (_, address) = page.split_once("data-src=\"").unwrap();
    let (address, _) = address.split_once('"').unwrap();
    let data = book.read(&format!("book/{address}"));
    assert!(data.contains("bookTrace(\"03_allocator/owns\""));

    book.set(
        "src/lesson.md",
        "# A lesson\n\n{{#trace 03_allocator/owns step=99}}\n",
    );
    book.xtask(&["build"])
        .found_wrong()
        .says("src/lesson.md:3: `03_allocator/owns` has steps 1 to ");
}

#[test]
fn a_figure_that_is_wider_than_the_text_stays_in_the_window_alone_and_beside_its_code() {
    let long = "    std.debug.print(\"{d} {d} {d} {d}\\n\", .{ xs[0], xs[1], xs[0] + xs[1], xs[0] * xs[1] + xs[0] }); // and why\n";
    let source = OWNS.replace(
        "    std.debug.print(\"{d}\\n\", .{xs[0]});\n",
        &format!("    xs[1] = 3;\n{long}"),
    );
    let book = Book::new().zig("owns", "//@ run\n//@ trace", &source).write(
        "src/lesson.md",
        "# A lesson\n\n{{#trace 03_allocator/owns step=4}}\n\n{{#listing 03_allocator/owns step=3}}\n",
    );
    let book = book.bless();
    book.xtask(&["build"]).succeeds();
    let Some(mut page) = Page::start() else {
        return;
    };
    let site = crate::support::site::Site::of(&book.path("book"));
    for (width, is_wide) in [(2560, true), (1366, true), (390, false)] {
        page.size(width, 900);
        page.open(&format!("{}lesson.html", site.url));
        page.eval("document.querySelector('[data-view=memory]').click(); null");
        let boxes = "[...document.querySelectorAll('.trace')].map(figure => figure.getBoundingClientRect())";
        assert!(
            page.is(&format!("{boxes}.length === 2 && {boxes}.every(box => box.left >= 0 && box.right <= innerWidth)
                && {boxes}.every(box => box.left >= (document.querySelector('#mdbook-sidebar').checkVisibility({{ visibilityProperty: true }}) ? 288 : 0))
                && document.documentElement.scrollWidth <= innerWidth")),
            "at {width}: {}", page.text(&format!("JSON.stringify({boxes})"))
        );
        let widest = format!(
            "Math.min(...{boxes}.map(box => box.width)) > document.querySelector('main').clientWidth + 40"
        );
        assert_eq!(page.is(&widest), is_wide, "at {width}");
    }
}

/// What is read of HTML.
fn words(html: &str) -> String {
    let mut text = String::new();
    for piece in html.split('<') {
        text.push(' ');
        text.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_step_is_one_line_of_html_that_says_everything_in_words() {
    let trace = fixtures::record("mistakes");
    let step = trace.steps.len() - 1;
    let html = figure(&trace, step, None);
    assert!(
        !html.contains('\n'),
        "an empty line would end it in Markdown"
    );
    for part in [
        "→ gone: buffer of local",
        "→ B, freed",
        "undefined",
        "Static data",
    ] {
        let is_there = words(&html).contains(part);
        assert_eq!(is_there, part != "Static data", "{part}");
    }
    let end = figure(&trace, trace.steps.len(), None);
    assert!(end.contains("<em>leaked</em>") && end.contains("was never freed"));
    let nested = fixtures::record("allocators");
    let html = figure(&nested, 4, None);
    let words = words(&html);
    assert!(words.contains("A 138 B init.gpa for outer") && words.contains("of 138 B not in use"));
}

#[test]
fn the_reader_is_asked_with_answers_that_the_program_gives() {
    let trace = fixtures::record("loops");
    let html = figure(&trace, 2, Some(4));
    let form = html.split("<form").nth(1).expect("a question");
    assert_eq!(form.matches("type=\"radio\"").count(), 3);
    assert_eq!(form.matches("data-right").count(), 1);
}

#[test]
fn three_diagrams_of_sixty_steps_weigh_little() {
    let trace = fixtures::record("calls");
    assert!((50..=70).contains(&trace.steps.len()));
    let each = gzip(page::data(&trace).as_bytes()) + gzip(figure(&trace, 30, None).as_bytes());
    assert!(
        3 * each <= 60 << 10,
        "three diagrams weigh {} bytes",
        3 * each
    );
    let script = gzip(include_bytes!("../../../theme/js/trace.js"));
    assert!(script <= 5 << 10, "the script weighs {script} bytes");
}

#[test]
fn a_diagram_is_stepped_through_by_keys() {
    let Some(mut page) = Page::start() else {
        return;
    };
    let trace = fixtures::record("calls");
    let count = trace.steps.len();
    let html = document::standalone(&figure(&trace, 2, Some(5)), &page::data(&trace), "Calls");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("diagram.html");
    std::fs::write(&path, html).expect("the page is written");
    let url = format!("file://{}", path.display());
    page.size(360, 740);
    page.open(&url);

    let shows = |page: &mut Page, step: usize| {
        page.until(&format!(
            "document.querySelector('.trace-link').textContent === 'Step {step} of {count}'"
        ));
        assert!(page.is(&format!(
            "document.querySelector('.trace-said').textContent.startsWith('Step {step} of {count}. ')
             && document.querySelector('.trace [type=range]').value === '{step}'
             && document.documentElement.scrollWidth === 360"
        )));
    };
    let focus = "document.activeElement.dataset.act || document.activeElement.type";
    page.press(&["Tab", "Tab", "Tab"]);
    assert_eq!(page.text(focus), "forward");
    page.press(&["Enter"]);
    shows(&mut page, 3);
    page.press(&["ArrowRight"]);
    shows(&mut page, 4);

    // Before step 5 the reader is asked, and it is not shown however it is asked for.
    page.press(&["End"]);
    page.until("!document.querySelector('.trace-ask').hidden");
    shows(&mut page, 4);
    assert_eq!(page.text(focus), "radio");
    page.press(&[" ", "Tab", "Enter"]);
    shows(&mut page, 5);
    assert_eq!(page.text(focus), "forward", "the keyboard keeps its place");
    assert!(page.is(
        "/^(Right|Not quite)/.test(document.querySelector('.trace-ask [role=status]').textContent)"
    ));

    page.press(&["ArrowLeft"]);
    shows(&mut page, 4);
    page.press(&["End"]);
    shows(&mut page, count);
    page.press(&["Home"]);
    shows(&mut page, 1);
    let event = trace
        .steps
        .iter()
        .position(|step| step.events.iter().any(|event| event.what.is_memory()));
    page.press(&["m"]);
    shows(&mut page, event.map_or(count, |index| index + 1));

    // What is stepped to is what stands in a page that is opened there.
    page.open(&format!("{url}#trace=7"));
    shows(&mut page, 7);
    let memory = "document.querySelector('.trace-memory').innerHTML + document.querySelector('.trace-bytes').innerHTML";
    let stepped = page.text(memory);
    let opened = format!("<meta charset=utf-8>{}", figure(&trace, 7, None));
    std::fs::write(&path, opened).expect("the page is written");
    page.open(&url);
    assert_eq!(stepped, page.text(memory));
    assert!(page.problems.is_empty(), "{:#?}", page.problems);
}

/// The accessibility tree below an element, a line a node: its role and name, and the text in it.
fn heard(page: &mut Page, selector: &str) -> Vec<String> {
    page.call("Accessibility.enable", json!({}));
    let root = page.call("DOM.getDocument", json!({}))["root"]["nodeId"].clone();
    let found = page.call(
        "DOM.querySelector",
        json!({ "nodeId": root, "selector": selector }),
    );
    let tree = page.call(
        "Accessibility.queryAXTree",
        json!({ "nodeId": found["nodeId"] }),
    );
    let nodes = tree["nodes"].as_array().expect("nodes").clone();
    let text = |value: &serde_json::Value| value["value"].as_str().unwrap_or("").to_string();
    nodes
        .iter()
        .filter(|node| node["ignored"] != json!(true))
        .map(|node| (text(&node["role"]), text(&node["name"])))
        .filter(|(role, name)| !name.is_empty() && role != "InlineTextBox")
        .map(|(role, name)| match role.as_str() {
            "StaticText" => name,
            _ => format!("{role} {name}"),
        })
        .collect()
}

#[test]
fn a_step_is_heard_in_order_and_its_sentence_once() {
    let Some(mut page) = Page::start() else {
        return;
    };
    let trace = fixtures::record("mistakes");
    let step = trace.steps.len() - 1;
    let html = document::standalone(&figure(&trace, step, None), &page::data(&trace), "Mistakes");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("diagram.html");
    std::fs::write(&path, html).expect("the page is written");
    page.open(&format!("file://{}", path.display()));

    assert!(heard(&mut page, ".trace").contains(&"figure T".to_string()));
    let memory = heard(&mut page, ".trace-memory").join(" | ");
    for part in [
        "group Memory | Stack | group call | main",
        "inside | *u32 | → gone: scoped of | main | leaked",
        "Heap | group block | A | 8 B, init.gpa",
        "group block | B | 4 B, init.gpa | freed",
    ] {
        assert!(memory.contains(part), "{part}: {memory}");
    }

    // What is announced when somebody steps: one sentence, and nothing else.
    page.eval(
        "window.announced = [];
         for (const place of document.querySelectorAll('[role=status], [aria-live]')) {
             new MutationObserver(() => announced.push(place.textContent))
                 .observe(place, { childList: true, characterData: true, subtree: true });
         } 0",
    );
    page.press(&["Tab", "Tab", "Tab", "Enter"]);
    page.until("announced.length > 0");
    let count = trace.steps.len();
    // Several effects are a list.
    let sentence = book_trace::render::sentence::html(&trace, step);
    assert!(sentence.contains("<ul><li>"), "{sentence}");
    let sentence: String = (sentence.split('<'))
        .map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text))
        .collect();
    assert_eq!(
        page.eval("announced"),
        json!([format!("Step {count} of {count}. {sentence}")])
    );
    assert!(page.is(&format!(
        "document.querySelector('.trace [type=range]').getAttribute('aria-valuetext') === 'step {count} of {count}, something is wrong'"
    )));
}

#[test]
fn with_forced_colors_marks_are_lines_and_rows_stay_where_arrows_end() {
    let Some(mut page) = Page::start() else {
        return;
    };
    let trace = fixtures::record("late_write");
    let html = figure(&trace, trace.steps.len(), None);
    let html = document::standalone(&html, &page::data(&trace), "Late");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("diagram.html");
    std::fs::write(&path, html).expect("the page is written");
    let url = format!("file://{}", path.display());
    page.open(&url);
    let rows = "[...document.querySelectorAll('.trace-memory .h, .trace-memory .r')]
        .map(row => row.getBoundingClientRect().top - row.closest('.trace-memory').getBoundingClientRect().top).join()";
    let as_drawn = page.text(rows);
    page.media(&[("forced-colors", "active")]);
    page.open(&url);
    assert_eq!(page.text(rows), as_drawn);
    assert!(
        page.is("getComputedStyle(document.querySelector('.written')).outlineStyle === 'double'")
    );
}
