//! Quizzes and progress in a real browser: a small book's questions, answered by a script. Each script in
//! `quiz_page/` runs on a page of its own, in one browser's storage, and says what it saw.

use std::fs;
use std::path::Path;
use std::process::Command;

use xtask::listing::discover;
use xtask::preprocess::html::escape;
use xtask::project::Project;
use xtask::quiz::{self, pool, render};

const QUIZ: &str = r#"
title = "Sizes"

[[question]]
id = "prints"
kind = "predict"
listing = "01_first/sizes"
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
fn visit(folder: &Path, page: &str, body: &str, script: &str) {
    let Some(chromium) = xtask::browser::find() else {
        eprintln!("NOT TESTED in a browser, because Chromium is not installed");
        return;
    };
    let read = |path: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        fs::read_to_string(path).expect("a file of the repository")
    };
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
        "<!doctype html><html class=js><meta charset=utf-8><script>const path_to_root = '{up}';</script>\
         <nav id=mdbook-sidebar>{contents}</nav><main>{body}</main>\
         <script>{}</script><script>{}</script><script>{}{}</script>",
        read("../theme/progress.js"),
        read("../theme/quiz.js"),
        read("tests/quiz_page/expect.js"),
        read(&format!("tests/quiz_page/{script}")),
    );
    let path = folder.join(page).with_extension("html");
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(&path, html).expect("the page is written");
    let output = Command::new(chromium)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--virtual-time-budget=5000",
            "--dump-dom",
        ])
        .arg(format!(
            "--user-data-dir={}",
            folder.join("profile").display()
        ))
        .arg(format!("file://{}", path.display()))
        .output()
        .expect("Chromium runs");
    let dom = String::from_utf8_lossy(&output.stdout);
    let result = dom
        .split_once("<pre id=\"result\">")
        .and_then(|(_, rest)| rest.split_once("</pre>"))
        .map_or("the script did not end", |(result, _)| result);
    assert_eq!(result, escape("well"), "{page}, {script}");
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
    let page = render::Page {
        catalog: &catalog,
        here: first,
        home: &|_| Some(first),
        code: &|listing, _, _| format!("<pre>{}</pre>", listing.source),
        output: &|listing| format!("<samp>{}</samp>", listing.recorded.as_deref().unwrap_or("")),
    };
    let visit = |page: &str, body: &str, script: &str| visit(folder.path(), page, body, script);

    let lesson = render::lesson(&quizzes["01_first"], &page);
    assert!(!lesson.contains('\n'), "the quiz is one line: {lesson}");
    visit("lessons/01_first", &lesson, "lesson.js");
    let review = pool::review(&quizzes, &page);
    visit("review", &review, "not_due.js");
    let second = render::lesson(&quizzes["02_second"], &page);
    visit("lessons/02_second", &second, "next_lesson.js");
    visit("review", &review, "due.js");
    visit("review", &review, "later.js");
    visit("final", &pool::last(&quizzes, &page), "final.js");
    visit("index", "<div data-progress></div>", "progress.js");
}
