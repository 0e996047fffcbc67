//! The allocator laboratory: the same answers from the machine, from the interpreter and in a browser, what a reader does
//! there, and what stands in the page without a script.

use std::path::Path;

use book_site::generated::GeneratedFolder;
use book_site::wasm::laboratory::{
    Allocator, CallReport, DATA, Mission, Play, SOURCES, module, replay,
};
use book_site::wasm::publish::{WantedModules, publish};
use book_support::process::Spec;
use book_support::project::Project;
use book_toolchain::zig;
use serde_json::json;

use crate::accessible::{AXE, axe};
use crate::support::Book;
use crate::support::chromium::Page;
use crate::support::firefox;
use crate::support::page::{self, Browser};
use crate::support::site::{Site, whole_book};

/// What depends on how long a pointer is, where an allocator keeps notes in the memory that it hands out.
const OF_THE_POINTER: [&str; 4] = ["used", "held_bytes", "lost", "padding"];

fn project() -> Project {
    Project::find(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// All missions and plays: id, allocator, calls.
fn all() -> Vec<(&'static str, Allocator, Vec<String>)> {
    let missions = DATA.missions.iter();
    let missions = missions.map(|it: &Mission| (it.id.as_str(), it.allocator, it.calls()));
    let plays = DATA.plays.iter();
    let plays = plays.map(|it: &Play| (it.id.as_str(), it.allocator, it.calls()));
    missions.chain(plays).collect()
}

/// What of a report must be the same on every machine.
fn comparable(report: &CallReport, allocator: Allocator) -> CallReport {
    let mut same = report.clone();
    if matches!(allocator, Allocator::Arena | Allocator::Safe) {
        same.map.clear();
        same.child.clear();
        if same.kind == "block" {
            same.answer.clear();
        }
        for fact in OF_THE_POINTER {
            same.facts.remove(fact).expect("a fact");
        }
    }
    same
}

#[test]
fn the_machine_answers_as_the_module_does_call_by_call() {
    let project = project();
    let module = module(&project).unwrap();
    let zig = zig::find_or_install(&project).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in SOURCES {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let cache = book_support::bounded::zig_cache(&project.work());
    let built = Spec::new(&zig.path)
        .args(["build-exe", "native.zig", "-O", "safe", "-fstrip"])
        .arg("--cache-dir")
        .arg(&cache)
        .arg("--global-cache-dir")
        .arg(&cache)
        .folder(folder.path())
        .run()
        .unwrap();
    assert!(built.success(), "{}", built.text());
    for (id, allocator, calls) in all() {
        let script = folder.path().join("script");
        std::fs::write(&script, calls.join("\n")).unwrap();
        let ran = Spec::new(folder.path().join("native"))
            .arg(&script)
            .run()
            .unwrap();
        assert!(ran.success(), "{id}: {}", ran.text());
        let native: Vec<CallReport> = ran
            .text()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{id}: {line}")))
            .collect();
        let played = replay(&module, &calls).unwrap();
        assert_eq!(native.len(), played.len(), "{id}");
        for (here, there) in native.iter().zip(&played) {
            let (here, there) = (comparable(here, allocator), comparable(there, allocator));
            assert_eq!(here, there, "{id}");
        }
    }
}

/// A page that has loaded the laboratory's script as `lab`, and its site.
fn bare(page: &mut Page) -> (Site, tempfile::TempDir) {
    let project = project();
    // Its rendering makes the same files: it comes first, so that neither clears away what the other needs.
    whole_book();
    let wanted = WantedModules {
        laboratory: true,
        ..WantedModules::default()
    };
    let (catalog, _) = book_listing::discover::load(&project).unwrap();
    let (offers, _) = publish(
        &project,
        &catalog,
        wanted,
        &mut GeneratedFolder::new(&project),
    )
    .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let generated = folder.path().join("generated");
    std::os::unix::fs::symlink(project.chapters().join("generated"), generated).unwrap();
    std::fs::write(
        folder.path().join("index.html"),
        "<!DOCTYPE html><html data-root=\"./\"></html>",
    )
    .unwrap();
    let site = Site::of(folder.path());
    page.open(&site.url);
    let script = offers.laboratory.unwrap().late.script;
    page.eval(&format!("globalThis.lab = await import('/{script}'); null"));
    (site, folder)
}

#[test]
fn a_browser_answers_as_the_interpreter_does_call_by_call() {
    let Some(mut page) = Page::start() else {
        return;
    };
    let (_site, _folder) = bare(&mut page);
    let module = module(&project()).unwrap();
    for (id, _, calls) in all() {
        let told = page.eval(&format!("await lab.replay({})", json!(calls)));
        let told: Vec<CallReport> = serde_json::from_value(told).unwrap();
        assert_eq!(told, replay(&module, &calls).unwrap(), "{id}");
    }
    for mission in &DATA.missions {
        let reached = page.eval(&format!(
            "(await lab.replay({})).map(report => lab.isReached({}, report.facts))",
            json!(mission.calls()),
            json!(mission.reach)
        ));
        let mut expected = vec![false; mission.calls().len() - 1];
        expected.push(true);
        assert_eq!(reached, json!(expected), "{}", mission.id);
    }
}

#[test]
fn what_does_not_come_to_an_end_is_stopped_and_the_next_call_has_a_new_worker() {
    let Some(mut page) = Page::start() else {
        return;
    };
    let (_site, _folder) = bare(&mut page);
    let said = page.text(
        "const [Real, later] = [Worker, setTimeout];
         globalThis.ended = 0;
         globalThis.setTimeout = work => later(work, 0);
         globalThis.Worker = class { postMessage() {} terminate() { ended += 1; } };
         const said = await lab.replay(['make 0 32']).catch(error => error.message);
         [globalThis.Worker, globalThis.setTimeout] = [Real, later];
         said",
    );
    assert_eq!(said, "it did not come to an end, and was stopped");
    assert!(page.is("ended === 1"));
    assert!(page.is("(await lab.replay(['make 0 32'])).length === 1"));
}

/// Presses the button with this name in the laboratory, by keyboard, and waits for what is said.
fn press<B: Browser>(page: &mut page::Page<B>, name: &str, said: &str) {
    page.eval(&format!(
        "[...document.querySelectorAll('.alloc-body button')].find(button => button.textContent === '{name}').focus()"
    ));
    page.press(&["Enter"]);
    page.until(&format!(
        "document.querySelector('.alloc-answer').textContent.includes({})",
        json!(said)
    ));
}

#[test]
fn in_firefox_calls_are_made_caught_and_taken_back() {
    let Some(mut page) = firefox::Page::start() else {
        return;
    };
    let site = Site::of(whole_book());
    page.open(&format!("{}laboratory.html", site.url));
    page.click("#laboratory [data-script]");
    page.until("document.querySelector('.alloc-body .alloc-map')");
    page.eval(
        "const choice = document.querySelector('.alloc-top select');
         choice.value = 'caught';
         choice.dispatchEvent(new Event('change')); null",
    );
    page.until("document.querySelector('.alloc-answer').textContent.includes('a safe allocator')");
    press(&mut page, "alloc", "block a: bytes 16 to 23 of the bucket");
    press(&mut page, "free", "free(a): nothing came back");
    press(&mut page, "free", "panic: double free of [addr: …, len: 8");
    page.until("document.querySelector('.alloc-goal').textContent.endsWith('Reached.')");
    press(&mut page, "Undo", "free(a): nothing came back");
    press(&mut page, "Start again", "make: a safe allocator");
    page.is_sound(&site.url);
}

#[test]
fn a_reader_reaches_a_mission_by_keyboard_and_takes_calls_back() {
    let Some(mut page) = Page::start() else {
        return;
    };
    let site = Site::of(whole_book());
    page.open(&format!("{}laboratory.html", site.url));
    assert!(!page.requests.iter().any(|url| url.contains("laboratory-")));
    page.click("#laboratory [data-script]");
    page.until("document.querySelector('.alloc-body .alloc-map')");
    page.eval(
        "const choice = document.querySelector('.alloc-top select');
         choice.value = 'caught';
         choice.dispatchEvent(new Event('change'))",
    );
    page.until("document.querySelector('.alloc-answer').textContent.includes('a safe allocator')");
    let goal = "document.querySelector('.alloc-goal')";
    assert!(page.is(&format!("!{goal}.classList.contains('reached')")));
    press(&mut page, "alloc", "block a: bytes 16 to 23 of the bucket");
    press(&mut page, "free", "free(a): nothing came back");
    press(&mut page, "free", "panic: double free of [addr: …, len: 8");
    page.until(&format!("{goal}.textContent.endsWith('Reached.')"));
    // Nothing can be called any more, but all of it can be taken back.
    assert!(page.is("[...document.querySelectorAll('.alloc-body button')].find(button => button.textContent === 'alloc').disabled"));
    press(&mut page, "Undo", "free(a): nothing came back");
    press(&mut page, "alloc", "block b: bytes 32 to 39");
    assert!(page.is("document.querySelectorAll('.alloc-log li').length === 4"));
    assert!(
        page.is(
            "document.querySelector('.alloc-body .alloc-lost').textContent.includes('8 bytes')"
        )
    );
    press(&mut page, "Start again", "make: a safe allocator");
    assert!(page.is("document.querySelectorAll('.alloc-log li').length === 1"));

    // What was reached is known when the reader comes back; what was shown is not reached.
    page.eval(
        "const list = document.querySelector('.alloc-top select');
         list.value = 'all-back';
         list.dispatchEvent(new Event('change'))",
    );
    page.until("document.querySelector('.alloc-answer').textContent.includes('a fixed buffer')");
    press(&mut page, "Show one way", "free(a): 16 bytes came back");
    page.open(&format!("{}laboratory.html", site.url));
    page.click("#laboratory [data-script]");
    page.until("document.querySelector('.alloc-body .alloc-map')");
    let ticked = "[...document.querySelectorAll('.alloc-top option')].filter(option => option.textContent.startsWith('✓')).map(option => option.value).join()";
    assert_eq!(page.text(ticked), "caught");
    page.is_sound(&site.url);
}

#[test]
fn an_open_laboratory_is_for_everybody_at_every_width_and_in_both_themes() {
    let Some(mut page) = Page::start() else {
        return;
    };
    let site = Site::of(whole_book());
    page.open(&format!("{}laboratory.html", site.url));
    page.click("#laboratory [data-script]");
    page.until("document.querySelector('.alloc-body .alloc-map')");
    page.eval(&axe());
    for (mission, said) in [("two-leaks", "2 leaks"), ("same-bytes", "block c")] {
        page.eval(&format!(
            "const list = document.querySelector('.alloc-top select');
             list.value = '{mission}';
             list.dispatchEvent(new Event('change'))"
        ));
        page.until("document.querySelector('.alloc-answer').textContent.startsWith('make')");
        press(&mut page, "Show one way", said);
        if mission == "two-leaks" {
            press(&mut page, "Undo", "free(a): nothing came back");
        }
        for theme in ["light", "dark"] {
            page.media(&[("prefers-color-scheme", theme)]);
            let found = page.eval(AXE);
            assert_eq!(found, json!([]), "{mission}, {theme}");
        }
        for width in [1366, 390, 320] {
            page.size(width, 800);
            let wide = "[...document.querySelectorAll('#laboratory *')].filter(element => {
                const box = element.getBoundingClientRect();
                return box.right > innerWidth || (element.matches('button') && box.width && box.height < 24);
            }).map(element => element.outerHTML.slice(0, 80))";
            assert_eq!(page.eval(wide), json!([]), "{mission}, {width}");
        }
    }
}

#[test]
fn a_lesson_offers_its_mission_and_loads_nothing_before_it_is_wanted() {
    let Some(mut page) = Page::start() else {
        return;
    };
    let site = Site::of(whole_book());
    for (lesson, mission) in [("05_arena", "three-asks"), ("06_fixed_buffer", "all-back")] {
        let path = format!("lessons/{lesson}.html");
        let html = std::fs::read_to_string(whole_book().join(&path)).unwrap();
        let (_, figure) = html
            .split_once(&format!("id=\"laboratory-{mission}\""))
            .unwrap();
        let (figure, _) = figure.split_once("</figure>").unwrap();
        assert!(figure.len() < 1000, "{} bytes", figure.len());
        page.open(&format!("{}{path}", site.url));
        page.click(&format!("#laboratory-{mission} [data-script]"));
        page.until("document.querySelector('.alloc-body .alloc-goal')");
        assert!(page.is("!document.querySelector('.alloc-body').textContent.includes('Mission')"));
        page.is_sound(&site.url);
    }
}

#[test]
fn without_a_script_the_plays_stand_there_and_what_is_not_there_is_refused() {
    let text = "# A lesson\n\n{{#listing 03_allocator/empty}}\n\n{{#laboratory}}\n\n{{#laboratory play=caught-twice}}\n\n{{#laboratory mission=padding}}\n";
    let book = Book::new()
        .zig("empty", "//@ run", "pub fn main() void {}\n")
        .write(
            "src/SUMMARY.md",
            "# Summary\n\n- [A lesson](lesson.md)\n- [The laboratory](laboratory.md)\n",
        )
        .write("src/laboratory.md", "# The laboratory\n")
        .write("src/lesson.md", text)
        .bless();
    book.xtask(&["build"]).succeeds();
    let page = book.read("book/lesson.html");
    assert!(page.contains("The laboratory needs JavaScript."), "{page}");
    assert!(page.contains(
        "<code>free(a)</code> panic: double free of [addr: …, len: 100 (0x64) align: 1]"
    ));
    assert!(page.contains("<b>bookkeeping</b> 8 bytes"));
    assert_eq!(page.matches("<style>").count(), 1);
    assert!(page.contains("Seven bytes for nobody.</b> Have two blocks"));

    let wrong = "# A lesson\n\n{{#listing 03_allocator/empty}}\n\n{{#laboratory mission=pading}}\n\n{{#laboratory play=x}}\n\n{{#laboratory padding}}\n";
    book.set("src/lesson.md", wrong);
    book.xtask(&["build"])
        .found_wrong()
        .says("src/lesson.md:5: there is no mission `pading` in the laboratory")
        .says("missions.toml` has: all-back, ")
        .says("src/lesson.md:7: there is no play `x` in the laboratory")
        .says("src/lesson.md:9: `{{#laboratory padding}}` is not understood");
}
