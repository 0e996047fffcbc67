//! Quizzes and progress in a real browser: a small book's questions, answered by a script. Each script in
//! `quiz_page/` runs on a page of its own, in one browser's storage, and says what it saw. Then the quizzes of the
//! book itself: by keys, by ear, without a script, on paper.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::support::chromium::Page;
use crate::support::site::{Site, whole_book};
use book_listing::discover;
use book_quiz::{self as quiz, QuizPart, pool, render};
use book_support::modules::{self, ScriptForm};
use book_support::project::Project;
use serde_json::json;

const QUIZ: &str = r#"
title = "Sizes"

[[question]]
id = "prints"
kind = "predict"
listing = "01_first/sizes"
twins = ["rs"]
about = "output"
output_line = 1
prompt = "What is printed?"
options = [ { answer = "1", why = "why 1" }, { answer = "2", why = "why 2" } ]

[[question]]
id = "which"
kind = "choice"
prompt = "Which?"
options = [
  { text = "a", right = true, why = "why a" },
  { text = "b", why = "why b" },
  { text = "c", right = true, why = "why c" },
]

[[question]]
id = "types"
kind = "short"
prompt = "What?"
accept = ["SafeAllocator"]
near = [ { answer = "DebugAllocator", why = "old" } ]
why = "new"

[[question]]
id = "deep"
kind = "short"
part = "deeper"
prompt = "And deeper?"
accept = ["yes"]
why = "w"
"#;

const SECOND: &str = r#"
title = "More"

[[question]]
id = "more"
kind = "short"
prompt = "More?"
accept = ["yes"]
why = "w"
"#;

/// Runs `script` on a page that holds `body`, and asserts that it saw nothing wrong.
#[track_caller]
fn visit(browser: &mut Page, site: &Site, folder: &Path, page: &str, body: &str, script: &str) {
    let read = |path: &str| {
        let path = crate::support::repository().join(path);
        fs::read_to_string(path).expect("a file of the repository")
    };
    let test = format!(
        "import './progress-view.js';\nimport './quiz.js';\nimport {{ due as isDue, state, update }} from './progress.js';\n{}{}",
        read("xtask/tests/suite/quiz_page/expect.js"),
        read(&format!("xtask/tests/suite/quiz_page/{script}")),
    );
    let scripts = modules::join("test.js", ScriptForm::Script, &|name| {
        Ok(match name {
            "test.js" => test.clone(),
            name => read(&format!("theme/js/{name}")),
        })
    });
    let up = "../".repeat(page.matches('/').count());
    let contents: String = [
        "lessons/01_first",
        "lessons/02_second",
        "lessons/03_third",
        "lessons/04_fourth",
        "exercises/01_first",
    ]
    .iter()
    .map(|page| format!("<a href=\"{up}{page}.html\">{page}</a>"))
    .collect();
    let html = format!(
        "<!doctype html><html class=js data-root='{up}'><meta charset=utf-8>\
         <nav id=mdbook-sidebar>{contents}</nav><main>{body}</main><script>{}</script>",
        scripts.expect("the modules can be joined"),
    );
    let path = folder.join(page).with_extension("html");
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(&path, html).expect("the page is written");
    browser.open(&format!("{}{page}.html", site.url));
    let result = browser.until("document.getElementById('result')?.textContent");
    assert_eq!(result, "well", "{page}, {script}");
}

#[test]
fn answers_are_judged_kept_reviewed_and_carried() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in [
        ("book.toml", ""),
        ("listings/01_first/quiz.toml", QUIZ),
        ("listings/02_second/quiz.toml", SECOND),
        (
            "listings/01_first/sizes.zig",
            "//@ run\n//@ title: Sizes\nconst a = 1;\n",
        ),
        ("listings/01_first/sizes.zig.out", "2\n"),
        ("listings/01_first/sizes.rs", "//@ run\nconst A: u8 = 1;\n"),
        ("listings/01_first/sizes.rs.out", "2\n"),
    ] {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("the book is written");
    }
    let project = Project::find(folder.path()).expect("a book");
    let (catalog, problems) = discover::load(&project).expect("the listings are read");
    assert_eq!(problems, []);
    let (quizzes, problems) = quiz::load_all(&project, &catalog).expect("the quizzes are read");
    assert_eq!(problems, []);
    let first = Path::new("lessons/01_first.md");
    let page = render::QuizPage {
        catalog: &catalog,
        here: first,
        home: &|_, _| Some(first),
        code: &|listing, _, _| format!("<pre>{}</pre>", listing.source),
        output: &|listing| format!("<samp>{}</samp>", listing.recorded.as_deref().unwrap_or("")),
    };
    let Some(mut browser) = Page::start() else {
        return;
    };
    let site = Site::of(folder.path());
    let mut visit = |page: &str, body: &str, script: &str| {
        visit(&mut browser, &site, folder.path(), page, body, script);
    };

    let lesson = render::lesson(&quizzes["01_first"], QuizPart::Core, &page);
    assert!(!lesson.contains('\n'), "the quiz is one line: {lesson}");
    visit("lessons/01_first", &lesson, "lesson.js");
    let review = pool::review(&quizzes, &page);
    let last = pool::last(&quizzes, &page);
    for shown in [&lesson, &review, &last] {
        assert!(
            shown.contains("const a = 1;") && shown.contains("const A: u8 = 1;"),
            "a question shows the twins that it asks of: {shown}"
        );
    }
    visit("review", &review, "not_due.js");
    // A second page of the lesson is no further lesson.
    let deeper = render::lesson(&quizzes["01_first"], QuizPart::Deeper, &page);
    visit("deeper/01_first", &deeper, "deeper.js");
    visit("review", &review, "not_due.js");
    let second = render::lesson(&quizzes["02_second"], QuizPart::Core, &page);
    visit("lessons/02_second", &second, "next_lesson.js");
    visit("review", &review, "due.js");
    visit("review", &review, "later.js");
    visit("final", &last, "final.js");
    visit("index", "<div data-progress></div>", "progress.js");
}

const LESSON: &str = "lessons/03_allocator.html";

#[test]
fn the_script_of_quizzes_is_small() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for name in ["quiz.js", "quiz-question.js", "quiz-sets.js"] {
        let path = crate::support::repository().join("theme/js").join(name);
        let script = fs::read(path).expect("the script");
        packed.write_all(&script).expect("a vector takes all");
    }
    let size = packed.finish().expect("a vector takes all").len();
    assert!(size <= 5_000, "{size} bytes");
}

#[test]
fn a_quiz_is_answered_by_keys_alone_and_heard() {
    let Some(mut page) = Page::start() else {
        return;
    };
    let site = Site::of(whole_book());
    page.open(&format!("{}{LESSON}", site.url));
    page.eval("globalThis.form = document.querySelector('.quiz-question:has([type=radio])'); null");
    let right = page.eval(
        "[...form.querySelectorAll('.quiz-answer > ul > li')].findIndex(note => 'right' in note.dataset)",
    );
    let right = usize::try_from(right.as_u64().expect("one option is right")).expect("a few");
    let choose = |page: &mut Page, option: usize| {
        page.press(&[" "]);
        page.press(&vec!["ArrowDown"; option]);
        page.press(&["Enter"]);
    };
    const VERDICT: &str = "form.querySelector('[role=status]').textContent";

    page.eval("form.querySelector('[type=radio]').focus()");
    choose(&mut page, usize::from(right == 0));
    assert!(page.text(VERDICT).starts_with("Not right."));
    for _ in 0..3 {
        if !page.is("document.activeElement.textContent === 'Try again'") {
            page.press(&["Tab"]);
        }
    }
    page.press(&["Enter"]);
    assert!(page.is("document.activeElement === form.querySelector('[type=radio]')"));
    assert_eq!(page.text(VERDICT), "");
    choose(&mut page, right);
    assert!(page.text(VERDICT).starts_with("Right."));
    assert!(page.is("form.querySelector('.quiz-answer').open"));

    // What a screen reader says: the question names its options, and each has a name.
    let tree = page.call("Accessibility.getFullAXTree", json!({}));
    let names = |role: &str| -> Vec<String> {
        tree["nodes"]
            .as_array()
            .expect("a tree")
            .iter()
            .filter(|node| node["role"]["value"] == role)
            .map(|node| node["name"]["value"].as_str().unwrap_or("").to_string())
            .collect()
    };
    let prompt = page.text("form.querySelector('legend').textContent.trim().slice(0, 20)");
    let groups = names("group");
    assert!(
        groups.iter().any(|name| name.starts_with(&prompt)),
        "{prompt}: {groups:?}"
    );
    for role in ["radio", "checkbox", "textbox"] {
        let names = names(role);
        assert!(
            names.iter().all(|name| !name.is_empty()),
            "{role}: {names:?}"
        );
    }
    assert!(names("radio").iter().any(|name| name.starts_with("A ")));
    page.is_sound(&site.url);
}

#[test]
fn questions_stand_without_a_script_and_on_paper_their_answers_folded() {
    let Some(mut page) = Page::start() else {
        return;
    };
    let site = Site::of(whole_book());
    const SEEN: &str = "[...document.querySelectorAll('.quiz-question')].filter(form => form.checkVisibility()).length";
    const TOLD: &str =
        "[...document.querySelectorAll('.quiz-why')].some(why => why.checkVisibility())";
    const BUTTONS: &str =
        "[...document.querySelectorAll('.quiz button')].some(button => button.checkVisibility())";

    page.open(&format!("{}{LESSON}", site.url));
    let count = page.eval(SEEN);
    assert!(count.as_u64().is_some_and(|count| count >= 5), "{count}");
    page.call("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    assert_eq!(page.eval(SEEN), count);
    assert!(!page.is(TOLD) && !page.is(BUTTONS));
    page.call("Emulation.setEmulatedMedia", json!({ "media": "" }));

    for (name, count) in [(LESSON, count), ("final_quiz.html", json!(20))] {
        page.open_without_scripts(&format!("{}{name}", site.url));
        assert_eq!(page.eval(SEEN), count, "{name}");
        assert!(!page.is(TOLD) && !page.is(BUTTONS), "{name}");
        assert!(page.is(
            "[...document.querySelectorAll('.quiz-question')].filter(form => form.checkVisibility())
                .every(form => form.querySelector('.quiz-answer > summary').checkVisibility())"
        ));
    }
}

#[test]
fn questions_come_after_the_rest_and_nobody_misses_them() {
    let Some(mut page) = Page::start() else {
        return;
    };
    let site = Site::of(whole_book());
    let url = format!("{}{LESSON}", site.url);
    const IN_SIGHT: &str = "(({ top, bottom }) => top < innerHeight && bottom > 0)\
        (document.querySelector('.quiz-question:last-of-type').getBoundingClientRect())";

    // By the address of a question, or back at one where the reader was.
    page.open(&url);
    let last = page.text("[...document.querySelectorAll('.quiz-question')].at(-1).id");
    page.open(&format!("{}index.html", site.url));
    page.open(&format!("{url}#{last}"));
    assert!(page.is(IN_SIGHT));
    page.open(&format!("{}index.html", site.url));
    page.open(&url);
    page.eval("document.querySelector('.quiz-question:last-of-type').scrollIntoView(); null");
    page.follow(|page| {
        page.call("Page.reload", json!({}));
    });
    page.until(IN_SIGHT);

    // When the script that lays them out does not come.
    page.call("Network.setBlockedURLs", json!({ "urls": ["*quiz*.js"] }));
    page.open(&url);
    assert!(page.is(
        "[...document.querySelectorAll('.quiz-question')].every(form => form.checkVisibility())"
    ));
}
