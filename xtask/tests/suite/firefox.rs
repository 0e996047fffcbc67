//! The book in Firefox: that what the other tests see in Chromium holds in an engine that nobody of Chromium's made. Only
//! what a browser may do otherwise is looked at again. Where Firefox is not installed nothing of this is tested;
//! `cargo xtask test` says so, or with `--require-browser` wants it.

use crate::support;
use std::net::TcpStream;

use crate::support::firefox::{Page, open};
use crate::support::site::{pages, whole_book};
use crate::support::visit::{DARK, LESSON, SHOWN, a_language_is_chosen, every_page_fits};
use serde_json::{Value, json};

#[test]
fn every_page_is_sound_and_fits_a_small_phone_in_every_language() {
    let Some((mut page, site)) = open("index.html") else {
        return;
    };
    every_page_fits(&mut page, &site);
}

#[test]
fn a_language_and_a_theme_are_chosen_for_the_whole_book() {
    let Some((mut page, site)) = open(LESSON) else {
        return;
    };
    a_language_is_chosen(&mut page);

    assert!(!page.is(DARK));
    page.click("[popovertarget=settings]");
    page.click("#settings [value=dark]");
    assert!(page.is(DARK));

    page.open(&format!("{}lessons/05_arena.html", site.url));
    assert_eq!(page.text(SHOWN), "rust", "another page remembers");
    assert!(page.is(DARK), "another page remembers");
    page.is_sound(&site.url);
}

/// The heads of arrows that do not touch the side of a row of memory.
const ASTRAY: &str = "[...document.querySelectorAll('.trace-memory')].flatMap(memory => {
    const rows = [...memory.querySelectorAll('.h, .r')].map(row => row.getBoundingClientRect());
    return [...memory.querySelectorAll('svg .p')].map(head => head.getBoundingClientRect())
        .filter(({ left, right, top, bottom }) => !rows.some(row =>
            Math.min(Math.abs(row.left - right), Math.abs(row.right - left)) < 2
            && row.top < (top + bottom) / 2 && (top + bottom) / 2 < row.bottom))
        .map(({ left, top }) => `an arrow that ends at ${left}, ${top}`);
})";

#[test]
fn a_diagram_is_stepped_through_by_keys_and_its_arrows_end_at_what_they_point_to() {
    let Some((mut page, site)) = open("deeper/08_debugging.html") else {
        return;
    };
    assert!(page.is("document.querySelectorAll('.trace-memory svg .p').length > 5"));
    assert_eq!(page.eval(ASTRAY), json!([]));
    page.eval("window.diagram = document.querySelector('.trace:has(.trace-ask)'); null");
    let count = page
        .eval("+diagram.dataset.steps")
        .as_u64()
        .expect("a number");
    let before = page.eval("diagram.querySelector('.trace-ask').dataset.ask - 1");
    let before = before.as_u64().expect("a number");
    let shows = |page: &mut Page, step: u64| {
        page.until(&format!(
            "diagram.querySelector('.trace-said').textContent.startsWith('Step {step} of {count}. ')"
        ));
    };
    page.eval("diagram.querySelector('[data-act=first]').focus()");
    page.press(&["Home"]);
    shows(&mut page, 1);
    for step in 2..=before {
        page.press(&["ArrowRight"]);
        shows(&mut page, step);
    }
    // Here the reader is asked first.
    page.press(&["ArrowRight"]);
    page.until("!diagram.querySelector('.trace-ask').hidden");
    page.press(&[" ", "Tab", "Enter"]);
    shows(&mut page, before + 1);
    assert!(page.is(
        "/^(Right|Not quite)/.test(diagram.querySelector('.trace-ask [role=status]').textContent)"
    ));
    assert_eq!(page.text("document.activeElement.dataset.act"), "forward");
    page.press(&["End"]);
    shows(&mut page, count);
    assert_eq!(page.eval(ASTRAY), json!([]));
    page.is_sound(&site.url);
}

#[test]
fn a_question_is_answered_by_keys_and_a_reload_keeps_the_place() {
    let Some((mut page, site)) = open("prerequisites.html") else {
        return;
    };
    page.eval("window.form = document.querySelector('.quiz-question:has([type=radio])'); null");
    let right = page.eval(
        "[...form.querySelectorAll('.quiz-answer > ul > li')].findIndex(note => 'right' in note.dataset)",
    );
    let right = usize::try_from(right.as_u64().expect("one option is right")).expect("a few");
    const VERDICT: &str = "form.querySelector('[role=status]').textContent";
    for (option, verdict) in [(usize::from(right == 0), "Not right."), (right, "Right.")] {
        page.eval("form.reset(); form.querySelector('[type=radio]').focus()");
        page.press(&[" "]);
        page.press(&vec!["ArrowDown"; option]);
        page.press(&["Enter"]);
        let said = page.text(VERDICT);
        assert!(said.starts_with(verdict), "{said}");
    }
    assert!(page.is("form.querySelector('.quiz-answer').open"));

    let last = "document.querySelector('.quiz-question:last-of-type')";
    page.eval(&format!("{last}.scrollIntoView()"));
    page.reload();
    page.until(&format!(
        "const box = {last}.getBoundingClientRect(); box.top < innerHeight && box.bottom > 0"
    ));
    page.is_sound(&site.url);
}

#[test]
fn a_reload_of_a_lesson_with_predictions_keeps_the_place() {
    let Some((mut page, site)) = open(LESSON) else {
        return;
    };
    assert!(page.is("document.querySelectorAll('.predict').length > 2"));
    const HEADING: &str = "[...document.querySelectorAll('main > h2:has(~ .predict)')].at(-1)";
    page.eval(&format!(
        "{HEADING}.scrollIntoView({{ behavior: 'instant' }})"
    ));
    let before = page.eval("scrollY").as_f64().expect("a number");
    assert!(before > 2000.0, "far down the page: {before}");
    page.reload();
    page.until(&format!(
        "const {{ top }} = {HEADING}.getBoundingClientRect(); top > -20 && top < innerHeight / 3"
    ));
    page.is_sound(&site.url);
}

#[test]
fn programs_print_what_was_recorded_or_say_why_not_and_are_stopped() {
    let Some((mut page, site)) = open("index.html") else {
        return;
    };
    for lesson in ["01_stack_heap", "04_gpa", "06_fixed_buffer"] {
        page.open(&format!("{}lessons/{lesson}.html", site.url));
        for number in 0..6 {
            page.eval(&format!(
                "window.button = document.querySelectorAll('.run[data-module]')[{number}];
                 button.scrollIntoView(); button.click()"
            ));
            let verdict = page.until(
                "const note = button.closest('.listing-twin').querySelector('.run-note')?.textContent;
                 note && !note.startsWith('Running') && note",
            );
            let verdict = verdict.as_str().expect("text");
            assert!(
                verdict.starts_with("The same as recorded")
                    || verdict.starts_with("Differs from what was recorded: "),
                "{}: {verdict}",
                page.text("button.dataset.listing")
            );
        }
    }
    let endless = wat::parse_str(
        "(module (memory (export \"memory\") 1) (func (export \"_start\") (loop (br 0))))",
    );
    let end = page.eval(&format!(
        "import(new URL(document.documentElement.dataset.root + button.dataset.script, document.baseURI)).then(async ({{ run }}) => {{
            const module = await WebAssembly.compile(new Uint8Array({:?}));
            return run(module, 'endless', () => {{}}, AbortSignal.timeout(100));
         }})",
        endless.expect("a program")
    ));
    assert_eq!(end, json!({ "stopped": true }));
    page.is_sound(&site.url);
}

#[test]
fn a_digit_is_drawn_and_the_bars_say_what_the_model_makes_of_it() {
    let Some((mut page, site)) = open("lessons/07_ml_patterns.html") else {
        return;
    };
    page.click("#draw-digit [data-script]");
    page.until(
        "window.part = name => document.querySelector(`[data-part=${name}]`); part('pad')?.tagName",
    );
    page.middle("[data-part=pad]");
    let seven: [&[(f64, f64)]; 2] = [
        &[(10.0, 7.0), (20.0, 7.0), (13.0, 26.0)],
        &[(10.0, 16.0), (19.0, 16.0)],
    ];
    for stroke in seven {
        let places: Vec<Value> = stroke
            .iter()
            .map(|(x, y)| {
                page.eval(&format!(
                    "const box = part('pad').getBoundingClientRect();
                     [box.x + {x} / 32 * box.width, box.y + {y} / 32 * box.height]"
                ))
            })
            .collect();
        page.drag(&places);
    }
    let read = page.text("part('answer').textContent");
    assert!(read.starts_with("The model reads a 7"), "{read}");
    let bars = page.eval(
        "[...document.querySelectorAll('.draw-logits td:last-child')].map(cell => getComputedStyle(cell).backgroundImage)",
    );
    assert!(
        bars.as_array()
            .is_some_and(|bars| bars.len() == 10 && bars.iter().all(|bar| bar != "none")),
        "{bars}"
    );
    page.is_sound(&site.url);
}

#[test]
fn the_search_leads_to_what_it_finds_and_marks_it() {
    let Some((mut page, site)) = open("index.html") else {
        return;
    };
    page.press(&["Control+k"]);
    page.until("document.activeElement?.id === 'search-field'");
    page.write("errdefer");
    page.until("document.querySelector('.search-found a')?.textContent.includes('errdefer')");
    page.follow(|page| page.press(&["Enter"]));
    page.until("CSS.highlights.get('found')?.size > 0");
    let seen = page.text(
        "const first = [...CSS.highlights.get('found')][0];
         const place = document.activeElement.getBoundingClientRect();
         const box = first.getBoundingClientRect();
         `${first} ${place.top >= 0 && place.top < innerHeight / 2} ${box.height > 0}`",
    );
    assert_eq!(seen, "errdefer true true");
    page.is_sound(&site.url);
}

/// Whether all that the page loads late is there. Of a script that is still on its way when the page is left, Firefox says
/// that the worker failed.
const CALM: &str = "
    new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))).then(() =>
        [...document.scripts].every(({ src }) => !src || performance.getEntriesByName(src).length > 0))";

#[test]
fn after_one_visit_the_book_works_without_a_network() {
    let Some((mut page, site)) = open("index.html") else {
        return;
    };
    let home = site.url.clone();
    page.until("navigator.serviceWorker.controller !== null");
    page.until(CALM);
    drop(site);
    let address = home.trim_start_matches("http://").trim_end_matches('/');
    support::wait_until("the network to be gone", || {
        TcpStream::connect(address).is_err()
    });
    // All pages are kept in the same way: some of every kind will do.
    let kept = pages(whole_book())
        .into_iter()
        .filter(|name| name != "toc.html");
    for name in kept.step_by(3) {
        page.open(&format!("{home}{name}"));
        page.until(CALM);
        assert!(
            page.is("document.querySelector('main h1') !== null"),
            "{name}"
        );
        page.is_sound(&home);
    }
    page.open(&format!("{home}{LESSON}"));
    page.click(".run[data-module]");
    let note = page.until(
        "const note = document.querySelector('.run-note')?.textContent; note && !note.startsWith('Running') && note",
    );
    assert_eq!(note, "The same as recorded.");
    page.press(&["Control+k"]);
    page.until("document.activeElement?.id === 'search-field'");
    page.write("errdefer");
    page.until("document.querySelector('.search-found a')");
    page.is_sound(&home);
}
