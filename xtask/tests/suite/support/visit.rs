//! The book opened in a browser, and how tests of all its pages tell what they found.

use serde_json::Value;

use super::page::{Browser, Page};
use super::site::{Site, pages, whole_book};

/// A lesson with every kind of part.
pub const LESSON: &str = "lessons/03_allocator.html";

/// What a reader may unfold is unfolded: what is in there counts too.
pub const UNFOLD: &str =
    "document.querySelectorAll('details').forEach(fold => { fold.open = true; })";

/// What makes the page scroll sideways. What is wide inside an element that scrolls by itself does no harm. A telephone's
/// `innerWidth` grows with what is too wide, the root's width does not.
pub const SIDEWAYS: &str = "
    const most = document.documentElement.clientWidth;
    const scrolls = element => element !== document.body
        && (getComputedStyle(element).overflowX !== 'visible' || scrolls(element.parentElement));
    document.documentElement.scrollWidth <= most ? [] : [...document.querySelectorAll('body *')]
        .filter(element => element.getBoundingClientRect().right > most + 1 && !scrolls(element.parentElement))
        .slice(0, 3).map(element => `scrolls sideways at ${most} because of ${element.outerHTML.slice(0, 120)}`)";

/// The languages that are shown of listings that have all three.
pub const SHOWN: &str = "[...new Set([...document.querySelectorAll('.listing')]
    .filter(figure => figure.dataset.languages === 'zig rust python')
    .flatMap(figure => [...figure.querySelectorAll('.listing-twin')])
    .filter(twin => twin.checkVisibility()).map(twin => twin.dataset.language))].join()";

/// Whether the page is dark.
pub const DARK: &str =
    "getComputedStyle(document.documentElement).backgroundColor === 'rgb(21, 24, 28)'";

/// The book in a browser; nothing where there is none.
pub fn open<B: Browser>(page: &str) -> Option<(Page<B>, Site)> {
    let mut browser = Page::start()?;
    let site = Site::of(whole_book());
    browser.open(&format!("{}{page}", site.url));
    Some((browser, site))
}

/// Notes what a script found on a page.
pub fn note(found: &mut Vec<String>, page: &str, what: &Value) {
    for one in what.as_array().expect("a list of findings") {
        found.push(format!("{page}: {}", one.as_str().unwrap_or_default()));
    }
}

/// Fails with all that was found.
#[track_caller]
pub fn nothing(found: &[String]) {
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Every page on a small phone, in every language: nothing goes wrong, nothing scrolls sideways, nobody else is asked.
#[track_caller]
pub fn every_page_fits<B: Browser>(page: &mut Page<B>, site: &Site) {
    let mut found = Vec::new();
    for name in pages(whole_book()) {
        page.size(360, 640);
        page.open(&format!("{}{name}", site.url));
        page.eval(UNFOLD);
        for language in ["zig", "rust", "python"] {
            page.eval(&format!(
                "document.querySelector('.listing [role=tab][data-language={language}]')?.click()"
            ));
            let name = format!("{name} in {language}");
            note(&mut found, &name, &page.eval(SIDEWAYS));
        }
        page.size(1280, 800);
        found.extend(page.problems.iter().map(|what| format!("{name}: {what}")));
        found.extend(
            page.asked_elsewhere(&site.url)
                .map(|what| format!("{name}: asks another host: {what}")),
        );
    }
    nothing(&found);
}

/// Chooses Python by the mouse and then Rust by a key, on a page that shows Zig.
#[track_caller]
pub fn a_language_is_chosen<B: Browser>(page: &mut Page<B>) {
    assert_eq!(page.text(SHOWN), "zig");
    page.click(".listing [role=tab][data-language=python]");
    assert_eq!(page.text(SHOWN), "python");
    page.press(&["ArrowLeft"]);
    assert_eq!(page.text(SHOWN), "rust");
    assert!(
        page.is("document.activeElement.matches('[data-language=rust][aria-selected=true]')"),
        "the focus goes with the choice"
    );
}
