//! What readers stumbled over in the pages, each tried once more in a real browser, in a small book.

use std::sync::{Arc, Mutex, Weak};

use crate::support::Book;
use crate::support::chromium::Page;
use crate::support::site::Site;
use serde_json::json;

const OWNS: &str = "pub fn main(init: std.process.Init) !void {\n    \
    const number_of_everything_that_was_counted: u64 = 12_345_678_901_234_567_890;\n    \
    const xs = try init.gpa.alloc(u8, 2);\n    defer init.gpa.free(xs);\n    xs[0] = 7;\n    \
    std.debug.print(\"{d} {d}\\n\", .{ xs[0], number_of_everything_that_was_counted });\n}\n";

const LESSON: &str = "# A lesson

[step 3](#trace-03_allocator-owns=3)

```console
$ echo copied
```

## Diagram

{{#listing 03_allocator/owns}}

{{#trace 03_allocator/owns step=2}}

## In Rust

Rust drops it.

## From Python

| Python | Rust | what differs |
|---|---|---|
| `del` | `drop` | who frees |
";

/// The small book, rendered once for the tests that run at the same time, a server for it, and a browser's page.
fn open(page: &str) -> Option<(Page, Site, Arc<Book>)> {
    static BOOK: Mutex<Weak<Book>> = Mutex::new(Weak::new());
    let mut browser = Page::start()?;
    let mut kept = BOOK.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let book = kept.upgrade().unwrap_or_else(|| Arc::new(rendered()));
    *kept = Arc::downgrade(&book);
    drop(kept);
    let site = Site::of(&book.path("book"));
    browser.open(&format!("{}{page}", site.url));
    Some((browser, site, book))
}

fn rendered() -> Book {
    let book = Book::new()
        .zig("owns", "//@ run\n//@ trace", OWNS)
        .write(
            "src/SUMMARY.md",
            "# Summary\n\n- [A lesson](lessons/03_allocator.md)\n- [Progress](progress.md)\n- [Drawn](drawn.md)\n",
        )
        .write("src/lessons/03_allocator.md", LESSON)
        .write(
            "src/drawn.md",
            drawn(),
        )
        .write(
            "src/progress.md",
            "# Progress\n\n<div data-progress>With JavaScript.</div>\n",
        )
        .bless();
    book.xtask(&["build"]).succeeds();
    book
}

/// The flowcharts that the tool's own grammar lets through.
const FLOWCHARTS: &str = include_str!("support/flowcharts.txt");

fn drawn() -> String {
    let mut text = String::from("# Drawn\n");
    for diagram in FLOWCHARTS.split("\n----\n") {
        text.push_str(&format!(
            "\n```mermaid\n{}\n```\n\nIn words.\n",
            diagram.trim_end()
        ));
    }
    text
}

const PAGE: &str = "lessons/03_allocator.html";
const SAID: &str = "document.querySelector('.trace-said').textContent.split('.')[0]";

fn stands_at(page: &mut Page, step: usize) {
    page.until(&format!("{SAID}.startsWith('Step {step} ')"));
}

#[test]
fn an_address_that_means_nothing_stops_nothing() {
    let Some((mut page, site, _book)) = open("progress.html") else {
        return;
    };
    for fragment in [
        "100%",
        "%E0%A4%A",
        "trace-03_allocator-owns=1.5",
        "trace-03_allocator-owns=x",
        "=",
        "%",
    ] {
        page.open(&format!("{}progress.html", site.url));
        page.open(&format!("{}{PAGE}#{fragment}", site.url));
        page.click(".trace [data-act=forward]");
        stands_at(&mut page, 3);
        page.is_sound(&site.url);
    }
}

#[test]
fn a_link_to_a_step_leads_there_each_time_it_is_followed() {
    let Some((mut page, site, _book)) = open(PAGE) else {
        return;
    };
    const LINK: &str = "main a[href$='owns=3']";
    for _ in 0..2 {
        page.click(LINK);
        stands_at(&mut page, 3);
        page.click(".trace [data-act=forward]");
        stands_at(&mut page, 4);
    }
    // The number of the step is a link that can be taken away.
    page.click(".trace-link");
    page.until("document.querySelector('.trace-link').textContent === 'Link copied'");
    assert_eq!(page.text("location.hash"), "#trace-03_allocator-owns=4");
    page.until("document.querySelector('.trace-link').textContent.startsWith('Step 4 of ')");
    page.is_sound(&site.url);
}

#[test]
fn names_stay_and_letters_are_whole_in_the_narrowest_diagram() {
    let Some((mut page, site, _book)) = open(PAGE) else {
        return;
    };
    page.size(320, 640);
    page.open(&format!("{}{PAGE}#trace-03_allocator-owns=3", site.url));
    stands_at(&mut page, 3);
    let cut = page.text(
        "[...document.querySelectorAll('.trace-memory .r b')].filter(name => {
            const row = name.closest('.r').getBoundingClientRect();
            const box = name.getBoundingClientRect();
            return box.width < Math.min(name.textContent.length * 4, 60) || box.right > row.right;
         }).map(name => `${name.textContent} ${name.getBoundingClientRect().width}`).join()",
    );
    assert_eq!(cut, "", "names that are cut off");
    assert!(page.is("document.querySelectorAll('.trace-memory .r b').length > 1"));
    let low = page.text(
        "[...document.querySelectorAll('.trace-memory :is(.h, .r) *')].filter(part => {
            const style = getComputedStyle(part);
            return style.overflowY !== 'visible' && part.clientHeight < 1.25 * parseFloat(style.fontSize);
         }).map(part => part.outerHTML).join()",
    );
    assert_eq!(low, "", "places that are lower than their letters");
}

#[test]
fn what_a_reader_hides_is_gone_from_tables_contents_and_sections() {
    let Some((mut page, site, _book)) = open(PAGE) else {
        return;
    };
    const SEEN: &str =
        "['#in-rust', '.on-this-page a[href=\"#in-rust\"]', '#from-python ~ * th:nth-child(2)',
        '#from-python ~ * td:nth-child(2)', '#from-python', '#from-python ~ * th:nth-child(3)']
        .filter(name => document.querySelector(name).checkVisibility()).length";
    assert_eq!(page.eval(SEEN), 6);
    page.click("[popovertarget=settings]");
    page.click("#settings [value=rust]");
    assert_eq!(
        page.eval(SEEN),
        2,
        "the section and column that are not about Rust"
    );
    page.open(&format!("{}progress.html", site.url));
    page.open(&format!("{}{PAGE}#in-rust", site.url));
    assert!(
        page.is("document.querySelector('#in-rust').checkVisibility()"),
        "who is led there sees it"
    );
    page.is_sound(&site.url);
}

#[test]
fn code_is_copied_where_the_browser_offers_only_the_old_way() {
    let Some((mut page, _site, _book)) = open(PAGE) else {
        return;
    };
    page.eval("Object.defineProperty(navigator, 'clipboard', { value: undefined }); null");
    page.eval("addEventListener('copy', () => { globalThis.taken = getSelection().toString() || document.activeElement.value; }); null");
    page.click(".copied .copy");
    page.until("document.querySelector('.copied .copy').textContent === 'Copied'");
    assert_eq!(page.text("globalThis.taken.trim()"), "$ echo copied");
}

#[test]
fn signs_that_lead_to_where_the_reader_is_are_not_stops() {
    let Some((mut page, _site, _book)) = open(PAGE) else {
        return;
    };
    assert_eq!(
        page.eval("[...document.querySelectorAll('main :is(.header, .listing-number)')].filter(link => link.tabIndex >= 0).length"),
        0
    );
    assert!(page.is("document.querySelectorAll('main .header').length > 2"));
}

#[test]
fn keys_of_an_input_method_are_not_the_searchs() {
    let Some((mut page, site, _book)) = open(PAGE) else {
        return;
    };
    page.press(&["Control+k"]);
    page.until("document.activeElement?.id === 'search-field'");
    page.write("progress");
    page.until("document.querySelector('.search-found a')");
    for composing in ["isComposing: true", "keyCode: 229"] {
        let taken = page.eval(&format!(
            "const event = new KeyboardEvent('keydown', {{ key: 'Enter', bubbles: true, cancelable: true, {composing} }});
             document.activeElement.dispatchEvent(event); event.defaultPrevented"
        ));
        assert_eq!(taken, false, "{composing}");
    }
    assert!(page.is("document.querySelector('dialog').open"));
    // And what was typed is still there for a reader who comes back.
    page.follow(|page| page.press(&["Enter"]));
    page.press(&["Control+k"]);
    page.until("document.querySelector('.search-found a')");
    assert_eq!(page.text("document.activeElement.value"), "progress");
    page.is_sound(&site.url);
}

#[test]
fn a_page_opened_from_a_file_steps_and_says_what_it_cannot_do() {
    let Some((mut page, _site, book)) = open(PAGE) else {
        return;
    };
    page.open(&format!("file://{}/{PAGE}", book.path("book").display()));
    page.click(".trace [data-act=forward]");
    stands_at(&mut page, 3);
    page.click("#search-toggle");
    let said = page.until("document.querySelector('.late-failed')?.textContent");
    assert_eq!(
        said,
        "A page that was opened from a file cannot search the book. Serve the book: cargo xtask serve"
    );
}

#[test]
fn progress_that_cannot_be_read_is_kept_aside_and_told() {
    let Some((mut page, site, _book)) = open("progress.html") else {
        return;
    };
    const FORMAT: &str = "memory-management-progress";
    let reopen = |page: &mut Page| page.open(&format!("{}{PAGE}", site.url));
    // Of an edition that had one place for all books of a host.
    let old = json!({ "format": FORMAT, "version": 1, "read": ["lessons/03_allocator"], "solved": [],
        "quizzes": {}, "questions": {}, "drawn": {} });
    page.eval(&format!(
        "localStorage.setItem('{FORMAT}', {}); null",
        json!(old.to_string())
    ));
    reopen(&mut page);
    assert!(page.is("document.querySelector('.progress-here input').checked"));
    assert!(page.is(&format!("localStorage.getItem('{FORMAT}') === null")));
    for (number, text) in [
        (1, json!({ "format": FORMAT, "version": 2 }).to_string()),
        (2, "{".to_string()),
    ] {
        page.eval(&format!(
            "localStorage.setItem('{FORMAT} /', {}); null",
            json!(text)
        ));
        reopen(&mut page);
        page.click(".progress-here input");
        assert_eq!(
            page.text(&format!(
                "localStorage.getItem('{FORMAT} / aside {number}')"
            )),
            text,
            "it is not written over"
        );
        assert!(page.is(&format!(
            "JSON.parse(localStorage.getItem('{FORMAT} /')).read.length === 1"
        )));
        let told = "document.querySelectorAll('.progress-aside p').length";
        assert_eq!(page.eval(told), number);
    }
    page.is_sound(&site.url);
}

#[test]
fn the_page_to_print_makes_nothing_ready_that_paper_has_no_use_for() {
    let Some((mut page, site, _book)) = open("print.html") else {
        return;
    };
    assert!(
        page.is("document.querySelector('.trace') && !document.querySelector('.trace-bar').checkVisibility()"),
        "diagrams are not stepped through"
    );
    assert!(page.is("!('reached' in document.documentElement.dataset)"));
    assert!(
        page.is("[...document.querySelectorAll('main > *')].every(part => getComputedStyle(part).contentVisibility === 'auto')"),
        "what is not in sight is not laid out"
    );
    page.is_sound(&site.url);
}

#[test]
fn mermaid_draws_each_flowchart_that_the_tool_lets_through() {
    let Some((mut page, site, _book)) = open("drawn.html") else {
        return;
    };
    let count = FLOWCHARTS.split("\n----\n").count();
    assert_eq!(
        page.eval("document.querySelectorAll('pre.mermaid').length"),
        count
    );
    for (width, theme) in [(1280, "light"), (390, "dark")] {
        page.size(width, 844);
        page.media(&[("prefers-color-scheme", theme)]);
        page.open(&format!("{}drawn.html", site.url));
        for at in 0..count {
            page.eval(&format!(
                "globalThis.drawing = document.querySelectorAll('pre.mermaid')[{at}];
                 drawing.scrollIntoView({{ behavior: 'instant' }}); null"
            ));
            page.until("drawing.querySelector('svg')?.style.minWidth");
            assert!(
                page.is("drawing.querySelectorAll('svg .node').length > 1
                    && drawing.querySelectorAll('svg .edgePaths path').length > 0
                    && drawing.querySelector('svg').getBoundingClientRect().height > 20
                    && !drawing.querySelector('[aria-roledescription=error], .error-icon')"),
                "diagram {at} is not drawn"
            );
            let pale = page.text(
                "[...drawing.querySelectorAll('.node .nodeLabel')].filter(label => {
                    const luminance = color => (([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b)(
                        color.match(/[\\d.]+/g).map(part => (part / 255) ** 2.2));
                    const shape = label.closest('.node').querySelector('rect, circle, polygon, path, ellipse');
                    const [a, b] = [getComputedStyle(label).color, getComputedStyle(shape).fill].map(luminance)
                        .sort((a, b) => b - a);
                    return (a + 0.05) / (b + 0.05) < 4.5;
                 }).map(label => `${label.textContent}: ${getComputedStyle(label).color} on ${
                    getComputedStyle(label.closest('.node').querySelector('rect, circle, polygon, path, ellipse')).fill}`).join()",
            );
            assert_eq!(pale, "", "labels that cannot be read, {theme}");
        }
        assert_eq!(
            page.text("document.documentElement.scrollWidth > innerWidth ? 'sideways' : ''"),
            "",
            "at {width}"
        );
    }
    page.is_sound(&site.url);
}
