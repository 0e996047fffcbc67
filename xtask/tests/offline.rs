//! The book without a network, in a real browser: what one visit keeps, and how it gives way to what is newer.

#[path = "support/page.rs"]
mod page;
mod support;

use std::fs;

use page::visit_all;
use support::Book;

fn book() -> Book {
    let book = Book::new();
    let settings = book.read("book.toml");
    let before = "after = [\"links\", \"index\"]\n";
    assert!(settings.contains(before));
    book.set(
        "book.toml",
        settings.replace(before, &format!("{before}run = true\n")),
    );
    book.zig(
        "prints",
        "//@ run",
        "pub fn main() void {\n    std.debug.print(\"four\\n\", .{});\n}\n",
    )
    .write(
        "src/SUMMARY.md",
        "# Summary\n\n- [A lesson](lesson.md)\n- [Another](deep/other.md)\n",
    )
    .write("src/lesson.md", "# A lesson\n\n![A picture](picture.svg)\n")
    .write(
        "src/picture.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    )
    .write(
        "src/deep/other.md",
        "# Another\n\n{{#listing 03_allocator/prints}}\n",
    )
    .bless()
}

#[test]
fn after_one_visit_every_page_is_there_without_a_network_and_gives_way_to_a_newer_one() {
    let book = book();
    book.xtask(&["build"]).succeeds();
    let (site, old) = (book.path("book"), book.path("old"));
    fs::rename(&site, &old).unwrap();
    book.set("src/lesson.md", "# A lesson\n\nNewer words.\n");
    book.xtask(&["build"]).succeeds();
    let script = r#"
        const works = url => fetch(url).then(answer => answer.ok, () => false);
        await until(() => navigator.serviceWorker.controller, 'the worker, which has kept everything');
        [seen.first] = await caches.keys();
        seen.before = await works('/404.html');

        await next();
        seen.network = await works('/404.html');
        seen.picture = await works('/picture.svg');
        const frame = document.createElement('iframe');
        frame.src = '/deep/other';
        const loaded = new Promise(resolve => { frame.onload = resolve; });
        document.body.append(frame);
        await loaded;
        const there = frame.contentDocument;
        seen.title = there.querySelector('h1').textContent;
        there.querySelector('.run').click();
        seen.note = await until(() => {
            const text = there.querySelector('.run-note')?.textContent;
            return /recorded|cannot/.test(text) && text;
        }, 'the end of the program');
        there.getElementById('mdbook-search-toggle').click();
        const field = await until(() => there.activeElement.id === 'mdbook-searchbar' && there.activeElement, 'the search');
        field.value = 'another';
        field.dispatchEvent(new frame.contentWindow.Event('input', { bubbles: true }));
        field.dispatchEvent(new frame.contentWindow.KeyboardEvent('keyup', { bubbles: true }));
        seen.found = (await until(() => there.querySelector('#mdbook-searchresults a'), 'a result')).textContent;
        frame.remove();

        await next();
        seen.newer = /Newer words/.test(await (await fetch('/lesson.html')).text());
        const registration = await navigator.serviceWorker.ready;
        await registration.update();
        await until(() => registration.waiting, 'the newer worker');
        seen.both = (await caches.keys()).length;
        registration.waiting.postMessage('take over');
        await until(() => !registration.waiting && registration.active.state === 'activated', 'the change of workers');
        seen.last = await caches.keys();
    "#;
    let Some(seen) = visit_all(&[Some(&old), None, Some(&site)], "lesson.html", script) else {
        return;
    };
    assert_eq!(seen["before"], true);
    assert_eq!(seen["network"], false, "the network is cut");
    assert_eq!(seen["picture"], true);
    assert_eq!(seen["title"], "Another");
    assert_eq!(seen["note"], "The same as recorded.");
    assert!(seen["found"].as_str().unwrap().contains("Another"));
    assert_eq!(
        seen["newer"], true,
        "an old page is never shown while there is a network"
    );
    assert_eq!(seen["both"], 2, "the old one stays while pages may want it");
    let last = seen["last"].as_array().unwrap();
    assert_eq!(last.len(), 1, "old content is cleared");
    assert_ne!(last[0], seen["first"]);
}
