//! Spot the bug in the page: wrong solutions as questions, for readers who know the right one.

use crate::support::chromium::open;
use crate::support::repository;
use crate::support::site::whole_book;
use serde_json::json;

const EXERCISE: &str = "exercises/03_allocator.html";
const SEEN: &str = "[...document.querySelectorAll('.spot .quiz-question')].filter(form => form.checkVisibility()).map(form => form.dataset.question)";

#[test]
fn every_wrong_zig_program_is_a_question_with_one_right_answer() {
    let mut exercises = 0;
    for entry in std::fs::read_dir(repository().join("exercises")).expect("exercises") {
        let folder = entry.expect("an entry").path();
        let Ok(mutants) = std::fs::read_dir(folder.join("mutants")) else {
            continue;
        };
        exercises += 1;
        let zig = mutants
            .flatten()
            .filter(|file| file.path().extension().is_some_and(|end| end == "zig"))
            .count();
        let name = folder.file_name().expect("a name").to_string_lossy();
        let page = whole_book().join(format!("exercises/{name}.html"));
        let html = std::fs::read_to_string(page).expect("a page");
        let spot = html
            .split("<section class=\"spot\"")
            .nth(1)
            .expect("a part");
        let questions: Vec<&str> = spot.split("data-question=\"spot/").skip(1).collect();
        assert_eq!(questions.len(), zig, "{name}");
        for question in questions {
            let id = question.split('"').next().unwrap_or_default();
            assert_eq!(question.matches("data-right").count(), 1, "{id}");
            assert_eq!(question.matches("name=\"answer\"").count(), 4, "{id}");
            assert!(
                question.contains("<ins>") || question.contains("<del>"),
                "{id}"
            );
            let why = question
                .split("is right.</b> <span class=\"quiz-why\">")
                .nth(1);
            assert!(
                why.is_some_and(|why| !why.starts_with('<')),
                "{id}: no reason"
            );
            assert!(
                question.contains("class=\"spot-said\""),
                "{id}: the test says nothing"
            );
        }
    }
    assert_eq!(exercises, 8);
}

#[test]
fn wrong_programs_wait_for_readers_who_know_the_solution() {
    let Some((mut page, site)) = open(EXERCISE) else {
        return;
    };
    page.until("document.querySelector('.spot.ready')");
    assert_eq!(page.eval(SEEN), json!([]), "nothing tells before");
    page.eval("document.getElementById('exercise-solution').closest('details').querySelector('summary').click(); null");
    page.until("document.querySelector('.spot').checkVisibility()");
    assert_eq!(page.eval(SEEN), json!([]), "it is folded");
    page.click(".spot > details > summary");
    let first = page.eval(SEEN);
    assert_eq!(first.as_array().map(Vec::len), Some(1));
    let form = ".spot .quiz-question:not([hidden])";
    page.eval(&format!(
        "globalThis.form = document.querySelector('{form}');
         globalThis.right = [...form.querySelectorAll('.quiz-answer > ul:first-of-type > li')].findIndex(note => 'right' in note.dataset); null"
    ));
    for (shift, word) in [(1, "Not right."), (0, "Right.")] {
        page.eval(&format!(
            "const inputs = [...form.querySelectorAll('[name=answer]')];
             inputs[(right + {shift}) % inputs.length].click();
             form.querySelector('[type=submit]').click(); null"
        ));
        assert_eq!(
            page.text("form.querySelector('.quiz-verdict strong').textContent"),
            word
        );
    }
    assert!(page.is("form.querySelector('.quiz-answer').open"));
    assert!(page.is("document.querySelector('.spot .quiz-foot').textContent.startsWith('1 of ')"));
    page.click(".spot .quiz-foot button");
    let second = page.eval(SEEN);
    assert_eq!(second.as_array().map(Vec::len), Some(1));
    assert_ne!(first, second);
    // A reader who comes back goes on there.
    page.open(&format!("{}{EXERCISE}", site.url));
    page.until("document.querySelector('.spot.ready').checkVisibility()");
    page.click(".spot > details > summary");
    assert_eq!(page.eval(SEEN), second);
    page.is_sound(&site.url);
}

#[test]
fn the_review_has_a_wrong_program_a_day_from_exercises_that_are_known() {
    let Some((mut page, site)) = open("review.html") else {
        return;
    };
    page.until("document.querySelector('.spot.ready')");
    assert_eq!(page.eval(SEEN), json!([]), "no exercise is known");
    page.open(&format!("{}{EXERCISE}", site.url));
    page.until("document.querySelector('.spot.ready')");
    page.click(".progress-here input");
    let mut days = Vec::new();
    for day in [0, 0, 1, 2] {
        page.call(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({ "source": format!("Date.now = () => 1.8e12 + {day} * 864e5;") }),
        );
        page.open(&format!("{}review.html", site.url));
        let seen = page.until(&format!(
            "const seen = {SEEN}; seen.length === 1 && seen[0]"
        ));
        days.push(seen.as_str().expect("a name").to_string());
    }
    assert!(days.iter().all(|id| id.starts_with("spot/03_allocator/")));
    assert_eq!(days[0], days[1], "all day the same");
    assert!(days[1] != days[2] && days[2] != days[3], "{days:?}");
    page.is_sound(&site.url);
}
