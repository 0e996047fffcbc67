//! What readers run, in a real browser: listings by their Run buttons, and the digit that they draw.

use std::collections::BTreeMap;
use std::path::Path;

use crate::support::Book;
use crate::support::chromium::Page;
use crate::support::site::{Site, whole_book};
use book_listing::{Id, discover};
use book_recorder::run::Runnable;
use book_site::generated::GeneratedFolder;
use book_site::wasm::RunButton;
use book_site::wasm::lesson::ModuleQuality;
use book_site::wasm::publish::{WantedModules, publish};
use book_support::project::Project;
use serde_json::json;

/// A program that prints one line again and again, for ever.
const ENDLESS: &str = r#"(module
    (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
    (memory (export "memory") 1)
    (data (i32.const 0) "\10\00\00\00\05\00\00\00")
    (data (i32.const 16) "more\n")
    (func (export "_start")
        (loop $again
            (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
            (br $again))))"#;

/// Whether a page loads it when it is used. Of what is generated a browser asks for the book's icon before that.
fn is_loaded_late(url: &&String) -> bool {
    url.contains("generated") && !url.contains("generated/icon-")
}

#[test]
fn what_an_author_changed_is_a_module_by_itself() {
    let names = ["a", "b", "c", "d", "e"];
    let program = |text: &str| {
        format!("pub fn main() void {{\n    std.debug.print(\"{text}\\n\", .{{}});\n}}\n")
    };
    let book = names.iter().fold(Book::new(), |book, name| {
        book.zig(name, "//@ run", &program(name))
    });
    let project = Project::find(book.root()).unwrap();
    let modules = || -> BTreeMap<String, String> {
        let (catalog, _) = discover::load(&project).unwrap();
        let wanted = WantedModules {
            run: true,
            care: ModuleQuality::Quick,
            ..WantedModules::default()
        };
        let mut folder = GeneratedFolder::new(&project);
        let (offers, problems) = publish(&project, &catalog, wanted, &mut folder).unwrap();
        assert!(problems.is_empty(), "{problems:#?}");
        let module = |(id, run): (&Id, &RunButton)| match run {
            RunButton::Module(module) => (id.stem.clone(), module.clone()),
            RunButton::Not(why) => panic!("{id}: {why}"),
        };
        offers.zig.iter().map(module).collect()
    };
    let change = |name: &str, text: &str| {
        let path = format!("listings/03_allocator/{name}.zig");
        let old = book.read(&path);
        book.set(&path, old.replace(&program(name), &program(text)));
        old
    };
    let prints = |module: &str, name: &str| {
        let path = project.chapters().join("generated").join(module);
        let module = std::fs::read(path).unwrap();
        Runnable::new(&module).unwrap().run(name).unwrap().0
    };

    let whole = modules();
    assert!(
        names.iter().all(|name| whole[*name] == whole["a"]),
        "{whole:?}"
    );
    let old = change("a", "changed");
    let changed = modules();
    assert_ne!(changed["a"], changed["b"]);
    assert_eq!(prints(&changed["a"], "a"), "changed\n");
    for name in &names[1..] {
        assert_eq!(changed[*name], changed["b"], "the others stay together");
        assert_eq!(prints(&changed[*name], name), format!("{name}\n"));
    }
    book.set("listings/03_allocator/a.zig", old);
    assert_eq!(modules(), whole, "taken back, it is what it was");

    for name in &names[1..] {
        change(name, "many");
    }
    let many = modules();
    assert!(
        names.iter().all(|name| many[*name] == many["a"]),
        "where much has changed, all is built anew: {many:?}"
    );
    assert_eq!(prints(&many["b"], "b"), "many\n");
    assert_eq!(prints(&many["a"], "a"), "a\n");
}

#[test]
fn every_program_of_the_book_prints_in_a_browser_what_was_recorded_or_says_why_not() {
    let Some(mut page) = Page::start() else {
        return;
    };
    // Its rendering makes the same files: it comes first, so that neither clears away what the other needs.
    whole_book();
    let project = Project::find(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let (catalog, _) = discover::load(&project).unwrap();
    let wanted = WantedModules {
        run: true,
        ..WantedModules::default()
    };
    let (offers, problems) = publish(
        &project,
        &catalog,
        wanted,
        &mut GeneratedFolder::new(&project),
    )
    .unwrap();
    assert!(problems.is_empty(), "{problems:#?}");
    let folder = tempfile::tempdir().unwrap();
    let generated = folder.path().join("generated");
    std::os::unix::fs::symlink(project.chapters().join("generated"), generated).unwrap();
    std::fs::write(folder.path().join("index.html"), "<!DOCTYPE html>").unwrap();
    let site = Site::of(folder.path());
    page.open(&site.url);
    page.eval(&format!(
        "const {{ load, run, verdict }} = await import('/{}');
         async function attempt(id, file) {{
            const [lesson, stem] = id.split('/');
            const {{ module, recorded }} = await load(file);
            let printed = '';
            const end = await run(module, stem, text => {{ printed += text; }}, AbortSignal.timeout(20_000));
            return [verdict(recorded[stem], printed, lesson, end), recorded[stem].why];
         }}",
        offers.script
    ));
    let mut ran = 0;
    for (id, run) in &offers.zig {
        let RunButton::Module(module) = run else {
            continue;
        };
        ran += 1;
        let said = page.eval(&format!(
            "await attempt({}, {})",
            json!(id.to_string()),
            json!(module)
        ));
        let (verdict, why) = (said[0].as_str().unwrap(), &said[1]);
        let same = verdict.starts_with("The same as recorded");
        let explained = !why.is_null() && verdict.starts_with("Differs from what was recorded: ");
        assert!(same || explained, "{id}: {verdict}");
    }
    assert!(ran > 150, "{ran} programs");
}

/// A book with programs of every fate, rendered.
fn book() -> Book {
    let book = Book::new()
        .with_run_buttons()
        .zig("prints", "//@ run", "pub fn main() void {\n    std.debug.print(\"four\\n\", .{});\n}\n")
        .zig(
            "pointer",
            "//@ run\n//@ wasm: addresses are half as long here",
            "pub fn main() void {\n    std.debug.print(\"{d}\\n\", .{@sizeOf(usize)});\n}\n",
        )
        .zig("tall", "//@ run\n//@ wasm: addresses are half as long here", &tall())
        .zig(
            "panics",
            "//@ panic: index out of bounds",
            "pub fn main() void {\n    const row = [_]u8{ 1, 2 };\n    var at: usize = 2;\n    _ = &at;\n    \
             std.debug.print(\"{d}\\n\", .{row[at]});\n}\n",
        )
        .zig(
            "thread",
            "//@ run\n//@ wasm: a page has no threads",
            "pub fn main() !void {\n    const thread = try std.Thread.spawn(.{}, work, .{});\n    \
             thread.join();\n}\n\nfn work() void {\n    std.debug.print(\"worked\\n\", .{});\n}\n",
        )
        .zig(
            "slow",
            "//@ run",
            "pub fn main(init: std.process.Init) !void {\n    std.debug.print(\"before\\n\", .{});\n    \
             if (@import(\"builtin\").cpu.arch == .wasm32) {\n        \
             try init.io.sleep(.fromSeconds(3600), .awake);\n    }\n}\n",
        )
        .write(
            "listings/03_allocator/prints.rs",
            "//@ run\n\nfn main() {\n    println!(\"four\");\n}\n",
        )
        .write(
            "src/lesson.md",
            ["prints", "pointer", "panics", "thread", "slow", "tall"]
                .map(|stem| format!("{{{{#listing 03_allocator/{stem}}}}}\n\n"))
                .concat(),
        )
        .bless();
    book.xtask(&["build"]).succeeds();
    book
}

/// A newer tool keeps modules, which Zig alone decides about, and asks again what was left out of them.
#[test]
fn what_is_left_out_of_a_module_stays_out_when_that_is_asked_again() {
    let book = Book::new()
        .with_run_buttons()
        .zig(
            "prints",
            "//@ run",
            "pub fn main() void {\n    std.debug.print(\"four\\n\", .{});\n}\n",
        )
        .zig(
            "limit",
            "//@ run\n//@ wasm: a page has no limits of a process",
            "pub fn main() !void {\n    const limit = try std.posix.getrlimit(.STACK);\n    \
             std.debug.print(\"{}\\n\", .{limit.cur > 0});\n}\n",
        )
        .write(
            "src/lesson.md",
            "{{#listing 03_allocator/prints}}\n\n{{#listing 03_allocator/limit}}\n",
        )
        .bless();
    book.xtask(&["build"]).succeeds();
    let page = book.read("book/lesson.html");
    assert!(page.contains("data-why=\"a page has no limits of a process\""));
    let mut noted = 0;
    for entry in std::fs::read_dir(book.path("target/book/wasm")).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_some_and(|extension| extension == "left-out")
        {
            std::fs::remove_file(path).unwrap();
            noted += 1;
        }
    }
    assert!(noted > 0);
    book.xtask(&["build"]).succeeds();
    assert!(
        book.read("book/lesson.html")
            .contains("data-why=\"a page has no limits of a process\"")
    );
}

/// A program that is taller than a window, and prints more than half a page is wide, ending in what differs in a page.
fn tall() -> String {
    let mut text = String::from("pub fn main() void {\n");
    for number in 0..40 {
        text.push_str("    std.debug.print(\"");
        text.push_str(&"-".repeat(70 * usize::from(number == 0)));
        text.push_str(if number == 0 {
            " {d}\\n\", .{@sizeOf(usize)});\n"
        } else {
            "\", .{});\n"
        });
    }
    text + "}\n"
}

/// One figure of a page, as a reader sees it.
struct RunnableFigure<'a> {
    page: &'a mut Page,
    place: String,
}

impl RunnableFigure<'_> {
    fn of<'a>(page: &'a mut Page, stem: &str) -> RunnableFigure<'a> {
        let place = format!("[data-listing=\"03_allocator/{stem}\"].listing .listing-twin");
        RunnableFigure { page, place }
    }

    fn in_rust(mut self) -> Self {
        self.place.push_str("[data-language=rust]");
        self
    }

    #[track_caller]
    fn press_run(&mut self) {
        self.page.click(&format!("{} .run", self.place));
    }

    /// What stands below the program's output once it has ended.
    #[track_caller]
    fn note(&mut self) -> String {
        let note = format!(
            "document.querySelector({})?.textContent",
            json!(format!("{} .run-note", self.place))
        );
        let script =
            format!("const said = {note}; said && !/^(Running|Waiting)/.test(said) && said");
        self.page.until(&script).as_str().unwrap().to_string()
    }

    #[track_caller]
    fn printed(&mut self) -> String {
        let printed = json!(format!("{} .run-result samp", self.place));
        self.page
            .text(&format!("document.querySelector({printed}).textContent"))
    }
}

#[test]
fn a_reader_runs_programs_and_learns_whether_they_did_what_was_recorded() {
    let Some(mut page) = Page::start() else {
        return;
    };
    let book = book();
    let site = Site::of(&book.path("book"));
    page.open(&format!("{}lesson.html", site.url));
    assert_eq!(page.requests.iter().find(is_loaded_late), None);
    let mut press = |stem: &str| {
        let mut figure = RunnableFigure::of(&mut page, stem);
        figure.press_run();
        (figure.note(), figure.printed())
    };
    assert_eq!(
        press("prints"),
        ("The same as recorded.".into(), "four\n".into())
    );
    let (note, printed) = press("pointer");
    assert_eq!(
        note,
        "Differs from what was recorded: addresses are half as long here."
    );
    assert_eq!(printed, "4\n");
    let (note, printed) = press("panics");
    assert!(note.starts_with("The same as recorded, but"), "{note}");
    assert!(
        printed.contains("panic: index out of bounds: index 2, len 2"),
        "{printed}"
    );
    let (note, _) = press("thread");
    assert_eq!(note, "It cannot run in this page: a page has no threads.");
    page.is_sound(&site.url);
}

#[test]
fn both_outputs_are_seen_whole_below_a_listing_taller_than_the_window() {
    let Some(mut page) = Page::start() else {
        return;
    };
    let book = book();
    let site = Site::of(&book.path("book"));
    page.size(1280, 600);
    page.open(&format!("{}lesson.html", site.url));
    let mut figure = RunnableFigure::of(&mut page, "tall");
    // The button is at the top of the figure, what it prints below the window.
    figure.press_run();
    assert!(figure.note().starts_with("Differs from what was recorded"));
    let pair = json!(format!("{} .run-pair", figure.place));
    page.eval(&format!(
        "globalThis.pair = document.querySelector({pair}); null"
    ));
    page.until(
        "[...pair.querySelectorAll('pre, .run-note')].every(part => {
            const { top, bottom } = part.getBoundingClientRect();
            return top >= 0 && bottom <= innerHeight;
         })",
    );
    let cut = "[...pair.querySelectorAll('pre')].filter(block => block.scrollWidth > block.clientWidth).length";
    assert_eq!(page.eval("pair.querySelectorAll('pre').length"), 2);
    assert_eq!(
        page.eval(cut),
        0,
        "numbers at the end of a line are cut off"
    );
    page.is_sound(&site.url);
}

#[test]
fn a_program_that_does_not_end_is_stopped_and_one_that_prints_without_end_stops() {
    let Some(mut page) = Page::start() else {
        return;
    };
    let book = book();
    let flood = wat::parse_str(ENDLESS).unwrap();
    book.set("book/flood.wasm", flood);
    let site = Site::of(&book.path("book"));
    page.open(&format!("{}lesson.html", site.url));

    let mut figure = RunnableFigure::of(&mut page, "slow");
    figure.press_run();
    let button = json!(format!("{} .run", figure.place));
    figure.page.until(&format!(
        "document.querySelector({button}).textContent === 'Stop'"
    ));
    figure
        .page
        .until("document.querySelector('.run-result samp').textContent === 'before\\n'");
    figure.press_run();
    assert_eq!(figure.note(), "Stopped.");
    let again = format!(
        "const {{ textContent, ariaLabel }} = document.querySelector({button}); `${{textContent}}: ${{ariaLabel}}`"
    );
    assert_eq!(page.text(&again), "Run: Run slow");

    page.eval(
        "const { run } = await import(new URL(document.querySelector('.run').dataset.script, location));
         const module = await WebAssembly.compile(await (await fetch('/flood.wasm')).arrayBuffer());
         let count = 0;
         let end = await run(module, 'x', text => { count += text.length; });",
    );
    assert_eq!(page.text("end.trap"), "it printed too much");
    assert!(page.is("count > 100_000 && count <= 200_010"));
    page.is_sound(&site.url);
}

#[test]
fn a_rust_twin_runs_on_the_playground_when_asked_and_the_page_says_when_it_cannot() {
    let Some(mut page) = Page::start() else {
        return;
    };
    let book = book();
    let site = Site::of(&book.path("book"));
    page.open(&format!("{}lesson.html", site.url));
    // Nobody but this test answers for the Playground.
    page.eval(
        r#"const network = window.fetch;
        let asked = [];
        let answer = () => Promise.resolve(Response.json({
            success: true, stdout: 'four\n', stderr: '   Compiling playground v0.0.1 (/playground)\n',
        }));
        window.fetch = (url, options) => {
            if (new URL(url, location).origin === location.origin) return network(url, options);
            asked.push([`${url}`, options.body]);
            return answer();
        };
        document.querySelector('.listing [role=tab][data-language=rust]').click()"#,
    );
    assert!(page.is("asked.length === 0"));
    let mut figure = RunnableFigure::of(&mut page, "prints").in_rust();
    figure.press_run();
    assert_eq!(figure.note(), "The same as recorded.");
    assert_eq!(figure.printed(), "four\n");
    assert_eq!(
        page.text("asked[0][0]"),
        "https://play.rust-lang.org/execute"
    );
    assert!(page.is("JSON.parse(asked[0][1]).code.includes('println!')"));

    page.eval("answer = () => Promise.reject(new TypeError('Failed to fetch'))");
    let mut figure = RunnableFigure::of(&mut page, "prints").in_rust();
    figure.press_run();
    figure.page.until("asked.length === 2");
    let note = figure.note();
    assert!(note.contains("needs the network"), "{note}");
    assert_eq!(figure.printed(), "");
    page.is_sound(&site.url);
}

#[test]
fn a_reader_draws_a_digit_by_pointer_and_by_keyboard_and_watches_the_memory() {
    let Some(mut page) = Page::start() else {
        return;
    };
    let site = Site::of(whole_book());
    page.open(&format!("{}lessons/07_ml_patterns.html", site.url));
    assert_eq!(page.requests.iter().find(is_loaded_late), None);
    page.click("#draw-digit [data-script]");
    page.until("const part = name => document.querySelector(`[data-part=${name}]`); part('pad')");
    page.eval("part('pad').scrollIntoView({ block: 'center', behavior: 'instant' })");
    let text = |page: &mut Page, part: &str| page.text(&format!("part('{part}').textContent"));

    page.eval(
        "let seen = [];
         new MutationObserver(() => seen.push(part('scratch').textContent))
            .observe(part('scratch'), { childList: true, characterData: true, subtree: true })",
    );
    // A seven with a bar, on a paper of 32 by 32 dots.
    let seven: [&[(f64, f64)]; 2] = [
        &[(10.0, 7.0), (20.0, 7.0), (13.0, 26.0)],
        &[(10.0, 16.0), (19.0, 16.0)],
    ];
    for stroke in seven {
        let mut points = stroke.iter();
        page.mouse("mousePressed", &on_pad(points.next().unwrap()));
        for point in points {
            page.mouse("mouseMoved", &on_pad(point));
        }
        page.mouse("mouseReleased", &on_pad(stroke.last().unwrap()));
    }
    let read = text(&mut page, "answer");
    assert!(read.starts_with("The model reads a 7"), "{read}");
    let model = text(&mut page, "model");
    page.until("part('scratch').textContent === '0 of 420 bytes in use'");
    assert!(page.is("seen.includes('384 of 420 bytes in use')"));

    // A one: an upright line.
    page.eval("part('pad').focus()");
    page.press(&["Delete", " "]);
    page.press(&["ArrowDown"; 10]);
    page.press(&[" ", "Enter"]);
    let read = text(&mut page, "answer");
    assert!(read.starts_with("The model reads a 1"), "{read}");
    page.until("part('scratch').textContent === '0 of 420 bytes in use'");

    page.click("[data-part=forget]");
    page.eval("part('pad').focus()");
    page.press(&["Enter"; 5]);
    page.until("part('scratch').textContent.startsWith('1,920 of ')");
    assert_eq!(text(&mut page, "model"), model);
    page.is_sound(&site.url);
}

/// A place on the paper, in the words of the page.
fn on_pad((x, y): &(f64, f64)) -> String {
    format!(
        "const box = part('pad').getBoundingClientRect(); \
         [box.x + {x} / 32 * box.width, box.y + {y} / 32 * box.height]"
    )
}
