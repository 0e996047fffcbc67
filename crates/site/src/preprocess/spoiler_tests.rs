//! What tells too early, and what does not.

use super::*;
use crate::highlight::ColoredToken;
use crate::preprocess::{directive, testing};

/// What is said of a chapter that asks the prediction `who`, about a listing with this title and comment.
fn told(chapter: &str, about: &str, outcome: &str, title: &str, comment: &str) -> Vec<String> {
    let source = format!(
        "//@ {outcome}\n//@ title: {title}\n// {comment}\nconst a = 1;\n// ANCHOR: part\nx();\n// ANCHOR_END: part\n"
    );
    let zig = testing::listing("03_allocator/a.zig", &source, Some("items 3\nend\n"));
    let python = testing::listing("03_allocator/a.py", "#@ run\na = 1\n", Some("1\n"));
    let start = source.find(&format!("// {comment}")).unwrap();
    let tokens = vec![ColoredToken {
        start,
        end: start + comment.len() + 3,
        class: Class::Comment,
    }];
    let sources = Sources::of([(zig.key(), tokens)]);
    let catalog = Catalog::new(vec!["03_allocator".into()], vec![zig, python]);
    let quiz = format!(
        "title = \"T\"\n[[question]]\nid = \"q\"\nkind = \"short\"\naccept = [\"1\"]\nprompt = \"?\"\nwhy = \"So.\"\n\
         [[prediction]]\nid = \"who\"\nlisting = \"03_allocator/a\"\nprompt = \"?\"\n{about}\n"
    );
    let file = (
        "03_allocator".to_string(),
        "quiz.toml".into(),
        quiz.into_bytes(),
    );
    let (all, problems) = book_quiz::read_all(vec![file], &catalog, &|_| anyhow::bail!("nothing"));
    assert_eq!(problems, []);
    let page = Page::new("lessons/03_allocator.md", chapter);
    let directives = directive::find(chapter);
    let quizzes = Quizzes::collect(&all, [(&page, directives.as_slice())].into_iter());
    let (folds, problems) = Folds::read(&page, &directives);
    assert_eq!(problems, []);
    check(&page, &directives, &folds, &catalog, &sources, &quizzes)
        .iter()
        .map(|found| {
            format!(
                "{}:{}: {}",
                found.path.display(),
                found.line.unwrap_or_default(),
                found.message
            )
        })
        .collect()
}

const OUTCOME: &str = "about = \"outcome\"\noptions = [ { answer = \"leak\" }, { answer = \"run\" }, { answer = \"panic\" } ]";
const OUTPUT: &str = "about = \"output\"\noutput_line = 1\noptions = [ { answer = \"items 3\" }, { answer = \"4\" } ]";
const CHAPTER: &str = "# A\n\n## Who frees it?\n\n{{#predict who}}\n\n{{#listing 03_allocator/a}}\n\n{{#reveal}}\n\nNobody.\n";

#[test]
fn a_name_and_a_purpose_tell_nothing() {
    let told = told(
        CHAPTER,
        OUTCOME,
        "leak",
        "A block of three numbers",
        "room for all",
    );
    assert_eq!(told, [""; 0]);
}

#[test]
fn title_heading_caption_and_comment_may_not_hold_the_words_of_the_outcome() {
    let chapter = CHAPTER.replace("Who frees it?", "What a *leak* is");
    assert_eq!(
        told(
            &chapter,
            OUTCOME,
            "leak",
            "A block that nobody frees",
            "It is lost, here"
        ),
        [
            "listings/03_allocator/a.zig:2: the title tells the answer of the prediction `who`: “nobody frees”",
            "listings/03_allocator/a.zig:3: the comment tells the answer of the prediction `who`: “lost”",
            "src/lessons/03_allocator.md:3: the heading above it tells the answer of the prediction `who`: “leak”",
        ]
    );
    let chapter = CHAPTER.replace("/a}}", "/a caption=\"Double `free`\"}}");
    assert_eq!(
        told(&chapter, OUTCOME, "panic: x", "T", "c"),
        [
            "src/lessons/03_allocator.md:7: the caption tells the answer of the prediction `who`: “double free”"
        ]
    );
    // Of another outcome they are no answer.
    assert_eq!(
        told(
            CHAPTER,
            OUTCOME,
            "panic: x",
            "A block that nobody frees",
            "c"
        ),
        [""; 0]
    );
    // What is not shown tells nothing.
    let chapter = CHAPTER.replace("/a}}", "/a:part caption=\"C\"}}");
    assert_eq!(told(&chapter, OUTCOME, "leak", "T", "It leaks"), [""; 0]);
}

#[test]
fn what_it_prints_and_the_words_that_it_declares_are_answers_too() {
    assert_eq!(
        told(CHAPTER, OUTPUT, "run", "T", "gives \"Items: 3\""),
        [
            "listings/03_allocator/a.zig:3: the comment tells the answer of the prediction `who`: “items 3”"
        ]
    );
    assert_eq!(
        told(CHAPTER, OUTPUT, "run", "T", "three items of 3"),
        [""; 0]
    );
    assert_eq!(
        told(CHAPTER, OUTCOME, "panic: index 5", "At index 5", "c"),
        [
            "listings/03_allocator/a.zig:2: the title tells the answer of the prediction `who`: “index 5”"
        ]
    );
}

#[test]
fn what_the_page_has_shown_is_not_a_question() {
    let told = |before: &str, about| {
        let chapter = CHAPTER.replace("## Who", &format!("{before}\n\n## Who"));
        told(&chapter, about, "leak", "T", "c")
    };
    let outcome = "about = \"outcome\"\noptions = [ { answer = \"leak\" }, { answer = \"run\" } ]";
    for before in [
        "{{#listing 03_allocator/a}}",
        "{{#listing 03_allocator/a:part}}",
        "{{#listing 03_allocator/a output=no step=2}}",
        "{{#output 03_allocator/a}}",
        "{{#trace 03_allocator/a step=2}}",
    ] {
        assert_eq!(
            told(before, OUTPUT),
            [format!(
                "src/lessons/03_allocator.md:7: the prediction `who` asks what the page has shown: `{before}` in line 3"
            )]
        );
    }
    for before in [
        "{{#listing 03_allocator/a output=no}}",
        "{{#listing 03_allocator/a lang=py}}",
        "{{#output 03_allocator/a lang=py}}",
        "{{#listing-ref 03_allocator/a}}",
    ] {
        assert_eq!(told(before, OUTPUT), [""; 0], "{before}");
    }
    // The figure names the outcome.
    assert_eq!(
        told("{{#listing 03_allocator/a output=no}}", outcome).len(),
        1
    );
}

#[test]
fn authors_read_the_same_words() {
    const CONTRACT: &str = include_str!("../../../../CONTRIBUTING.md");
    for (outcome, words) in WORDS {
        let row = format!("| `{outcome}` | {} |", words.join(", "));
        assert!(CONTRACT.contains(&row), "CONTRIBUTING.md has no row\n{row}");
    }
}
