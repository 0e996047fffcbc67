//! How quickly a page answers. What is measured depends on the machine, so this is not a test: `cargo xtask bench` runs it,
//! and holds what it prints against the budgets.

use crate::support::chromium::{Page, open};
use crate::support::visit::LESSON;
use serde_json::json;

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
fn tell(name: &str, milliseconds: &serde_json::Value) {
    let milliseconds = milliseconds
        .as_f64()
        .unwrap_or_else(|| panic!("no number but {milliseconds}: {name}"))
        .round();
    println!("measured: {name}\t{milliseconds}");
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
