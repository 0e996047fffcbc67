//! The rendered book in a real browser: what every page must be, and what its controls do. Where Chromium is not
//! installed nothing of this is tested; `cargo xtask test` says so, or with `--require-browser` wants it.

#[path = "support/chromium.rs"]
mod chromium;
#[path = "support/site.rs"]
mod site;
mod support;

use chromium::Page;
use serde_json::json;
use site::{Site, pages, whole_book};

const LESSON: &str = "lessons/03_allocator.html";

/// What a reader may unfold is unfolded: what is in there counts too.
const UNFOLD: &str = "document.querySelectorAll('details').forEach(fold => { fold.open = true; })";

/// The book in a browser; nothing where there is none.
fn open(page: &str) -> Option<(Page, Site)> {
    let mut browser = Page::start()?;
    let site = Site::of(whole_book());
    browser.open(&format!("{}{page}", site.url));
    Some((browser, site))
}

/// Fails with all that was found.
#[track_caller]
fn nothing(found: &[String]) {
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_page_is_sound_and_fits_a_small_phone_in_every_language() {
    let Some((mut page, site)) = open("index.html") else {
        return;
    };
    let mut found = Vec::new();
    for name in pages(whole_book()) {
        page.size(360, 640);
        page.open(&format!("{}{name}", site.url));
        page.eval(UNFOLD);
        for language in ["zig", "rust", "python"] {
            let wide = page.eval(&format!(
                "if (typeof showLanguage === 'function') showLanguage({});
                 document.documentElement.scrollWidth <= 360 ? [] : [...document.querySelectorAll('body *')]
                    .filter(element => element.getBoundingClientRect().right > 361)
                    .slice(0, 3).map(element => element.outerHTML.slice(0, 120))",
                json!(language)
            ));
            for element in wide.as_array().into_iter().flatten() {
                found.push(format!(
                    "{name}: {language}: scrolls sideways because of {element}"
                ));
            }
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

#[test]
fn a_language_is_chosen_by_mouse_or_keys_for_the_whole_book() {
    let Some((mut page, site)) = open(LESSON) else {
        return;
    };
    const SHOWN: &str = "[...new Set([...document.querySelectorAll('.listing')]
        .filter(figure => figure.dataset.languages === 'zig rust python')
        .flatMap(figure => [...figure.querySelectorAll('.listing-twin')])
        .filter(twin => twin.checkVisibility()).map(twin => twin.dataset.language))].join()";
    assert_eq!(page.text(SHOWN), "zig");
    page.click(".listing [role=tab][data-language=python]");
    assert_eq!(page.text(SHOWN), "python");
    page.press(&["ArrowLeft"]);
    assert_eq!(page.text(SHOWN), "rust");
    assert!(
        page.is("document.activeElement.matches('[data-language=rust][aria-selected=true]')"),
        "the focus goes with the choice"
    );
    page.press(&["Home", "ArrowLeft"]);
    assert_eq!(page.text(SHOWN), "python", "the arrows go around");

    page.open(&format!("{}lessons/05_arena.html", site.url));
    assert_eq!(page.text(SHOWN), "python", "another page remembers");
    assert_eq!(
        page.text(
            "[...document.querySelectorAll('.listing-tabs')].filter(tabs =>
                tabs.querySelectorAll('[tabindex=\"-1\"]').length !== tabs.children.length - 1).length"
        ),
        ""
    );
    page.is_sound(&site.url);
}

#[test]
fn the_theme_follows_the_system_until_the_reader_chooses() {
    let Some((mut page, site)) = open("index.html") else {
        return;
    };
    const DARK: &str =
        "getComputedStyle(document.documentElement).backgroundColor === 'rgb(21, 24, 28)'";
    page.media(&[("prefers-color-scheme", "light")]);
    assert!(!page.is(DARK));
    page.media(&[("prefers-color-scheme", "dark")]);
    assert!(page.is(DARK), "the system's");
    page.click("#theme-toggle");
    assert!(!page.is(DARK), "light by choice");
    assert_eq!(
        page.text("document.getElementById('theme-toggle').title"),
        "Theme: light"
    );
    page.open(&format!("{}{LESSON}", site.url));
    assert!(!page.is(DARK), "another page remembers");
    page.click("#theme-toggle");
    page.media(&[("prefers-color-scheme", "light")]);
    assert!(page.is(DARK), "dark by choice");
    page.click("#theme-toggle");
    assert!(!page.is(DARK), "the system's again");
    page.is_sound(&site.url);
}

#[test]
fn the_keyboard_reaches_everything_in_order_and_one_sees_where_it_is() {
    let Some((mut page, site)) = open(LESSON) else {
        return;
    };
    page.press(&["Tab"]);
    assert_eq!(page.text("document.activeElement.className"), "skip");
    page.press(&["Enter"]);
    assert_eq!(page.text("document.activeElement.id"), "mdbook-content");

    let mut found = Vec::new();
    for name in [
        "index.html",
        LESSON,
        "exercises/03_allocator.html",
        "reference/concepts.html",
    ] {
        page.open(&format!("{}{name}", site.url));
        let all = page.eval(
            "let last = null;
             let visited = new Set();
             [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
                .filter(element => element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true })
                    && !(element.type === 'radio' && element.name)).length",
        );
        let all = all.as_u64().expect("a number") as usize;
        assert!(all > 20, "{name} has {all} things to reach");
        for _ in 0..all * 2 {
            page.press(&["Tab"]);
            let problem = page.eval(
                "(() => {
                    const now = document.activeElement;
                    if (now === document.body || visited.has(now)) return true;
                    visited.add(now);
                    const style = getComputedStyle(now);
                    const box = now.getBoundingClientRect();
                    const name = now.outerHTML.slice(0, 120);
                    const before = last;
                    last = now;
                    if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) return `no focus is seen on ${name}`;
                    if (box.bottom < 0 || box.top > innerHeight || box.right < 0) return `out of sight: ${name}`;
                    if (before && !(before.compareDocumentPosition(now) & 4)) return `out of order: ${name}`;
                    return '';
                })()",
            );
            if problem == true {
                break;
            }
            found.extend(
                problem
                    .as_str()
                    .filter(|text| !text.is_empty())
                    .map(|text| format!("{name}: {text}")),
            );
        }
        let missed = page.eval(
            "[...document.querySelectorAll('a[href], button, input, summary, [tabindex]')]
                .filter(element => element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true })
                    && !visited.has(element) && !(element.type === 'radio')
                    && getComputedStyle(element).visibility === 'visible')
                .map(element => element.outerHTML.slice(0, 120))",
        );
        found.extend(
            missed
                .as_array()
                .into_iter()
                .flatten()
                .map(|element| format!("{name}: never reached: {element}")),
        );
    }
    nothing(&found);
}

#[test]
fn the_contents_open_and_close_by_keyboard_at_every_size() {
    let Some((mut page, site)) = open(LESSON) else {
        return;
    };
    const SEEN: &str = "const box = document.getElementById('mdbook-sidebar').getBoundingClientRect();
        box.right > 10 && getComputedStyle(document.getElementById('mdbook-sidebar')).visibility === 'visible'
        && document.getElementById('sidebar-toggle').getAttribute('aria-expanded') === 'true'";
    const HIDDEN: &str =
        "getComputedStyle(document.getElementById('mdbook-sidebar')).visibility === 'hidden'
        && document.getElementById('sidebar-toggle').getAttribute('aria-expanded') === 'false'";
    assert!(page.is(SEEN), "beside the text where there is room");
    assert_eq!(
        page.text(
            "document.querySelector('#mdbook-sidebar [aria-current=page]').getAttribute('href')"
        ),
        "../lessons/03_allocator.html"
    );
    page.press(&["Tab", "Tab", "Enter"]);
    page.until(HIDDEN);
    page.open(&format!("{}index.html", site.url));
    assert!(page.is(HIDDEN), "another page remembers");
    page.press(&["Tab", "Tab", " "]);
    page.until(SEEN);

    page.size(390, 844);
    page.until(HIDDEN);
    page.open(&format!("{}{LESSON}", site.url));
    page.press(&["Tab", "Tab", "Enter"]);
    page.until(SEEN);
    page.press(&["Tab", "Escape"]);
    page.until(HIDDEN);
    assert_eq!(
        page.text("document.activeElement.id"),
        "sidebar-toggle",
        "Escape gives the focus back"
    );
    page.is_sound(&site.url);
}

#[test]
fn the_search_is_loaded_when_it_is_used_and_leads_to_the_section() {
    let Some((mut page, site)) = open("index.html") else {
        return;
    };
    assert!(
        !page.requests.iter().any(|url| url.contains("search")),
        "{:?}",
        page.requests
    );
    page.press(&["Control+k"]);
    page.until("document.activeElement.id === 'mdbook-searchbar'");
    page.write("errdefer");
    page.until("document.querySelector('#mdbook-searchresults a')");
    page.follow(|page| page.click("#mdbook-searchresults a"));
    assert!(page.is(
        "location.hash.length > 1 && document.querySelector(location.hash.split('?')[0]) !== null"
    ));
    assert!(page.is("document.querySelector('main').textContent.includes('errdefer')"));
    page.is_sound(&site.url);
}
