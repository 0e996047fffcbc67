//! What WCAG 2.2 asks of every page, in a real browser: what axe-core sees, and what it cannot: keys, zoom, spaced text,
//! large enough targets, forced colors, reduced motion. Where Chromium is not installed nothing of this is tested.

use std::sync::Mutex;

use crate::support;
use crate::support::chromium::open;
use crate::support::site::{pages, whole_book};
use crate::support::visit::{LESSON, SIDEWAYS, UNFOLD, note, nothing};
use book_support::project::Project;
use book_toolchain::axe;
use serde_json::json;

/// Text that is cut off below. Figures that are not laid out yet cut nothing, and the bar has the book's title on a
/// single line; memory diagrams say the same in words.
pub const CUT: &str = "
    [...document.querySelectorAll('body *')].filter(element => {
        if (element.matches('.listing-body, .hidden-label') || element.closest('.trace-memory, svg')) return false;
        if (!element.clientHeight || !element.checkVisibility({ visibilityProperty: true })) return false;
        return ['hidden', 'clip'].includes(getComputedStyle(element).overflowY)
            && element.scrollHeight > element.clientHeight + 4;
    }).map(element => `cut off at ${innerWidth}: ${element.outerHTML.slice(0, 120)}`)";

/// Targets under 24 by 24 pixels that have another one near. Links in a line of text may be as low as the line.
pub const SMALL: &str = "
    const targets = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
        .filter(element => element.checkVisibility({ visibilityProperty: true }))
        .map(element => [element, (element.labels?.[0] ?? element).getBoundingClientRect()])
        .filter(([, box]) => box.width);
    const isIn = element => getComputedStyle(element).display === 'inline'
        && element.parentElement.textContent.trim().length > element.textContent.trim().length;
    const touches = (x, y, box) =>
        Math.hypot(Math.max(box.left - x, x - box.right, 0), Math.max(box.top - y, y - box.bottom, 0)) < 12;
    targets.filter(([element, box]) => (box.width < 24 || box.height < 24) && !isIn(element)
        && targets.some(([other, place]) => other !== element && !other.contains(element)
            && touches(box.x + box.width / 2, box.y + box.height / 2, place)))
        .map(([element, box]) =>
            `a target of ${Math.round(box.width)} by ${Math.round(box.height)} at ${innerWidth}: ${element.outerHTML.slice(0, 120)}`)";

/// WCAG 1.4.12: what a reader may ask of the spacing of text.
const SPACE: &str = "
    const spaced = document.createElement('style');
    spaced.textContent = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
        p { margin-bottom: 2em !important }`;
    document.head.append(spaced);";

#[test]
fn every_page_may_be_zoomed_and_its_text_spaced() {
    let Some((mut page, site)) = open("index.html") else {
        return;
    };
    let mut found = Vec::new();
    for name in pages(whole_book()) {
        // A window of 1280 by 1024 pixels at 200 % and at 400 %.
        page.size(640, 512);
        page.open(&format!("{}{name}", site.url));
        page.eval(UNFOLD);
        let language = page.text("document.documentElement.lang");
        assert_eq!(language, "en", "{name} says its language");
        for script in [SIDEWAYS, SMALL] {
            note(&mut found, &name, &page.eval(script));
        }
        page.size(320, 256);
        for script in [SIDEWAYS, SMALL, CUT] {
            note(&mut found, &name, &page.eval(script));
        }
        page.eval(SPACE);
        for script in [SIDEWAYS, CUT] {
            note(&mut found, &name, &page.eval(script));
        }
        page.size(1280, 800);
        for script in [SIDEWAYS, SMALL, CUT] {
            note(&mut found, &name, &page.eval(script));
        }
    }
    nothing(&found);
}

#[test]
fn with_forced_colors_what_is_chosen_current_right_or_wrong_is_told_by_more_than_a_ground() {
    let Some((mut page, site)) = open(LESSON) else {
        return;
    };
    for scheme in ["light", "dark"] {
        page.media(&[
            ("forced-colors", "active"),
            ("prefers-color-scheme", scheme),
        ]);
        page.open(&format!("{}{LESSON}", site.url));
        let tab = "getComputedStyle(document.querySelector('.listing [role=tab][aria-selected=";
        for (other, chosen) in [("false", "true"), ("true", "false")] {
            assert!(page.is(&format!(
                "{tab}{chosen}]')).borderBottomColor !== {tab}{other}]')).borderBottomColor"
            )));
        }
        page.eval("document.querySelector('.turn').scrollIntoView()");
        page.until("parseFloat(getComputedStyle(document.querySelector('.current-header')).borderLeftWidth) >= 3");
        assert!(page.is(
            "getComputedStyle(document.querySelector('.bar'), '::after').backgroundColor
            !== getComputedStyle(document.querySelector('.bar')).borderBottomColor"
        ));
        // The line of a diagram that runs next has a sign of its own.
        assert!(page.is("!['none', 'normal'].includes(getComputedStyle(document.querySelector('.trace-file .next'), '::before').content)"));
        page.click(".quiz-question [type=radio]");
        page.click(".quiz-question [type=submit]");
        page.until("['✓', '✗'].some(sign => getComputedStyle(
            document.querySelector('.quiz-question :is(.quiz-right, .quiz-wrong) label'), '::after').content.includes(sign))");
        page.is_sound(&site.url);
    }
}

#[test]
fn nothing_moves_for_readers_who_want_less_motion() {
    let Some((mut page, site)) = open(LESSON) else {
        return;
    };
    const MOVING: &str = "[...document.querySelectorAll('*')].flatMap(element => ['', '::before', '::after'].flatMap(part => {
        const style = getComputedStyle(element, part || null);
        const moves = style.transitionDuration.split(', ').some(time => parseFloat(time) > 0) && style.transitionProperty !== 'none'
            || style.animationName !== 'none' || style.scrollBehavior === 'smooth';
        return moves ? [element.outerHTML.slice(0, 120) + part] : [];
    }))";
    assert_ne!(page.eval(MOVING), json!([]), "something moves otherwise");
    page.media(&[("prefers-reduced-motion", "reduce")]);
    for name in [LESSON, "index.html", "exercises/03_allocator.html"] {
        page.open(&format!("{}{name}", site.url));
        let mut found = Vec::new();
        note(&mut found, name, &page.eval(MOVING));
        nothing(&found);
    }
}

#[test]
fn the_keyboard_reaches_everything_in_order_and_one_sees_where_it_is() {
    let Some((mut page, site)) = open(LESSON) else {
        return;
    };
    page.press(&["Tab"]);
    assert_eq!(page.text("document.activeElement.className"), "skip");
    page.press(&["Enter"]);
    assert_eq!(page.text("document.activeElement.id"), "mdbook-content");

    let mut found = Vec::new();
    for name in [
        "index.html",
        LESSON,
        "exercises/03_allocator.html",
        "reference/concepts.html",
    ] {
        page.open(&format!("{}{name}", site.url));
        let all = page.eval(
            "let last = null;
             let visited = new Set();
             // Of what has the focus, at least one corner or the middle is on top.
             let covered = element => {
                const box = element.getBoundingClientRect();
                const [left, right] = [Math.max(box.left, 0) + 2, Math.min(box.right, innerWidth) - 2];
                const [top, bottom] = [Math.max(box.top, 0) + 2, Math.min(box.bottom, innerHeight) - 2];
                return ![[left, top], [right, top], [left, bottom], [right, bottom], [(left + right) / 2, (top + bottom) / 2]]
                    .some(([x, y]) => {
                        const seen = document.elementFromPoint(x, y);
                        return seen && (element.contains(seen) || seen.closest('label')?.control === element);
                    });
             };
             [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
                .filter(element => element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true })
                    && !(element.type === 'radio' && element.name)).length",
        );
        let all = all.as_u64().expect("a number") as usize;
        assert!(all > 20, "{name} has {all} things to reach");
        for _ in 0..all * 2 {
            page.press(&["Tab"]);
            let problem = page.eval(
                "(() => {
                    const now = document.activeElement;
                    if (now === document.body || visited.has(now)) return true;
                    visited.add(now);
                    const style = getComputedStyle(now);
                    const box = now.getBoundingClientRect();
                    const name = now.outerHTML.slice(0, 120);
                    const before = last;
                    last = now;
                    if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) return `no focus is seen on ${name}`;
                    if (box.bottom < 0 || box.top > innerHeight || box.right < 0) return `out of sight: ${name}`;
                    if (covered(now)) return `behind something else: ${name}`;
                    if (before && !(before.compareDocumentPosition(now) & 4)) return `out of order: ${name}`;
                    return '';
                })()",
            );
            if problem == true {
                break;
            }
            found.extend(
                problem
                    .as_str()
                    .filter(|text| !text.is_empty())
                    .map(|text| format!("{name}: {text}")),
            );
        }
        let missed = page.eval(
            "[...document.querySelectorAll('a[href], button, input, summary, [tabindex]')]
                .filter(element => element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true })
                    && !visited.has(element) && !(element.type === 'radio')
                    && getComputedStyle(element).visibility === 'visible')
                .map(element => element.outerHTML.slice(0, 120))",
        );
        found.extend(
            missed
                .as_array()
                .into_iter()
                .flatten()
                .map(|element| format!("{name}: never reached: {element}")),
        );
        // Upwards, where the bar that stays at the top could hide what has the focus.
        page.eval("document.querySelector('.turn a:last-child').focus()");
        for _ in 0..40 {
            page.press(&["Shift+Tab"]);
            if page
                .is("document.activeElement !== document.body && covered(document.activeElement)")
            {
                found.push(format!(
                    "{name}: behind something else on the way up: {}",
                    page.text("document.activeElement.outerHTML.slice(0, 120)")
                ));
            }
        }
    }
    nothing(&found);
}

/// Of a listing's lines, axe looks at those that show a color for the first time: to look at every word of every
/// program takes it minutes.
const ONCE: &str = "
    const seen = new Set();
    for (const line of document.querySelectorAll('.line')) {
        const place = line.closest('.quiz, .fold, .trace, .listing')?.className;
        const colors = [place, ...[...line.querySelectorAll('*')].map(element => place + element.className)];
        if (colors.every(color => seen.has(color))) line.dataset.seen = '';
        colors.forEach(color => seen.add(color));
    }";

/// Text of the same look on the same grounds is as readable on every page and in either theme: of each kind axe looks at
/// one. The kinds that were seen before come as `known`; the value is those that are new, and `fresh` the first of each.
const KINDS: &str = "
    let fresh = [];
    const kinds = known => {
        const all = new Set(known);
        const keys = ['color', 'fontSize', 'fontWeight', 'textDecorationLine', 'opacity', 'textShadow'];
        // The grounds of what is in an element.
        const found = new Map([[null, []]]);
        const grounds = element => {
            if (!found.has(element)) {
                const { backgroundColor, backgroundImage, opacity, position } = getComputedStyle(element);
                const own = [backgroundColor, backgroundImage, opacity, position];
                found.set(element, [...new Set([...own, ...grounds(element.parentElement)])]);
            }
            return found.get(element);
        };
        const texts = [...document.querySelectorAll('body *')].filter(element =>
            [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())
            && element.checkVisibility({ visibilityProperty: true }));
        fresh = texts.filter(element => {
            const style = getComputedStyle(element);
            const kind = keys.map(key => style[key]).concat(element.localName, grounds(element)).join();
            return !all.has(kind) && all.add(kind);
        });
        return [...all].slice(known.length);
    };";

/// What axe-core finds; and apart from each other contrast, which takes it four times as long as the rest, and the rest.
pub const AXE: &str = "await violations({ exclude: ['[data-seen]'] })";
const AXE_REST: &str = "await violations({ exclude: ['[data-seen]'] },
    { rules: { 'color-contrast': { enabled: false } } })";
const AXE_COLORS: &str =
    "await violations({ include: fresh }, { runOnly: { type: 'rule', values: colors } })";

/// Declares it.
const VIOLATIONS: &str = "
    const colors = ['color-contrast', 'link-in-text-block'];
    const violations = async (where, rules) => {
        const found = await axe.run(where, { resultTypes: ['violations'], ...rules });
        return found.violations.flatMap(rule => rule.nodes.slice(0, 5).map(node =>
            `${rule.id}: ${rule.help}: ${node.html.slice(0, 160)} ${node.any.concat(node.all).map(check =>
                check.message).join('; ')}`));
    };";

/// Its script, and what [`AXE`] calls.
pub fn axe() -> String {
    let project = Project::find(&support::repository()).expect("this repository");
    let axe = axe::find_or_install(&project).expect("axe-core");
    std::fs::read_to_string(axe).expect("its script") + VIOLATIONS
}

#[test]
fn axe_finds_nothing_on_any_page_in_either_theme() {
    if book_toolchain::browser::CHROMIUM.find().is_none() {
        return;
    }
    let axe = axe();
    let pages = pages(whole_book());
    let known = Mutex::new(Vec::new());
    // Axe keeps a processor busy; two browsers share the pages.
    let look = |half: usize| {
        let (mut page, site) = open("index.html").expect("a browser");
        let mut found = Vec::new();
        for name in pages.iter().skip(half).step_by(2) {
            page.open(&format!("{}{name}", site.url));
            page.eval(UNFOLD);
            page.eval(ONCE);
            page.eval(&axe);
            page.eval(KINDS);
            page.until("!document.documentElement.classList.contains('js') || 'reached' in document.documentElement.dataset");
            // Themes differ in their colors alone.
            for theme in ["light", "dark"] {
                page.media(&[("prefers-color-scheme", theme)]);
                let place = format!("{name}: {theme}");
                if theme == "light" {
                    note(&mut found, &place, &page.eval(AXE_REST));
                }
                let before = json!(*known.lock().expect("the kinds"));
                let kinds = page.eval(&format!("kinds({before})"));
                let kinds = kinds.as_array().expect("a list");
                if !kinds.is_empty() {
                    note(&mut found, &place, &page.eval(AXE_COLORS));
                    known.lock().expect("the kinds").extend_from_slice(kinds);
                }
            }
        }
        found
    };
    let found = std::thread::scope(|scope| {
        let other = scope.spawn(|| look(1));
        [look(0), other.join().expect("the other half")].concat()
    });
    nothing(&found);
}
