//! The rendered book in a real browser: what every page must be, and what its controls do. Where Chromium is not
//! installed nothing of this is tested; `cargo xtask test` says so, or with `--require-browser` wants it.

use crate::support::chromium::open;
use crate::support::visit::{DARK, LESSON, SHOWN, a_language_is_chosen, every_page_fits};
use serde_json::json;

#[test]
fn every_page_is_sound_and_fits_a_small_phone_in_every_language() {
    let Some((mut page, site)) = open("index.html") else {
        return;
    };
    every_page_fits(&mut page, &site);
}

#[test]
fn a_language_is_chosen_by_mouse_or_keys_for_the_whole_book() {
    let Some((mut page, site)) = open(LESSON) else {
        return;
    };
    a_language_is_chosen(&mut page);
    page.press(&["Home", "ArrowLeft"]);
    assert_eq!(page.text(SHOWN), "python", "the arrows go around");

    page.open(&format!("{}lessons/05_arena.html", site.url));
    assert_eq!(page.text(SHOWN), "python", "another page remembers");
    assert_eq!(
        page.eval(
            "[...document.querySelectorAll('.listing-tabs')].filter(tabs =>
                tabs.querySelectorAll('[tabindex=\"-1\"]').length !== tabs.children.length - 1).length"
        ),
        0
    );
    page.is_sound(&site.url);
}

#[test]
fn the_theme_follows_the_system_until_the_reader_chooses() {
    let Some((mut page, site)) = open("index.html") else {
        return;
    };
    page.media(&[("prefers-color-scheme", "light")]);
    assert!(!page.is(DARK));
    page.media(&[("prefers-color-scheme", "dark")]);
    assert!(page.is(DARK), "the system's");
    page.click("[popovertarget=settings]");
    page.click("#settings [value=light]");
    assert!(!page.is(DARK), "light by choice");
    page.open(&format!("{}{LESSON}", site.url));
    assert!(!page.is(DARK), "another page remembers");
    page.media(&[("prefers-color-scheme", "light")]);
    page.click("[popovertarget=settings]");
    assert!(page.is("document.querySelector('#settings [value=light]').checked"));
    page.click("#settings [value=dark]");
    assert!(page.is(DARK), "dark by choice");
    page.click("#settings [value=system]");
    assert!(!page.is(DARK), "the system's again");
    page.is_sound(&site.url);
}

#[test]
fn a_reader_can_hide_rust_or_python() {
    let Some((mut page, site)) = open(LESSON) else {
        return;
    };
    const SEEN: &str = "[...new Set([...document.querySelectorAll('main [data-language]')]
        .filter(part => part.checkVisibility()).map(part => part.dataset.language))].sort().join()";
    page.click(".listing [role=tab][data-language=python]");
    page.press(&["Shift+Tab"]);
    page.click("[popovertarget=settings]");
    page.click("#settings [value=python]");
    assert_eq!(
        page.text(SEEN),
        "rust,zig",
        "what was chosen is hidden: Zig is shown"
    );
    page.click(".listing [role=tab][data-language=zig]");
    page.press(&["ArrowRight", "ArrowRight"]);
    assert_eq!(
        page.text("document.activeElement.dataset.language"),
        "zig",
        "the arrows pass over it"
    );
    page.open(&format!("{}{LESSON}", site.url));
    assert_eq!(page.text(SEEN), "rust,zig", "a page opened later remembers");
    // A figure that has nothing else says so, and shows it for the asking.
    page.click(".listing[data-languages=python] > .go");
    assert_eq!(page.text(SEEN), "python,rust,zig");
    page.click("[popovertarget=settings]");
    page.click("#settings [value=python]");
    page.click("#settings [value=rust]");
    assert_eq!(page.text(SEEN), "python,zig");
    page.is_sound(&site.url);
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
fn the_front_page_leads_to_where_the_reader_stopped() {
    let Some((mut page, site)) = open("index.html") else {
        return;
    };
    assert!(page.is("!document.querySelector('.continue')"));
    page.open(&format!("{}lessons/03_allocator.html", site.url));
    page.eval(
        "[...document.querySelectorAll('main > h2')][2].scrollIntoView({ behavior: 'instant' })",
    );
    page.until("document.querySelector('.current-header')?.hash === '#' + document.querySelectorAll('main > h2')[2].id");
    let hash = page.text("document.querySelector('.current-header').hash");
    page.open(&format!("{}index.html", site.url));
    assert!(
        page.text("document.querySelector('.continue').textContent")
            .starts_with("Continue where you stopped: ")
    );
    page.follow(|page| page.click(".continue a"));
    assert!(page.is(&format!(
        "location.pathname.endsWith('lessons/03_allocator.html') && location.hash === '{hash}'"
    )));
    // What is kept may be of another book, or no place at all.
    for odd in [
        "{}",
        "nothing",
        r#"{"page":"lessons/99_gone","hash":"javascript:alert(1)"}"#,
    ] {
        page.open(&format!("{}index.html", site.url));
        page.eval(&format!(
            "localStorage.setItem(Object.keys(localStorage).find(key => key.includes('-place ')), {})",
            json!(odd)
        ));
        page.open(&format!("{}index.html", site.url));
        assert!(page.is("!document.querySelector('.continue')"), "{odd}");
    }
    page.is_sound(&site.url);
}
