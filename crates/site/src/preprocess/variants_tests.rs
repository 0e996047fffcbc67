//! Variants from a catalog to the page, and what is refused.

use crate::preprocess::chain::tests::{Expanded, run_in};
use crate::preprocess::{search, testing};
use book_listing::{Catalog, Listing};

const LESSON: &str = "lessons/03_allocator.md";

const WHOLE: &str = "//@ run\n//@ title: A\n\nconst a = 1;\n// ANCHOR: x\nconst b = 2;\n// ANCHOR_END: x\nconst c = 3;\nconst d = 4;\npub fn main() void {}\n";

fn listing(path: &str, source: &str, recorded: &str) -> Listing {
    testing::listing(path, source, Some(recorded))
}

fn variant(question: &str, declared: &str, comment: &str) -> Listing {
    listing(
        "03_allocator/a__b.zig",
        &format!(
            "//@ {declared}\n//@ variant: {question}\n\nconst a = 1;\nconst b = 5; {comment}\nconst c = 3;\nconst d = 4;\npub fn main() void {{}}\n"
        ),
        "a secret\n",
    )
}

fn run(variant: Listing, chapters: &[(&str, &str)]) -> Expanded {
    let listings = vec![listing("03_allocator/a.zig", WHOLE, "1\n"), variant];
    run_in(
        &Catalog::new(vec!["03_allocator".into()], listings),
        None,
        chapters,
    )
}

const ASKED: &str = "What if `b` is 5?";

#[test]
fn the_first_figure_of_the_whole_listing_offers_its_variants() {
    let outcome = run(
        variant(ASKED, "panic: late", "// five"),
        &[
            ("deeper/03_allocator.md", "{{#listing 03_allocator/a}}\n"),
            (
                LESSON,
                "{{#listing 03_allocator/a:x}}\n\n{{#listing 03_allocator/a}}\n\n{{#listing 03_allocator/a caption=\"Again\"}}\n",
            ),
        ],
    );
    assert_eq!(outcome.problems, [""; 0]);
    assert!(!outcome.pages[0].content.contains("variant"));
    let html = &outcome.pages[1].content;
    assert_eq!(
        html.matches("<details class=\"variant\"").count(),
        1,
        "{html}"
    );
    for part in [
        "<div class=\"variants\" role=\"group\" aria-label=\"What if, Listing 3.1\">",
        "<details class=\"variant\" id=\"what-if-a__b\" name=\"what-if-a\" data-jumps=\"0:3\"><summary>What if <code>b</code> is 5?</summary>",
        "<span class=\"line\" style=\"counter-set:line 3\">const a = 1;</span>&#10;<del class=\"line gone\" data-at=\"1\">const b = 2;</del>&#10;\
         <ins class=\"line new\" data-at=\"2\">const b = 5; // five</ins>&#10;<span class=\"line\">const c = 3;</span></code>",
        "data-predict=\"03_allocator-a__b\"",
        "<div class=\"variant-answer\" data-fold=\"03_allocator-a__b\">",
        "<span class=\"outcome outcome-panic\">panics</span>",
        "a secret",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
    assert!(
        !html.contains("const d = 4;</span></code></pre><form"),
        "what is far from the change"
    );
    assert!(!search::index(&outcome.pages).contains("secret"));
}

#[test]
fn where_parts_alone_are_shown_the_last_one_offers_the_variants() {
    let parts = "{{#listing 03_allocator/a:x}}\n\nAgain.\n\n{{#listing 03_allocator/a:x}}\n";
    let outcome = run(variant(ASKED, "run", ""), &[(LESSON, parts)]);
    assert_eq!(outcome.problems, [""; 0]);
    let html = &outcome.pages[0].content;
    assert_eq!(html.matches("<details class=\"variant\"").count(), 1);
    assert!(html.find("Again.") < html.find("<details class=\"variant\""));
    assert!(
        !html.contains("data-jumps"),
        "no whole program stands there"
    );
}

#[test]
fn what_tells_before_the_reader_answers_is_refused() {
    let told = |question: &str, declared: &str, comment: &str| {
        run(
            variant(question, declared, comment),
            &[(LESSON, "{{#listing 03_allocator/a}}\n")],
        )
        .problems
    };
    assert_eq!(told(ASKED, "panic: late", "// five"), [""; 0]);
    assert_eq!(
        told("What if it crashes?", "panic: late", ""),
        ["listings/03_allocator/a__b.zig:2: the question tells what the variant does: “crashes”"]
    );
    assert_eq!(
        told("What if `b` is late?", "panic: late", ""),
        ["listings/03_allocator/a__b.zig:2: the question tells what the variant does: “late”"]
    );
}

#[test]
fn a_variant_that_no_figure_offers_or_a_directive_names_is_refused() {
    let said = |chapter: &str| run(variant(ASKED, "run", ""), &[(LESSON, chapter)]).problems;
    assert_eq!(
        said("{{#output 03_allocator/a}}\n"),
        ["listings/03_allocator/a__b.zig:0: no figure offers this variant"]
    );
    assert_eq!(
        said("{{#listing 03_allocator/a}}\n\n{{#output 03_allocator/a__b}}\n"),
        [
            "src/lessons/03_allocator.md:3: `03_allocator/a__b` is a variant, and its listing's figure offers it"
        ]
    );
}

#[test]
fn another_mode_is_the_whole_difference_and_said() {
    let fast = WHOLE.replace(
        "//@ title: A",
        "//@ mode: fast\n//@ variant: What if it is built with `-O fast`?",
    );
    let outcome = run(
        listing("03_allocator/a__fast.zig", &fast, "1\n"),
        &[(LESSON, "{{#listing 03_allocator/a}}\n")],
    );
    assert_eq!(outcome.problems, [""; 0]);
    let html = &outcome.pages[0].content;
    assert!(html.contains("Built with <code>-O fast</code> in place of <code>-O debug</code>."));
    assert!(!html.contains("difference"));
}
