//! How quickly a page answers. What is measured depends on the machine, so this is not a test: `cargo xtask bench` runs it,
//! and holds what it prints against the budgets.

use crate::support::chromium::{Page, open};
use crate::support::site::{Site, whole_book};
use crate::support::visit::LESSON;
use book_support::process::Spec;
use book_toolchain::browser::CHROMIUM;
use serde_json::{Value, json};

/// Notes tasks that block the page, and how long it takes from an input to the next picture, in milliseconds.
const OBSERVE: &str = "
    globalThis.print = () => {};
    globalThis.tasks = [0];
    globalThis.answers = [0];
    new PerformanceObserver(list => tasks.push(...list.getEntries().map(entry => entry.duration)))
        .observe({ type: 'longtask', buffered: true });
    for (const kind of ['click', 'keydown', 'input']) addEventListener(kind, ({ timeStamp }) =>
        requestAnimationFrame(() => setTimeout(() => answers.push(performance.now() - timeStamp))), true);";

/// Prints what `cargo xtask bench` reads.
fn tell(name: &str, number: &Value) {
    let number = number
        .as_f64()
        .unwrap_or_else(|| panic!("no number but {number}: {name}"))
        .round();
    println!("measured: {name}\t{number}");
}

/// Does something, and tells the longest that the page took to show an answer.
fn measure(page: &mut Page, name: &str, act: impl FnOnce(&mut Page)) {
    page.eval("answers.length = tasks.length = 1");
    act(page);
    // Until the page has nothing to do: what it shows then is the answer.
    page.eval("await new Promise(done => requestIdleCallback(() => requestAnimationFrame(() => setTimeout(done, 100))))");
    let longest = page.eval("Math.max(...answers, ...tasks)");
    tell(name, &longest);
}

/// Clicks the first of these that is shown, and tells how long that takes.
fn click_shown(page: &mut Page, name: &str, selector: &str) {
    page.eval(&format!(
        "[...document.querySelectorAll({selector:?})].find(one => one.checkVisibility()).classList.add('measured')"
    ));
    measure(page, name, |page| page.click(".measured"));
    page.eval("document.querySelector('.measured').classList.remove('measured')");
}

#[test]
#[ignore = "a measurement: `cargo xtask bench` runs it"]
fn a_page_at_a_quarter_of_the_speed() {
    let Some((mut page, site)) = open(LESSON) else {
        return;
    };
    page.call(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({ "source": OBSERVE }),
    );
    page.call("Emulation.setCPUThrottlingRate", json!({ "rate": 4 }));
    page.open(&format!("{}lessons/06_fixed_buffer.html", site.url));
    page.until_whole();
    // What predictions fold is shown, and figures are turned from their code to their memory.
    page.eval(
        "['.predict button', '[data-view=memory]'].forEach(each =>
            document.querySelectorAll(each).forEach(button => button.click()))",
    );
    click_shown(
        &mut page,
        "a step of a diagram",
        ".trace-bar [data-act=forward]",
    );
    click_shown(&mut page, "a tab", "[role=tab][data-language=python]");
    click_shown(&mut page, "an answer", ".quiz-options input");
    measure(&mut page, "keys of a search", |page| {
        page.press(&["Control+k"]);
        page.until("document.activeElement?.id === 'search-field'");
        page.press(&["a", "r", "e", "n", "a"]);
        page.until("document.querySelector('.search-found a')");
    });
    page.open(&format!("{}print.html", site.url));
    page.until_whole();
    let longest =
        page.eval("await new Promise(done => setTimeout(() => done(Math.max(...tasks)), 3000))");
    tell("print", &longest);
}

/// A page of each kind.
const KINDS: [&str; 8] = [
    "index.html",
    "lessons/01_stack_heap.html",
    "lessons/07_ml_patterns.html",
    "exercises/05_arena.html",
    "deeper/07_ml_patterns.html",
    "final_quiz.html",
    "laboratory.html",
    "reference/messages.html",
];

#[test]
#[ignore = "a measurement: `cargo xtask bench` runs it"]
fn what_lighthouse_thinks_of_each_kind_of_page() {
    let (Some(chromium), Some(lighthouse)) = (CHROMIUM.find(), std::env::var_os("LIGHTHOUSE"))
    else {
        return;
    };
    let site = Site::compressed(whole_book());
    let score = |page: &str| -> f64 {
        let done = Spec::new("node")
            .arg(&lighthouse)
            .arg(format!("{}{page}", site.url))
            .args(["--output=json", "--quiet"])
            .arg("--chrome-flags=--headless --no-sandbox --disable-gpu")
            .env("CHROME_PATH", &chromium)
            .output_limit(64 << 20)
            .run_split()
            .expect("Lighthouse runs");
        assert!(done.success(), "{page}: {}", done.text());
        let report: Value = serde_json::from_slice(&done.stdout).expect("a report");
        let categories = report["categories"].as_object().expect("categories");
        assert_eq!(categories.len(), 4, "{:?}", categories.keys());
        let scores = categories.values();
        scores
            .map(|category| category["score"].as_f64().expect("a score") * 100.0)
            .fold(100.0, f64::min)
    };
    for page in KINDS {
        let mut best: f64 = 0.0;
        for _ in 0..3 {
            best = best.max(score(page));
            if best == 100.0 {
                break;
            }
        }
        tell(page, &json!(best));
    }
}
