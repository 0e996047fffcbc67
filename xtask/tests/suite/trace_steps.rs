//! What stepping through a memory diagram is like: what stays where it is, what is pointed out, how one gets over a loop.

use crate::support::chromium::Page;
use crate::trace::fixtures;
use crate::trace_page::figure;
use book_trace::model::Trace;
use book_trace::render::{document, page};

/// A page with the diagram of a program, opened at its first step.
fn open(trace: &Trace, width: u32, height: u32) -> Option<(Page, tempfile::TempDir)> {
    let mut page = Page::start()?;
    let html = document::standalone(&figure(trace, 1, None), &page::data(trace), "Steps");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("diagram.html");
    std::fs::write(&path, html).expect("the page is written");
    page.size(width, height);
    page.open(&format!("file://{}", path.display()));
    Some((page, folder))
}

/// Waits until a step is shown, counted from 1.
fn shows(page: &mut Page, step: usize) {
    page.until(&format!(
        "document.querySelector('.trace-link').textContent.startsWith('Step {step} of ')"
    ));
}

const FORWARD: &str = "document.querySelector('[data-act=forward]').focus({ preventScroll: true })";

#[test]
fn a_figure_keeps_its_height_while_one_steps() {
    let trace = fixtures::record("allocators");
    let Some((mut page, _folder)) = open(&trace, 1366, 900) else {
        return;
    };
    page.eval(FORWARD);
    let mut heights = std::collections::BTreeMap::new();
    for step in 1..=trace.steps.len() {
        shows(&mut page, step);
        let height = page.text("[...document.querySelector('.trace').children].map(part => `${part.className} ${part.offsetHeight}`).join()");
        heights.insert(
            height,
            page.text("document.querySelector('.trace-said').textContent"),
        );
        page.press(&["ArrowRight"]);
    }
    assert_eq!(heights.len(), 1, "{heights:#?}");
    // Nothing of the code is cut off, nor does it scroll sideways, however narrow its place is.
    for width in [2560, 1366, 800, 390, 320] {
        page.size(width, 900);
        assert!(page.is(
            "[...document.querySelectorAll('.trace-file:not([hidden]), .trace-file:not([hidden]) [data-l]')]
                .every(part => part.scrollWidth <= part.clientWidth + 1)
             && document.documentElement.scrollWidth <= innerWidth"
        ), "at {width}");
    }
}

#[test]
fn a_figure_takes_the_room_that_its_code_and_its_memory_need() {
    let trace = fixtures::record("values");
    let Some((mut page, _folder)) = open(&trace, 2560, 1200) else {
        return;
    };
    // Lines of more than ninety characters, and none of them is broken.
    let width = page.eval("document.querySelector('.trace').offsetWidth");
    assert!(width.as_u64().is_some_and(|width| width > 900), "{width}");
    let broken = "[...document.querySelectorAll('.trace-file:not([hidden]) [data-l]')]
        .filter(line => line.offsetHeight > 1.5 * parseFloat(getComputedStyle(line).lineHeight)).map(line => line.textContent).join()";
    assert_eq!(page.text(broken), "");
    page.size(700, 1200);
    assert_ne!(page.text(broken), "", "there they are");
}

#[test]
fn on_a_phone_the_sentence_is_in_view_after_a_step() {
    let trace = fixtures::record("allocators");
    let Some((mut page, _folder)) = open(&trace, 390, 740) else {
        return;
    };
    page.eval("document.querySelector('.trace-bar').scrollIntoView(); null");
    page.eval(FORWARD);
    for step in 2..8 {
        page.press(&["ArrowRight"]);
        shows(&mut page, step);
        assert!(
            page.is(
                "(said => said.top > 0 && said.bottom <= innerHeight + 1)(document.querySelector('.trace-tell').getBoundingClientRect())"
            ),
            "step {step}"
        );
    }
}

#[test]
fn a_row_shows_its_arrows_to_pointer_and_keyboard() {
    let trace = fixtures::record("mistakes");
    let Some((mut page, _folder)) = open(&trace, 1366, 900) else {
        return;
    };
    page.eval(FORWARD);
    page.press(&["End"]);
    shows(&mut page, trace.steps.len());
    page.press(&["ArrowLeft"]);
    shows(&mut page, trace.steps.len() - 1);
    let lit = "document.querySelectorAll('.trace-memory g.lit').length";
    let dim = "[...document.querySelectorAll('.trace-memory g:not(.lit)')]
        .filter(arrow => +getComputedStyle(arrow).opacity < 0.5).length";
    let all = page.eval("document.querySelectorAll('.trace-memory g').length");
    assert_eq!((page.eval(lit), page.eval(dim)), (0.into(), 0.into()));

    // A freed block: the two variables that still lead to it.
    page.mouse(
        "mouseMoved",
        "(box => [box.x + 20, box.y + 8])(document.querySelector('.trace-memory .k.freed > .h').getBoundingClientRect())",
    );
    page.until(&format!("{lit} === 2"));
    page.until(&format!("{dim} === {} - 2", all));
    assert_eq!(
        page.text("[...document.querySelectorAll('.trace-memory .end b')].map(name => name.textContent).join()"),
        "freed,copy"
    );
    page.mouse("mouseMoved", "[2, 2]");
    page.until(&format!("{lit} === 0"));

    // By keys: down to the row of `freed`, whose arrow leads to the block.
    page.eval("document.querySelector('.trace-memory').focus()");
    for _ in 0..10 {
        page.press(&["ArrowDown"]);
        if page
            .is("document.querySelector('.trace-memory .picked').textContent.startsWith('freed')")
        {
            break;
        }
    }
    assert_eq!(page.eval(lit), 1);
    assert!(page.is("document.querySelector('.trace-memory .k.freed > .h').matches('.end')"));
    // Stepping goes on from there, and forgets the row.
    page.press(&["ArrowLeft"]);
    shows(&mut page, trace.steps.len() - 2);
    assert_eq!(page.eval(lit), 0);
    assert!(page.problems.is_empty(), "{:#?}", page.problems);
}

#[test]
fn a_loop_is_stepped_over_and_the_slider_says_where_memory_changes() {
    let trace = fixtures::record("ten_thousand");
    let Some((mut page, _folder)) = open(&trace, 1366, 900) else {
        return;
    };
    page.eval(FORWARD);
    // The declaration, the condition, the statement of the loop; then everything has been seen, and it ends.
    for step in [2, 3, trace.steps.len()] {
        page.press(&["n"]);
        shows(&mut page, step);
    }
    page.press(&["Home"]);
    shows(&mut page, 1);
    page.click("[data-act=over]");
    shows(&mut page, 2);

    let trace = fixtures::record("mistakes");
    let Some((mut page, _folder)) = open(&trace, 1366, 900) else {
        return;
    };
    let ticks = page.text("document.querySelector('.trace-slider path').getAttribute('d')");
    // Two blocks are given out, one is given back.
    assert_eq!(
        (ticks.matches("0V4").count(), ticks.matches("6V10").count()),
        (2, 1)
    );
    assert!(
        page.is("document.querySelector('.trace-slider .bad') !== null"),
        "what leaks is marked"
    );
    page.eval(FORWARD);
    page.press(&["m"]);
    page.until("document.querySelector('.trace [type=range]').getAttribute('aria-valuetext').endsWith(', gets memory')");

    // The lives of the blocks are there when they are asked for, and lead to a step.
    page.click(".trace-life summary");
    page.until("document.querySelectorAll('.trace-life tr').length === 2");
    let words = page.text("document.querySelector('.trace-life table').innerText");
    assert!(
        words.contains("never freed") && words.contains("still pointed to until"),
        "{words}"
    );
    let count = trace.steps.len();
    page.click(".trace-life td:has(svg)");
    page.until(&format!(
        "+document.querySelector('.trace [type=range]').value === 1 + Math.floor({count} / 2)"
    ));
    assert!(page.problems.is_empty(), "{:#?}", page.problems);
}
