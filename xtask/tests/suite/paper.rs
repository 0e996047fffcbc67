//! The book on paper: the page that holds all of it, and what a reader may leave out.

use crate::support::chromium::{Page, open};
use crate::support::visit::LESSON;
use serde_json::json;

/// The languages of the twins that are seen of a lesson's figures, and how much is seen that is about one language alone.
const SEEN: &str = "
    const seen = selector => [...document.querySelectorAll(selector)].filter(part => part.checkVisibility());
    const twins = seen('main > .listing .listing-twin').map(twin => twin.dataset.language);
    `${[...new Set(twins)].sort()} ${seen(':is(main, tr) > :is([data-language=rust], [data-language=python])').length > 0}`";

fn on_paper(page: &mut Page, is_paper: bool) {
    let media = if is_paper { "print" } else { "" };
    page.call("Emulation.setEmulatedMedia", json!({ "media": media }));
}

#[test]
fn what_is_about_other_languages_is_left_out_for_zig_only() {
    let Some((mut page, site)) = open(LESSON) else {
        return;
    };
    on_paper(&mut page, true);
    assert_eq!(page.text(SEEN), "python,rust,zig true");
    on_paper(&mut page, false);
    let before = page.text(SEEN);
    page.click("[popovertarget=settings]");
    page.click("#settings [name=paper]");
    assert_eq!(page.text(SEEN), before, "on the screen nothing changes");
    for other in [LESSON, "print.html"] {
        page.open(&format!("{}{other}", site.url));
        on_paper(&mut page, true);
        assert_eq!(page.text(SEEN), "zig false", "{other}");
        on_paper(&mut page, false);
    }
    page.open(&format!("{}{LESSON}", site.url));
    page.click("[popovertarget=settings]");
    assert!(page.is("document.querySelector('#settings [value=rust]').checked"));
    page.click("#settings [name=paper]");
    on_paper(&mut page, true);
    assert_eq!(page.text(SEEN), "python,rust,zig true");
    page.is_sound(&site.url);
}

#[test]
fn the_whole_book_on_one_page_has_marks_for_fields() {
    let Some((mut page, site)) = open("print.html") else {
        return;
    };
    let fields = page.eval(
        "const text = await (await fetch('print.html')).text();
         const given = new DOMParser().parseFromString(text, 'text/html');
         given.querySelectorAll('.spot').forEach(part => part.remove());
         const count = (root, selector) => root.querySelectorAll(selector).length;
         [count(given, 'main form'), count(given, 'main .quiz-options input'),
          count(document, 'main :is(form, input, button, select, textarea)'),
          [...document.querySelectorAll('main .quiz-options li')].filter(option => /^\\s*[○☐]/.test(option.textContent)).length]",
    );
    let count = |at: usize| fields[at].as_u64().expect("a number");
    assert!(count(0) > 100, "the page has questions: {fields}");
    assert_eq!(count(2), 0, "what can be filled in: {fields}");
    assert_eq!(count(3), count(1), "each option has its mark: {fields}");
    page.is_sound(&site.url);
}
