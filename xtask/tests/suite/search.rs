//! The search of the whole book: what it finds first for what people type, and what comes of a finding.

use crate::support::chromium::{Page, open};
use crate::support::{repository, visit};
use serde_json::json;
use toml::Table;

const LINKS: &str = "[...document.querySelectorAll('.search-found a')]";
const TITLES: &str =
    "[...document.querySelectorAll('.search-found .search-title')].map(title => title.textContent)";

/// Opens the dialog and looks for something.
fn look_for(page: &mut Page, typed: &str) {
    if !page.is("document.querySelector('dialog.search')?.open === true") {
        page.press(&["Control+k"]);
    }
    page.until("document.activeElement?.id === 'search-field'");
    // What was found for the words before is no answer.
    page.eval(
        "document.querySelector('.search-status').textContent = ''; document.activeElement.select(); null",
    );
    page.write(typed);
    page.until("document.querySelector('.search-status').textContent !== ''");
}

#[test]
fn it_finds_code_titles_and_messages_and_leads_to_them() {
    let Some((mut page, site)) = open("index.html") else {
        return;
    };
    assert!(
        !page.requests.iter().any(|url| url.contains("search")),
        "nothing of it is loaded with the page"
    );
    // What is typed, where the first finding leads, and what is marked there.
    for (typed, words) in [
        ("errdefer", "errdefer"),
        ("std.heap.ArenaAllocator", "std.heap.arenaallocator"),
        ("index out of bounds", "index out of bounds"),
        ("borrow of moved value", "borrow of moved value"),
        ("What you need", "what you need"),
    ] {
        page.press(&["Control+k"]);
        page.until("document.activeElement?.id === 'search-field'");
        page.write(typed);
        page.until("document.querySelector('.search-found a')");
        page.until(&format!(
            "document.querySelector('.search-found').textContent.toLowerCase().includes({})",
            json!(words)
        ));
        let before = page.text("location.pathname");
        if page.text("document.querySelector('.search-found a').pathname") == before {
            page.press(&["Enter"]);
        } else {
            page.follow(|page| page.press(&["Enter"]));
        }
        page.until("CSS.highlights.get('found')?.size > 0");
        // A fold that is opened for it may move it once more.
        page.until(
            "const box = [...CSS.highlights.get('found')][0].getBoundingClientRect();
             box.height > 0 && box.top >= 0 && box.bottom <= innerHeight",
        );
        let seen = page.text("[...CSS.highlights.get('found')][0].toString().toLowerCase()");
        assert_eq!(seen, words, "looking for {typed}");
        page.is_sound(&site.url);
    }
    page.press(&["Control+k"]);
    page.until("document.activeElement?.id === 'search-field'");
    page.write("xyzzy plugh");
    page.until("document.querySelector('.search-status').textContent === 'Nothing found.'");
    page.press(&["Escape"]);
    assert!(page.is("document.querySelector('dialog').open === false"));
}

#[test]
fn what_people_type_finds_first_what_explains_it_and_each_listing_once() {
    let path = repository().join("xtask/tests/suite/search/typed.toml");
    let table: Table = std::fs::read_to_string(path)
        .expect("a table")
        .parse()
        .expect("TOML");
    let cases = table["case"].as_array().expect("cases");
    assert!(cases.len() > 20);
    let Some((mut page, site)) = open("index.html") else {
        return;
    };
    for case in cases {
        let word = |name: &str| case.get(name).and_then(toml::Value::as_str);
        let typed = word("typed").expect("what is typed");
        look_for(&mut page, typed);
        let titles = page.eval(TITLES);
        let titles: Vec<&str> = titles
            .as_array()
            .expect("titles")
            .iter()
            .filter_map(|title| title.as_str())
            .collect();
        let status = page.text("document.querySelector('.search-status').textContent");
        assert!(titles.len() > 2, "looking for {typed}: {status}");
        if let Some(first) = word("first") {
            assert_eq!(titles[0], first, "looking for {typed}: {titles:#?}");
            let is_term = page.is(&format!(
                "{LINKS}[0].pathname.endsWith('/reference/glossary.html')"
            ));
            assert!(is_term, "looking for {typed}: the glossary has it");
        }
        if let Some(page_of) = word("page") {
            let on_it = page.is(&format!(
                "{LINKS}.slice(0, 3).some(link => link.pathname.endsWith({}))",
                json!(page_of)
            ));
            assert!(
                on_it,
                "looking for {typed}: {page_of} is not among {titles:#?}"
            );
        }
        let instead = word("instead");
        assert_eq!(
            status.split(['“', '”']).nth(1),
            instead,
            "looking for {typed}: {status}"
        );
        assert!(
            page.is("document.querySelector('.search-found mark') !== null"),
            "looking for {typed}: nothing is marked"
        );
        assert!(
            !titles.iter().any(|title| title.len() == 1),
            "a letter of the glossary explains nothing: {titles:#?}"
        );
        let mut listings: Vec<&str> = titles
            .iter()
            .filter(|title| title.starts_with("Listing "))
            .filter_map(|title| title.split([',', ' ']).nth(1))
            .collect();
        let count = listings.len();
        listings.sort_unstable();
        listings.dedup();
        assert_eq!(listings.len(), count, "looking for {typed}: {titles:#?}");
        assert!(
            !page.is(&format!("{LINKS}[0].pathname.endsWith('/index.html')")),
            "looking for {typed}: the front page names everything once"
        );
    }
    page.is_sound(&site.url);
}

#[test]
fn back_from_a_finding_leads_to_the_findings() {
    let Some((mut page, site)) = open(visit::LESSON) else {
        return;
    };
    // On another page, and on this one.
    for other in [true, false] {
        look_for(&mut page, "errdefer");
        let at = page.eval(&format!(
            "{LINKS}.findIndex(link => (link.pathname !== location.pathname) === {other})"
        ));
        let link = format!(
            ".search-found li:nth-child({}) a",
            at.as_u64().expect("one") + 1
        );
        let place = page.text(&format!("document.querySelector('{link}').href"));
        if other {
            page.follow(|page| page.click(&link));
        } else {
            page.click(&link);
        }
        assert_eq!(page.text("location.href"), place);
        page.until("CSS.highlights.get('found')?.size > 0");
        page.eval("history.back(); null");
        page.until(&format!(
            "location.pathname.endsWith({}) && document.activeElement?.matches('{link}')",
            json!(visit::LESSON)
        ));
        assert_eq!(
            page.text("document.getElementById('search-field').value"),
            "errdefer"
        );
        // A reader who closes them has read them.
        page.press(&["Escape"]);
        page.until("!history.state?.search");
    }
    page.is_sound(&site.url);
}

#[test]
fn a_word_that_an_input_method_composes_is_looked_for_when_it_is_whole() {
    let Some((mut page, site)) = open("index.html") else {
        return;
    };
    look_for(&mut page, "errdefer");
    // Whatever it did, it would do after a pause.
    let asked = page.eval(
        "let asked = 0;
         const later = window.setTimeout;
         window.setTimeout = (...given) => { asked += 1; return later(...given); };
         const field = document.getElementById('search-field');
         field.value = 'refcount';
         field.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true }));
         window.setTimeout = later;
         asked",
    );
    assert_eq!(asked, 0);
    page.eval(
        "document.getElementById('search-field').dispatchEvent(new CompositionEvent('compositionend', { bubbles: true })); null",
    );
    page.until(&format!("{TITLES}[0] === 'Reference count'"));
    page.is_sound(&site.url);
}
