//! What readers run, in a real browser: listings by their Run buttons, and the digit that they draw.

#[path = "support/page.rs"]
mod page;
mod support;

use std::path::Path;

use page::visit;
use support::Book;
use xtask::listing::discover;
use xtask::project::Project;
use xtask::wasm::Run;
use xtask::wasm::lesson::Care;
use xtask::wasm::publish::{Wanted, publish};

/// The book of these tests, whose programs carry Run buttons.
fn book() -> Book {
    let book = Book::new();
    let settings = book.read("book.toml");
    let before = "after = [\"links\", \"index\"]\n";
    assert!(settings.contains(before));
    book.set(
        "book.toml",
        settings.replace(before, &format!("{before}run = true\n")),
    );
    book
}

fn built(book: &Book) -> std::path::PathBuf {
    book.xtask(&["build"]).succeeds();
    book.path("book")
}

#[test]
fn every_program_of_the_book_prints_in_a_browser_what_was_recorded_or_says_why_not() {
    let project = Project::find(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let (catalog, _) = discover::load(&project).unwrap();
    let wanted = Wanted {
        draw: false,
        run: true,
        care: Care::Published,
    };
    let (offers, problems) = publish(&project, &catalog, wanted).unwrap();
    assert!(problems.is_empty(), "{problems:#?}");
    let programs: Vec<(String, &str)> = offers
        .zig
        .iter()
        .filter_map(|(id, run)| match run {
            Run::Module(module) => Some((id.to_string(), module.as_str())),
            Run::Not(_) => None,
        })
        .collect();
    assert!(programs.len() > 150, "{} programs", programs.len());
    let site = tempfile::tempdir().unwrap();
    let generated = site.path().join("generated");
    std::os::unix::fs::symlink(project.chapters().join("generated"), generated).unwrap();
    std::fs::write(site.path().join("all.html"), "<body></body>").unwrap();
    let script = format!(
        "const programs = {};
        const {{ load, run, verdict }} = await import('/{}');
        for (const [id, file] of programs) {{
            const [lesson, stem] = id.split('/');
            const {{ module, recorded }} = await load(file);
            let printed = '';
            const end = await run(module, stem, text => {{ printed += text; }}, AbortSignal.timeout(20_000));
            seen[id] = [verdict(recorded[stem], printed, lesson, end), recorded[stem].why];
        }}",
        serde_json::to_string(&programs).unwrap(),
        offers.script,
    );
    let Some(seen) = visit(site.path(), "all.html", &script) else {
        return;
    };
    let seen = seen.as_object().unwrap();
    assert_eq!(seen.len(), programs.len());
    for (id, said) in seen {
        let (verdict, why) = (said[0].as_str().unwrap(), &said[1]);
        let same = verdict.starts_with("The same as recorded");
        let explained = !why.is_null() && verdict.starts_with("Differs from what was recorded: ");
        assert!(same || explained, "{id}: {verdict}");
    }
}

#[test]
fn a_reader_runs_a_listing_and_learns_whether_it_printed_what_was_recorded() {
    let book = book()
        .zig("prints", "//@ run", "pub fn main() void {\n    std.debug.print(\"four\\n\", .{});\n}\n")
        .zig(
            "pointer",
            "//@ run\n//@ wasm: addresses are half as long there",
            "pub fn main() void {\n    std.debug.print(\"{d}\\n\", .{@sizeOf(usize)});\n}\n",
        )
        .zig(
            "thread",
            "//@ run\n//@ wasm: a page has no threads",
            "pub fn main() !void {\n    const thread = try std.Thread.spawn(.{}, work, .{});\n    \
             thread.join();\n}\n\nfn work() void {\n    std.debug.print(\"worked\\n\", .{});\n}\n",
        )
        .write(
            "listings/03_allocator/prints.rs",
            "//@ run\n\nfn main() {\n    println!(\"four\");\n}\n",
        )
        .write(
            "src/lesson.md",
            "# A lesson\n\n{{#listing 03_allocator/prints}}\n\n{{#listing 03_allocator/pointer}}\n\n\
             {{#listing 03_allocator/thread}}\n",
        )
        .bless();
    let script = r#"
        const figure = stem => document.querySelector(`[data-listing="03_allocator/${stem}"].listing`);
        const press = (stem, language) =>
            figure(stem).querySelector(`[data-language=${language}] .run`).click();
        const note = stem => figure(stem).querySelector('.run-note')?.textContent ?? '';
        const ended = text => text && !/^(Running|Waiting)/.test(text);
        const end = stem => until(() => ended(note(stem)) && note(stem), `the end of ${stem}`);

        press('prints', 'zig');
        seen.note = await end('prints');
        seen.printed = figure('prints').querySelector('.run-result samp').textContent;
        press('pointer', 'zig');
        seen.differs = await end('pointer');
        press('thread', 'zig');
        seen.not = await end('thread');

        // A program that never ends, as small as one can be: it is stopped, and the page goes on meanwhile.
        const { run } = await import(`/${figure('prints').querySelector('.run').dataset.script}`);
        const endless = await WebAssembly.compile(new Uint8Array([
            0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 5, 3, 1, 0, 1,
            7, 19, 2, 6, 109, 101, 109, 111, 114, 121, 2, 0, 6, 95, 115, 116, 97, 114, 116, 0, 0,
            10, 9, 1, 7, 0, 3, 64, 12, 0, 11, 11]));
        seen.stopped = await run(endless, 'x', () => {}, AbortSignal.timeout(300));

        // The Rust Playground, as it answers and as it does without a network.
        const real = window.fetch;
        const asked = [];
        window.fetch = (url, options) => {
            if (`${url}`.startsWith(location.origin)) return real(url, options);
            asked.push(JSON.parse(options.body));
            return Promise.resolve(Response.json({ success: true, stdout: 'four\n', stderr: '   Compiling playground v0.0.1 (/playground)\n' }));
        };
        seen.before = asked.length;
        press('prints', 'rust');
        const rustNote = () => {
            const text = figure('prints').querySelector('[data-language=rust] .run-note')?.textContent;
            return ended(text) && text;
        };
        seen.rust = await until(rustNote, 'the answer of the Playground');
        seen.asked = asked;
        window.fetch = (url, options) => `${url}`.startsWith(location.origin)
            ? real(url, options) : Promise.reject(new TypeError('Failed to fetch'));
        press('prints', 'rust');
        seen.offline = await until(() => /cannot be reached/.test(rustNote()) && rustNote(), 'the note');
    "#;
    let Some(seen) = visit(&built(&book), "lesson.html", script) else {
        return;
    };
    assert_eq!(seen["note"], "The same as recorded.");
    assert_eq!(seen["printed"], "four\n");
    assert_eq!(
        seen["differs"],
        "Differs from what was recorded: addresses are half as long there."
    );
    assert_eq!(
        seen["not"],
        "It cannot run in this page: a page has no threads."
    );
    assert_eq!(seen["stopped"]["stopped"], true);
    assert_eq!(
        seen["before"], 0,
        "nothing is asked of another host before the click"
    );
    assert_eq!(seen["rust"], "The same as recorded.");
    assert!(
        seen["asked"][0]["code"]
            .as_str()
            .unwrap()
            .contains("println!")
    );
    let offline = seen["offline"].as_str().unwrap();
    assert!(offline.contains("needs the network"), "{offline}");
}

#[test]
fn a_reader_draws_a_digit_by_pointer_and_by_keyboard_and_watches_the_memory() {
    let mut book = book();
    let lesson = support::repository().join("listings/07_ml_patterns");
    for name in [
        "digits.zig",
        "digits.zig.out",
        "counting.zig",
        "safetensors.zig",
        "capstone/web.zig",
        "capstone/model.safetensors",
        "capstone/digits.safetensors",
    ] {
        let bytes = std::fs::read(lesson.join(name)).unwrap();
        book = book.write(&format!("listings/07_ml_patterns/{name}"), bytes);
    }
    let book = book.write(
        "src/lesson.md",
        "# A lesson\n\n{{#listing 07_ml_patterns/digits}}\n\n{{#draw-digit}}\n",
    );
    let script = r#"
        const part = name => document.querySelector(`[data-part=${name}]`);
        seen.loaded = performance.getEntriesByType('resource').filter(entry => /generated/.test(entry.name)).length;
        document.querySelector('#draw-digit [data-script]').click();
        const pad = await until(() => part('pad'), 'the paper');
        pad.setPointerCapture = () => {};
        pad.hasPointerCapture = () => true;
        const box = pad.getBoundingClientRect();
        const point = (kind, x, y) => pad.dispatchEvent(new PointerEvent(kind,
            { clientX: box.left + x / 32 * box.width, clientY: box.top + y / 32 * box.height, pointerId: 1, bubbles: true }));
        // A seven with a bar.
        for (const stroke of [[[10, 7], [20, 7], [13, 26]], [[10, 16], [19, 16]]]) {
            point('pointerdown', ...stroke[0]);
            for (const to of stroke.slice(1)) point('pointermove', ...to);
            point('pointerup', ...stroke.at(-1));
        }
        seen.pointer = part('answer').textContent;
        seen.during = part('scratch').textContent;
        seen.model = part('model').textContent;
        await until(() => part('scratch').textContent !== seen.during, 'the reset');
        seen.after = part('scratch').textContent;
        const key = name => pad.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }));
        // A one: an upright line.
        for (const name of ['Delete', ' ', ...Array(10).fill('ArrowDown'), ' ', 'Enter']) key(name);
        seen.keyboard = part('answer').textContent;
        part('forget').click();
        for (let times = 0; times < 5; times++) key('Enter');
        await new Promise(resolve => setTimeout(resolve, 1000));
        seen.forgotten = part('scratch').textContent;
        seen.still = part('model').textContent;
    "#;
    let Some(seen) = visit(&built(&book), "lesson.html", script) else {
        return;
    };
    assert_eq!(
        seen["loaded"], 0,
        "nothing is loaded before the reader asks"
    );
    let text = |name: &str| seen[name].as_str().unwrap().to_string();
    assert!(
        text("pointer").starts_with("The model reads a 7"),
        "{}",
        text("pointer")
    );
    assert!(
        text("keyboard").starts_with("The model reads a 1"),
        "{}",
        text("keyboard")
    );
    assert_eq!(text("during"), "384 of 420 bytes in use");
    assert_eq!(text("after"), "0 of 420 bytes in use");
    assert!(
        text("forgotten").starts_with("2,304 of "),
        "{}",
        text("forgotten")
    );
    assert_eq!(text("still"), text("model"));
}
