//! The lab in the page, in a real browser: its editor, what it keeps, what it hands on, and that no failure of the server
//! costs a letter. The server's answers are given by the test here; `lab_session.rs` asks the real one.

use serde_json::json;

use crate::accessible::{AXE, CUT, SMALL, axe};
use crate::support::chromium::Page;
use crate::support::lab::{FIELD, SOURCE, cursor, edit, lab, press, says, text};
use crate::support::site::{Site, whole_book};
use crate::support::visit::{SIDEWAYS, note, nothing};

#[test]
fn an_editor_types_brackets_and_indents_lets_go_and_undoes() {
    let Some((mut page, site, _book)) = lab() else {
        return;
    };
    page.open(&format!("{}lesson.html", site.url));
    edit(&mut page);
    assert_eq!(text(&mut page), SOURCE, "without its declarations");
    assert!(page.is("document.querySelector('.listing-twin > pre.code').hidden"));

    cursor(&mut page, "void {");
    page.press(&["Enter"]);
    for key in "if (true) {".chars() {
        page.press(&[&key.to_string()]);
    }
    page.press(&["Enter"]);
    page.write("work(a[0]);");
    let typed = "void {\n    if (true) {\n        work(a[0]);\n    }\n    std";
    assert!(text(&mut page).contains(typed), "{}", text(&mut page));
    // A pair goes as it came.
    page.press(&["("]);
    assert!(text(&mut page).contains("work(a[0]);()"));
    page.press(&["Backspace"]);
    assert!(text(&mut page).contains(typed));
    // Tab indents what is chosen, and further out again.
    page.eval(&format!("{FIELD}.select()"));
    page.press(&["Tab"]);
    assert!(text(&mut page).starts_with("    const std"));
    assert!(
        text(&mut page).contains("\n\n    pub fn"),
        "no blanks in an empty line"
    );
    page.press(&["Shift+Tab"]);
    assert!(text(&mut page).contains(typed) && text(&mut page).starts_with("const"));
    // The colors are those of the text.
    let colored = "document.querySelector('.editor pre').textContent";
    assert!(page.is(&format!("{colored} === {FIELD}.value + '\\n'")));
    // Undo knows all of it.
    for _ in 0..60 {
        page.press(&["Control+z"]);
    }
    assert_eq!(text(&mut page), SOURCE);
    assert!(page.is(&format!("{colored} === {FIELD}.value + '\\n'")));
    // Nobody is caught.
    page.press(&["Escape", "Tab"]);
    assert_eq!(page.text("document.activeElement.textContent"), "Run");
    page.press(&["Shift+Tab"]);
    assert!(page.is(&format!("document.activeElement === {FIELD}")));
    page.is_sound(&site.url);
}

#[test]
fn every_zig_listing_of_the_book_has_the_colors_of_zigs_own_tokenizer() {
    let Some(mut page) = Page::start() else {
        return;
    };
    let scripts = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(
        crate::support::repository().join("theme/js"),
        scripts.path().join("js"),
    )
    .unwrap();
    std::os::unix::fs::symlink(whole_book(), scripts.path().join("book")).unwrap();
    let site = Site::of(scripts.path());
    let lessons: Vec<String> = crate::support::site::pages(whole_book())
        .into_iter()
        .filter(|name| name.starts_with("lessons/") || name.starts_with("deeper/"))
        .collect();
    page.open(&format!("{}book/{}", site.url, lessons[0]));
    let found = page.eval(&format!(
        "const {{ tokens }} = await import('/js/zig-tokens.js');
         const found = [];
         let lines = 0;
         for (const name of {}) {{
            const text = await (await fetch('/book/' + name)).text();
            const page = new DOMParser().parseFromString(text, 'text/html');
            for (const line of page.querySelectorAll('[data-language=zig] > pre > code > .line')) {{
                lines += 1;
                // Before a color and after it: the text in one row with its classes.
                const built = [...line.childNodes].map(node => [node.textContent, (node.className ?? '').replace('hl-', '')]);
                const here = tokens(line.textContent.replace(/\\n$/, ''));
                const said = pieces => pieces.flatMap(([text, name]) => [...text.replace(/\\n$/, '')].map(one => one + name)).join();
                if (said(built) !== said(here)) found.push(name + ': ' + line.textContent);
            }}
         }}
         [lines, found]",
        json!(lessons)
    ));
    assert!(found[0].as_u64() > Some(1000), "{found}");
    assert_eq!(found[1], json!([]));
}

#[test]
fn what_is_typed_is_kept_compared_and_reset() {
    let Some((mut page, site, _book)) = lab() else {
        return;
    };
    let address = format!("{}lesson.html", site.url);
    page.open(&address);
    edit(&mut page);
    cursor(&mut page, "fo");
    page.write("ofo");
    press(&mut page, "Difference");
    let difference = "[...document.querySelectorAll('.lab-difference :is(ins, del)')].map(line => line.textContent.trim())";
    assert_eq!(
        page.eval(difference),
        json!([
            "-     std.debug.print(\"four\\n\", .{});",
            "+     std.debug.print(\"foofour\\n\", .{});"
        ])
    );
    // The page comes again, as when the book changes: the editor is open, and the text is there.
    page.open(&address);
    page.until(&format!("{FIELD}?.value.includes('foofour')"));
    says(&mut page, "what you wrote here before");
    press(&mut page, "Reset");
    assert_eq!(text(&mut page), SOURCE);
    page.press(&["Control+z"]);
    assert!(text(&mut page).contains("foofour"), "undo brings it back");
    press(&mut page, "Reset");
    press(&mut page, "Close");
    assert!(page.is("!document.querySelector('.lab') && !document.querySelector('.listing-twin > pre.code').hidden"));
    edit(&mut page);
    assert_eq!(text(&mut page), SOURCE);
}

#[test]
fn no_failure_of_the_server_costs_a_letter() {
    let Some((mut page, site, _book)) = lab() else {
        return;
    };
    page.open(&format!("{}lesson.html", site.url));
    edit(&mut page);
    cursor(&mut page, "fo");
    page.write("reign");
    let typed = text(&mut page);
    for (answer, sentence) in [
        (
            "[403, { error: 'Old token.' }]",
            "Old token. Load the page again",
        ),
        ("[409, { error: 'Busy.' }]", "Busy."),
        ("[413, { error: 'Too large.' }]", "Too large."),
        ("[400, { error: 'No text.' }]", "No text."),
        ("[500, 'no JSON']", "answered 500"),
        ("[0]", "still running"),
        ("[200, '{\"errors\": [']", "still running"),
    ] {
        page.eval(&format!("window.answer = () => {answer}"));
        for keys in ["Control+Enter", "Control+Shift+Enter"] {
            page.eval(&format!(
                "document.querySelector('.lab-said').textContent = ''; {FIELD}.focus()"
            ));
            page.press(&[keys]);
            says(&mut page, sentence);
            page.until("document.querySelector('.lab-button').textContent === 'Run'");
            assert_eq!(text(&mut page), typed, "{answer}");
        }
    }
    // Every request carried the program, and the first of each token that of this run.
    assert!(page.is(&format!(
        "asked.filter(([, body]) => body).every(([, body]) => body.source === {})",
        json!(typed)
    )));
    assert!(page.is("asked.filter(([path]) => path === 'lab.json').length > 1"));
}

#[test]
fn errors_stand_at_their_lines_and_lead_there() {
    let Some((mut page, site, _book)) = lab() else {
        return;
    };
    page.open(&format!("{}lesson.html", site.url));
    page.click(".listing-head [data-edit='03_allocator/refused']");
    page.until(FIELD);
    says(&mut page, "edit it until it does");
    page.eval(
        "window.answer = () => [200, { errors: [
            { line: 4, column: 9, message: 'unused local <constant>', notes: [{ line: 3, message: 'in here' }, { line: null, message: 'so' }] },
         ], sentence: null, module: null, kind: 'run' }]",
    );
    press(&mut page, "Run");
    says(&mut page, "1 error");
    assert_eq!(
        page.text("document.querySelector('.editor .wrong').title"),
        "unused local <constant>"
    );
    assert_eq!(
        page.text("document.querySelector('.lab-errors').innerText.replace(/\\s+/g, ' ')"),
        "Line 4 unused local <constant> Line 3 in here so"
    );
    assert!(page.is(&format!("{FIELD}.getAttribute('aria-describedby').split(' ').every(id => document.getElementById(id))")));
    press(&mut page, "Line 4");
    assert!(page.is(&format!(
        "document.activeElement === {FIELD} && {FIELD}.selectionStart === {}",
        SOURCE.find("std.debug").unwrap() + 4
    )));
    // What was changed is not wrong any more, as far as anybody knows.
    page.write("x");
    assert!(page.is("!document.querySelector('.editor .wrong')"));
    page.is_sound(&site.url);
}

#[test]
fn a_link_brings_a_program_and_runs_nothing() {
    let Some((mut page, site, _book)) = lab() else {
        return;
    };
    page.open(&format!("{}lesson.html", site.url));
    edit(&mut page);
    cursor(&mut page, "fo");
    page.write("ög🦎");
    let typed = text(&mut page);
    page.eval("navigator.clipboard.writeText = async text => { window.copied = text; }");
    press(&mut page, "Link");
    let link = page.until("window.copied").as_str().unwrap().to_string();
    assert!(
        link.starts_with(&format!(
            "{}lab.html#from=03_allocator/prints&zig=",
            site.url
        )),
        "{link}"
    );
    assert!(link.len() < 400, "{link}");

    page.open("about:blank");
    page.open(&link);
    page.until(FIELD);
    assert_eq!(text(&mut page), typed);
    assert!(
        page.is("document.querySelector('.lab-where').textContent.includes('03_allocator/prints')")
    );
    assert_eq!(
        page.eval("asked.map(([path]) => path).filter(path => path !== 'lab/progress')"),
        json!(["lab/source?listing=03_allocator/prints"])
    );
    press(&mut page, "Difference");
    assert_eq!(
        page.eval("document.querySelectorAll('.lab-difference ins').length"),
        1
    );
    // A torn address says so; the reader's own program is another.
    page.open("about:blank");
    page.open(&link[..link.len() - 9]);
    says(&mut page, "damaged");
    page.open("about:blank");
    page.open(&format!("{}lab.html", site.url));
    page.until(&format!("{FIELD}?.value.includes('init.gpa')"));
}

#[test]
fn two_tabs_on_one_program_write_over_each_other_only_when_told_to() {
    let Some((mut page, site, _book)) = lab() else {
        return;
    };
    page.open(&format!("{}lesson.html", site.url));
    edit(&mut page);
    let key = "Object.keys(localStorage).find(key => key.startsWith('memory-management-lab'))";
    cursor(&mut page, "fo");
    page.write("a");
    // A frame stands for the other tab: it has the same storage, and hears of it like one.
    page.eval(&format!(
        "const frame = document.createElement('iframe'); frame.src = document.querySelector('link[rel=stylesheet]').href; document.body.append(frame);
         await new Promise(done => {{ frame.onload = done; }});
         frame.contentWindow.localStorage.setItem({key}, 'theirs');"
    ));
    page.until("document.querySelector('.lab-choice').checkVisibility()");
    page.write("b");
    assert_eq!(
        page.text(&format!("localStorage.getItem({key})")),
        "theirs",
        "until the reader chooses"
    );
    press(&mut page, "Keep mine");
    assert!(page.is(&format!("localStorage.getItem({key}).includes('foab')")));
    page.eval(&format!(
        "frame.contentWindow.localStorage.setItem({key}, 'theirs again')"
    ));
    page.until("document.querySelector('.lab-choice').checkVisibility()");
    press(&mut page, "Take the other tab’s");
    assert_eq!(text(&mut page), "theirs again");
    page.press(&["Control+z"]);
    assert!(text(&mut page).contains("foab"));
    // A browser that keeps nothing says so, and loses nothing before the page is left.
    page.eval("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }");
    page.write("c");
    says(&mut page, "keeps nothing");
}

#[test]
fn a_task_stands_beside_its_editor_and_other_languages_say_where() {
    let Some((mut page, site, _book)) = lab() else {
        return;
    };
    page.open(&format!("{}lesson.html", site.url));
    page.click(".admonition [data-edit]");
    page.until(FIELD);
    assert_eq!(
        page.text("document.querySelector('.lab-task').innerText.replace(/\\s+/g, ' ').trim()"),
        "Change it Print five."
    );
    assert!(page.is(
        "document.querySelector('.lab').closest('figure').dataset.listing === '03_allocator/prints'"
    ));
    press(&mut page, "Close");
    page.click("[role=tab][data-language=rust]");
    page.click("[data-where]");
    let said = page.until("document.querySelector('.lab-where')?.textContent");
    let said = said.as_str().unwrap();
    assert!(
        said.contains("listings/03_allocator/prints.rs")
            && said.contains("cargo xtask test-listings 03_allocator/prints"),
        "{said}"
    );
    assert!(page.is("document.querySelector('.lab-where a').href.startsWith('https://play.rust-lang.org/?') && document.querySelector('.lab-where a').href.includes('println')"));
    page.is_sound(&site.url);
}

#[test]
fn an_open_editor_fits_a_small_phone_letter_on_letter() {
    let Some((mut page, site, _book)) = lab() else {
        return;
    };
    page.size(320, 640);
    page.open(&format!("{}lesson.html", site.url));
    edit(&mut page);
    page.write(&format!("// {}\n", "long ".repeat(40)));
    assert_eq!(page.eval(SIDEWAYS), json!([]));
    // Letter on letter: the text area is as wide and as high as the colored text under it.
    let boxes = "const box = name => document.querySelector(name).getBoundingClientRect();
        const [field, under] = [box('.editor textarea'), box('.editor pre')];
        const style = name => { const { paddingTop, font, letterSpacing, borderTopWidth } = getComputedStyle(document.querySelector(name));
            return [paddingTop, font, letterSpacing, borderTopWidth].join(); };
        style('.editor textarea') === style('.editor pre') && Math.abs(field.width - under.width) < 1 && Math.abs(field.height - under.height) < 1
            && document.querySelector('.editor textarea').scrollWidth <= field.width + 1
            && document.querySelector('.editor textarea').scrollHeight <= field.height + 1";
    assert!(page.is(boxes));
    page.size(1280, 800);
    assert!(page.is(boxes));
    // The lab's own page, too.
    page.size(320, 640);
    page.open(&format!("{}lab.html", site.url));
    page.until(FIELD);
    assert_eq!(page.eval(SIDEWAYS), json!([]));
    assert!(page.is(boxes));
    page.is_sound(&site.url);
}

#[test]
fn axe_finds_nothing_at_an_open_editor_in_either_theme() {
    let Some((mut page, site, _book)) = lab() else {
        return;
    };
    page.open(&format!("{}lesson.html", site.url));
    page.click(".admonition [data-edit]");
    page.until(FIELD);
    cursor(&mut page, "fo");
    page.write("x");
    page.eval(
        "window.answer = () => [200, { errors: [{ line: 4, column: 9, message: 'm', notes: [{ line: 3, message: 'n' }] }] }]",
    );
    press(&mut page, "Difference");
    press(&mut page, "Run");
    says(&mut page, "1 error");
    page.eval(&axe());
    let mut found = Vec::new();
    for theme in ["light", "dark"] {
        page.media(&[("prefers-color-scheme", theme)]);
        note(&mut found, theme, &page.eval(AXE));
    }
    for width in [1280, 320] {
        page.size(width, 800);
        for script in [SMALL, CUT, SIDEWAYS] {
            note(&mut found, "lesson.html", &page.eval(script));
        }
    }
    nothing(&found);
}

#[test]
fn pages_without_a_server_have_nothing_of_the_lab() {
    let Some(mut page) = Page::start() else {
        return;
    };
    let site = Site::of(whole_book());
    page.open(&format!("{}lessons/03_allocator.html", site.url));
    assert!(page.is("!document.querySelector('[data-edit]')"));
    page.open(&format!("{}lab.html", site.url));
    assert!(
        page.is("document.querySelector('main').textContent.includes('cargo xtask serve --open')")
    );
    assert!(
        !page.requests.iter().any(|url| url.contains("lab.json")),
        "{:?}",
        page.requests
    );
    page.is_sound(&site.url);
}
