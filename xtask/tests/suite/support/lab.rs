//! A small book whose pages have the lab, in a browser, and what a test does there. The server's answers are the test's.

use serde_json::json;

use super::Book;
use super::chromium::Page;
use super::site::Site;
use book_site::book::{BookSettings, build};
use book_support::project::Project;

/// What stands in the place of the server: `answer(path, body)` gives a status and what it says; `asked` is what was
/// asked of it.
pub const SERVER: &str = "
    window.asked = [];
    window.answer = path => path.startsWith('lab.json') ? [200, { token: 't' }] : [500, { error: 'Not now.' }];
    const real = window.fetch.bind(window);
    window.fetch = async (url, options = {}) => {
        const path = String(url).slice(SITE.length);
        if (!path.startsWith('lab')) return real(url, options);
        asked.push([path, options.body && JSON.parse(options.body)]);
        if (path.startsWith('lab/source')) {
            const name = new URLSearchParams(path.split('?')[1]).get('listing');
            return Response.json({
                name: name + '.zig', source: SOURCE, kind: 'run', imports: [],
                expects: name.endsWith('refused') ? 'compile-error: x' : 'run',
            });
        }
        const [status, said] = path === 'lab.json' ? [200, { token: 't' }] : await answer(path, asked.at(-1)[1]);
        if (!status) throw new TypeError('Failed to fetch');
        return typeof said === 'string' ? new Response(said, { status }) : Response.json(said, { status });
    };";

pub const SOURCE: &str = "const std = @import(\"std\");\n\npub fn main() void {\n    std.debug.print(\"four\\n\", .{});\n}\n";

/// A book whose pages have the lab, rendered, in a browser.
pub fn lab() -> Option<(Page, Site, Book)> {
    let mut page = Page::start()?;
    let main = "pub fn main() void {\n    std.debug.print(\"four\\n\", .{});\n}\n";
    let book = Book::new()
        .zig("prints", "//@ run", main)
        .zig(
            "refused",
            "//@ compile-error: unused local constant",
            "pub fn main() void {\n    const x = 1;\n}\n",
        )
        .write("listings/03_allocator/prints.rs", "//@ run\n\nfn main() {\n    println!(\"four\");\n}\n")
        .write(
            "src/lesson.md",
            "# A lesson\n\n{{#listing 03_allocator/prints}}\n\n```admonish example title=\"Change it\"\nPrint *five*.\n```\n\n\
             {{#listing 03_allocator/refused}}\n",
        )
        .write("src/lab.md", "# The lab\n\n{{#lab}}\n")
        .write(
            "src/SUMMARY.md",
            "# Summary\n\n- [A lesson](lesson.md)\n- [The lab](lab.md)\n",
        )
        .bless();
    let settings = BookSettings {
        lab: true,
        ..BookSettings::default()
    };
    let place = build(&Project::find(book.root()).unwrap(), &settings).unwrap();
    let site = Site::of(&place);
    let server = SERVER
        .replace("SOURCE", &json!(SOURCE).to_string())
        .replace("SITE", &json!(site.url).to_string());
    page.call(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({ "source": server }),
    );
    Some((page, site, book))
}

pub const EDIT: &str = ".listing-head [data-edit='03_allocator/prints']:not([data-where])";
pub const FIELD: &str = "document.querySelector('.lab textarea')";
pub const SAID: &str = "document.querySelector('.lab-said')?.textContent";

pub fn edit(page: &mut Page) {
    page.click(EDIT);
    page.until(&format!("document.activeElement === {FIELD}"));
}

/// What the editor holds.
pub fn text(page: &mut Page) -> String {
    page.text(&format!("{FIELD}.value"))
}

pub fn cursor(page: &mut Page, after: &str) {
    page.eval(&format!(
        "{FIELD}.focus(); {{ const at = {FIELD}.value.indexOf({0}) + {0}.length; {FIELD}.setSelectionRange(at, at); }}",
        json!(after)
    ));
}

pub fn says(page: &mut Page, sentence: &str) {
    page.until(&format!("{SAID}?.includes({})", json!(sentence)));
}

/// The button of the open editor with this word on it.
pub fn press(page: &mut Page, word: &str) {
    let found = page.eval(&format!(
        "[...document.querySelectorAll('.lab button')].findIndex(button => button.textContent === {})",
        json!(word)
    ));
    assert_ne!(found, -1, "no button {word}");
    page.eval(&format!(
        "document.querySelectorAll('.lab button').forEach((button, at) => button.toggleAttribute('data-pressed', at === {found}))"
    ));
    page.click("[data-pressed]");
}
