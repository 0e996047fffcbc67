//! The book without a network, in a real browser: what one visit keeps, and how it gives way to what is newer.

use std::fs;

use crate::support::Book;
use crate::support::chromium::Page;
use crate::support::site::{Site, pages, whole_book};
use book_site::book::{BookSettings, build};
use book_support::project::Project;
use serde_json::json;

/// Waits until a visit has kept everything.
fn visit(page: &mut Page, url: &str) {
    page.open(url);
    page.until("navigator.serviceWorker.controller !== null");
}

#[test]
fn after_one_visit_the_whole_book_works_without_a_network() {
    let Some(mut page) = Page::start() else {
        return;
    };
    let book = whole_book();
    let site = Site::of(book);
    let home = site.url.clone();
    visit(&mut page, &home);
    assert_eq!(
        page.text(
            "await fetch('toc.html').then(answer => `${answer.status}`, error => `${error}`)"
        ),
        "200",
        "what is not kept is there"
    );
    drop(site);
    assert!(
        page.is("await fetch('toc.html').then(() => false, () => true)"),
        "there is no network"
    );

    for name in pages(book).iter().filter(|name| *name != "toc.html") {
        page.open(&format!("{home}{name}"));
        page.is_sound(&home);
        assert!(
            page.is("document.querySelector('main h1') !== null"),
            "{name}"
        );
    }

    page.open(&format!("{home}lessons/nowhere/at_all.html"));
    assert_eq!(
        page.text("document.querySelector('main h1').textContent"),
        "Document not found (404)",
        "the book's own word for a page that does not exist"
    );
    assert!(page.is("getComputedStyle(document.querySelector('.bar')).position === 'sticky'"));

    page.open(&format!("{home}lessons/03_allocator.html"));
    page.click(".run[data-module]");
    let note = page.until("document.querySelector('.run-note')?.textContent.includes('recorded') && document.querySelector('.run-note').textContent");
    assert_eq!(note, "The same as recorded.");
    page.eval(
        "document.querySelector('.trace').scrollIntoView({ block: 'center', behavior: 'instant' })",
    );
    let step = "document.querySelector('.trace .trace-said').textContent.split('.')[0]";
    for (act, stands_at) in [("last", "!== 1"), ("first", "=== 1")] {
        page.until(&format!(
            "document.querySelector('.trace [data-act={act}]').click(); parseInt({step}.split(' ')[1]) {stands_at}"
        ));
    }
    page.press(&["Control+k"]);
    page.until("document.activeElement.id === 'search-field'");
    page.write("errdefer");
    page.until("document.querySelector('.search-found a')");
    page.is_sound(&home);

    page.open(&format!("{home}lessons/07_ml_patterns.html"));
    page.click("#draw-digit [data-script]");
    page.until("document.querySelector('[data-part=pad]')");
    page.is_sound(&home);

    page.open(&format!("{home}laboratory.html"));
    page.click("#laboratory [data-script]");
    page.until("document.querySelector('.alloc-body .alloc-map')");
    page.is_sound(&home);
}

#[test]
fn a_newer_book_is_seen_at_once_and_clears_the_old_one_away() {
    let Some(mut page) = Page::start() else {
        return;
    };
    let book = Book::new()
        .zig("empty", "//@ run", "pub fn main() void {}\n")
        .bless()
        .write(
            "src/lesson.md",
            "# A lesson\n\n![A picture](picture.svg)\n\n{{#listing 03_allocator/empty}}\n",
        )
        .write(
            "src/picture.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        );
    book.xtask(&["build"]).succeeds();
    let (fresh, old) = (book.path("book"), book.path("old"));
    fs::rename(&fresh, &old).unwrap();
    let read = |words| format!("# A lesson\n\n{words}\n\n{{{{#listing 03_allocator/empty}}}}\n");
    book.set("src/lesson.md", read("Newer words."));
    book.xtask(&["build"]).succeeds();

    let site = Site::of(&old);
    let home = site.url.clone();
    visit(&mut page, &home);
    let kept = page.text("(await caches.keys()).join()");
    let address = home.trim_start_matches("http://").trim_end_matches('/');
    drop(site);
    let site = Site::at(address, &fresh);

    page.open(&format!("{home}lesson.html"));
    assert!(
        page.is("document.body.textContent.includes('Newer words')"),
        "an old page is never shown while there is a network"
    );
    // The page finds the newer worker, which may not take anything from a page that is open.
    page.until("(await navigator.serviceWorker.getRegistration())?.waiting");
    assert!(page.is(&format!("(await caches.keys()).includes('{kept}')")));
    page.open(&format!("{home}lesson.html"));
    page.until(&format!(
        "const names = await caches.keys(); names.length === 1 && names[0] !== '{kept}'"
    ));

    drop(site);
    page.open(&format!("{home}lesson.html"));
    assert!(page.is("document.body.textContent.includes('Newer words')"));

    // Somebody works on the book now, and serves it where it was read.
    book.set("src/lesson.md", read("Words of today."));
    let live = BookSettings {
        live_reload: Some("news".into()),
        place: Some(book.path("live")),
        ..BookSettings::default()
    };
    let live = build(&Project::find(book.root()).unwrap(), &live).unwrap();
    let _site = Site::at(address, &live);
    page.open(&format!("{home}lesson.html"));
    assert!(page.is("document.body.textContent.includes('Words of today')"));
    page.until("(await navigator.serviceWorker.getRegistrations()).length === 0");
}

#[test]
fn the_book_can_be_installed_and_says_how_long_progress_is_kept() {
    let Some(mut page) = Page::start() else {
        return;
    };
    let site = Site::of(whole_book());
    visit(&mut page, &site.url);
    let manifest = page.call("Page.getAppManifest", json!({}));
    assert_eq!(manifest["errors"], json!([]), "{manifest}");
    let problems = page.call("Page.getInstallabilityErrors", json!({}));
    let problems = problems["installabilityErrors"].as_array().expect("a list");
    // A test's context is for the browser a window that keeps nothing.
    let others = problems
        .iter()
        .filter(|problem| problem["errorId"] != "in-incognito");
    assert_eq!(others.collect::<Vec<_>>(), Vec::<&serde_json::Value>::new());
    assert!(page.is(
        "const place = document.querySelector('link[rel=manifest]').href;
         const { icons } = await (await fetch(place)).json();
         const fits = await Promise.all(icons.map(async ({ src, sizes }) => {
             const image = new Image();
             image.src = new URL(src, place);
             await image.decode();
             return `${image.naturalWidth}x${image.naturalHeight}` === sizes;
         }));
         fits.length === 2 && fits.every(Boolean)"
    ));
    let said = page.until(
        "[...document.querySelectorAll('.progress-kept')].map(part => part.textContent).find(text => /clear/.test(text))",
    );
    assert!(
        said.as_str().expect("text").contains("a file is yours"),
        "{said}"
    );
    page.is_sound(&site.url);
}
