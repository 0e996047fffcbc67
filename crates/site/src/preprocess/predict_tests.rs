//! Predictions from a chapter's text to its page: what is folded, where a fold ends, and what is refused.

use crate::preprocess::chain::tests::{Expanded, run_in};
use crate::preprocess::testing;
use book_listing::Catalog;

const LESSON: &str = "lessons/03_allocator.md";

/// A quiz with the predictions `who` and `what`.
const QUIZ: &str = "title = \"Q\"\n\
    [[question]]\nid = \"q\"\nkind = \"short\"\naccept = [\"1\"]\nprompt = \"What?\"\nwhy = \"So.\"\n\
    [[prediction]]\nid = \"who\"\nlisting = \"03_allocator/a\"\nabout = \"outcome\"\nprompt = \"What happens?\"\n\
    options = [ { answer = \"leak\", text = \"Somebody is told\" }, { answer = \"run\", why = \"Nobody frees it.\" } ]\n\
    [[prediction]]\nid = \"what\"\nprompt = \"Which?\"\n\
    options = [ { text = \"this\", right = true }, { text = \"that\" }, { text = \"none\" } ]\n";

fn catalog() -> Catalog {
    let listing = |path, source, recorded| testing::listing(path, source, Some(recorded));
    Catalog::new(
        vec!["03_allocator".into()],
        vec![
            listing(
                "03_allocator/a.zig",
                "//@ leak\n//@ title: A program\nconst a = 1;\n",
                "a block of memory\n",
            ),
            listing("03_allocator/a.py", "#@ run\na = 1\n", "1\n"),
            listing(
                "03_allocator/b.zig",
                "//@ run\n//@ title: B\nconst b = 1;\n",
                "",
            ),
        ],
    )
}

/// The page of a chapter with these lines, and the quiz's own page.
fn run(chapter: &str) -> Expanded {
    let shown = "{{#quiz 03_allocator}}\n\n{{#listing 03_allocator/b}}\n";
    let more = match chapter.contains("03_allocator/a") {
        true => "",
        false => "{{#listing 03_allocator/a}}\n",
    };
    run_in(
        &catalog(),
        Some(QUIZ),
        &[(LESSON, chapter), ("b.md", &format!("{shown}\n{more}"))],
    )
}

/// The same for a chapter in which nothing is wrong: its page.
#[track_caller]
fn page(chapter: &str) -> String {
    let outcome = run(chapter);
    assert_eq!(outcome.problems, [""; 0]);
    outcome.pages[0].content.clone()
}

/// A chapter that asks both predictions, the first around `middle`.
fn chapter(middle: &str) -> String {
    format!(
        "# A\n\n{{{{#predict who}}}}\n\n{middle}\n\n## B\n\n{{{{#predict what}}}}\n\n{{{{#reveal}}}}\n\nIt is this.\n"
    )
}

#[test]
fn nothing_tells_before_the_fold_and_all_is_in_it() {
    let page = page(&chapter(
        "{{#listing 03_allocator/a}}\n\n{{#output 03_allocator/a}}\n\n{{#reveal}}\n\nNobody *frees* it.\n\n{{#listing 03_allocator/a lang=py}}\n\n**Rule: free it.**",
    ));
    let (asked, told) = page
        .split_once("<details class=\"reveal\" data-fold=\"who\">")
        .unwrap();
    let form = asked
        .split_once("<form")
        .unwrap()
        .1
        .split_once("</form>")
        .unwrap()
        .0;
    assert!(form.contains("data-predict=\"who\""));
    assert!(form.contains("<legend>What happens?</legend>"));
    assert!(form.contains("It builds, and runs to its end") && form.contains("Somebody is told"));
    // All that says what happens is in the folds of figure and output.
    let open: String = asked
        .split("<details")
        .enumerate()
        .map(|(index, piece)| match index {
            0 => piece,
            _ => piece.split_once("</details>").unwrap().1,
        })
        .collect();
    for word in [
        "leaks",
        "Leak report",
        "a block of memory",
        "outcome-leak",
        "Nobody",
    ] {
        assert!(
            asked.contains(word) || word == "Nobody",
            "{word} is nowhere"
        );
        assert!(!open.contains(word), "{word} is told: {open}");
    }
    assert!(open.contains("data-fold=\"who\" data-listing=\"03_allocator/a\""));
    let (told, after) = told.split_once("\n\n</details>\n\n").unwrap();
    assert!(told.starts_with(
        "<summary>Show me</summary><p class=\"predict-right\"><b>Answer:</b> Somebody is told</p>"
    ));
    assert!(told.contains("It builds, and runs to its end: Nobody frees it."));
    assert!(told.contains("\n\nNobody *frees* it.\n\n<figure class=\"listing\""));
    assert!(told.contains("**Rule: free it.**") && !asked.contains("Rule"));
    assert!(after.trim_start().starts_with("## B"));
}

#[test]
fn a_fold_ends_behind_a_rule_or_at_a_heading_a_prediction_or_where_it_is_said() {
    for (end, after) in [
        ("**Rule: x.**\n\nKept.", "Kept."),
        ("### Heading", "### Heading"),
        ("{{#end}}\n\nText.", "\n\nText."),
        ("{{#predict what}}\n\n## C", "<form"),
        ("Underlined\n===", "Underlined"),
    ] {
        let rest = match end.contains("what") {
            true => "",
            false => "\n\n{{#predict what}}\n",
        };
        let page = page(&format!(
            "{{{{#predict who}}}}\n\n{{{{#listing 03_allocator/a}}}}\n\n{{{{#reveal}}}}\n\nSo.\n\n{end}{rest}"
        ));
        let (told, left) = page
            .split_once("data-fold=\"who\"><summary>")
            .unwrap()
            .1
            .split_once("</details>\n\n")
            .unwrap();
        // A rule is part of what is told; all else stands behind the fold.
        let last = match end.starts_with("**Rule") {
            true => "**Rule: x.**",
            false => "So.",
        };
        assert!(told.trim_end().ends_with(last), "{end}: {told:?}");
        assert!(
            left.trim_start().starts_with(after.trim_start()),
            "{end}: {left}"
        );
    }
}

#[test]
fn without_an_explanation_the_answer_stands_where_the_fold_ends() {
    let page = page(&chapter("{{#listing 03_allocator/a}}"));
    let fold = page
        .find("<details class=\"reveal\" data-fold=\"who\">")
        .unwrap();
    assert!(page.find("</figure>").unwrap() < fold);
    assert!(fold < page.find("## B").unwrap());
}

#[test]
fn what_is_misplaced_is_refused() {
    let problems = |text: &str| {
        let mut problems = run(text).problems;
        problems.sort();
        problems
    };
    assert_eq!(
        problems(
            "{{#reveal}}\n\n{{#predict who}}\n\n{{#listing 03_allocator/a}}\n\n# H\n\n{{#reveal}}\n\n{{#end}}\n\n- {{#predict what}}\n"
        ),
        [
            "src/lessons/03_allocator.md:11: `{{#end}}` belongs to no prediction",
            "src/lessons/03_allocator.md:13: `{{#predict what}}` stands inside something else",
            "src/lessons/03_allocator.md:1: `{{#reveal}}` belongs to no prediction",
            "src/lessons/03_allocator.md:9: `{{#reveal}}` belongs to no prediction",
        ]
    );
    assert_eq!(
        problems(
            "{{#predict who}}\n\n```admonish tip\n{{#reveal}}\n```\n\n# A\n\n{{#predict wat}}\n\n{{#predict who}}\n"
        ),
        [
            "listings/03_allocator/quiz.toml:15: no chapter asks the prediction `what`",
            "src/lessons/03_allocator.md:11: the prediction `who` is shown a second time: lessons/03_allocator.md has it",
            "src/lessons/03_allocator.md:4: `{{#reveal}}` stands inside something else",
            "src/lessons/03_allocator.md:9: there is no prediction `wat`",
        ]
    );
}
