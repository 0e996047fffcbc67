//! The stages together: what authors write, what mdBook gets, and that everything wrong is said at once.

use super::*;
use crate::preprocess::testing;

/// What became of a book of some pages.
pub struct Expanded {
    /// As they leave the last stage.
    pub pages: Vec<Page>,
    /// Each as a person is shown it.
    pub problems: Vec<String>,
}

/// Runs all stages over chapters of a book with these listings.
fn run(listings: &[&str], chapters: &[(&str, &str)]) -> Expanded {
    run_with_quiz(listings, None, chapters)
}

/// The same with a quiz of lesson 3.
fn run_with_quiz(listings: &[&str], quiz: Option<&str>, chapters: &[(&str, &str)]) -> Expanded {
    run_in(&testing::catalog(listings), quiz, chapters)
}

/// The same with a catalog of one's own.
pub fn run_in(catalog: &Catalog, quiz: Option<&str>, chapters: &[(&str, &str)]) -> Expanded {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("listings")).unwrap();
    std::fs::write(folder.path().join("book.toml"), "").unwrap();
    let project = Project::find(folder.path()).unwrap();
    let file = quiz.map(|text| {
        let path = Path::new("listings/03_allocator/quiz.toml").to_path_buf();
        ("03_allocator".to_string(), path, text.as_bytes().to_vec())
    });
    let (quizzes, mut diagnostics) = quiz::read_all(file.into_iter().collect(), catalog, &|_| {
        anyhow::bail!("nothing is recorded")
    });
    let input = ChainInput {
        project: &project,
        catalog,
        sources: &Sources::default(),
        quizzes: &quizzes,
        exercises: &Exercises::default(),
        offers: &Offers::default(),
        repository: Some("https://example.org/book"),
        options: ChapterOptions::default(),
    };
    let pages = chapters
        .iter()
        .map(|(path, content)| Page::new(path, content))
        .collect();
    let pages = stages(&input, pages, &mut diagnostics, |_| false);
    let problems = testing::told(&diagnostics);
    Expanded { pages, problems }
}

const LESSON: &str = "lessons/03_allocator.md";

#[test]
fn text_without_directives_stays_byte_for_byte() {
    let text = "# A\r\n\r\n* b\t`{{x}}` \\\n\n| a | b |\n|--|--|\n\n<div>\n\n```text\n  {{if}}\n```\n\n</div>  \n\n&nbsp;";
    let outcome = run(&[], &[("a.md", text)]);
    assert_eq!(outcome.problems, [""; 0]);
    assert_eq!(outcome.pages[0].content, text);
}

#[test]
fn a_listing_becomes_one_line_of_html_and_what_follows_stays_markdown() {
    let outcome = run(
        &["03_allocator/a.zig", "03_allocator/a.rs"],
        &[(
            LESSON,
            "before\n\n- item\n\n  {{#listing 03_allocator/a}}\n\n```admonish tip\n{{#output 03_allocator/a lang=rs}}\nafter, see {{#listing-ref 03_allocator/a}}\n```\n",
        )],
    );
    assert_eq!(outcome.problems, [""; 0]);
    let content = &outcome.pages[0].content;
    let figure = content
        .lines()
        .find(|line| line.contains("<figure"))
        .unwrap();
    assert!(figure.starts_with("  <figure class=\"listing\""));
    assert!(figure.ends_with("</figure>"));
    assert!(
        figure.contains("href=\"https://example.org/book/blob/HEAD/listings/03_allocator/a.rs\"")
    );
    assert!(content.contains("\n\nafter, see <a class=\"listing-ref\" href=\"#listing-03_allocator-a\">Listing&nbsp;3.1</a>\n"));
}

#[test]
fn everything_wrong_is_said_at_once_each_with_its_line() {
    let outcome = run(
        &["03_allocator/a.zig", "03_allocator/b.zig"],
        &[
            (
                LESSON,
                "# A\n\n{{#listing 03_allocator/aa}}\n{{#listing 03_allocator/a:x}}\n{{#listing 03_allocator/a lang=go}}\n{{#listing 03_allocator/a lang=py}}\nsee {{#listing 03_allocator/a}}\n{{#listing 03_allocator/a output=yes}}\n{{#listing 03_allocator/a size=3}}\n{{#listing}}\n{{#listing 03_allocator/a lang=zig lang=py}}\n",
            ),
            (
                "b.md",
                "[x](lessons/03_allocator.md#c)\n\n{{#listing-ref 03_allocator/b}}\n",
            ),
        ],
    );
    assert_eq!(
        outcome.problems,
        [
            "src/lessons/03_allocator.md:3: there is no listing `03_allocator/aa`",
            "src/lessons/03_allocator.md:4: `03_allocator/a` has no anchor `x`",
            "src/lessons/03_allocator.md:5: `go` is no language of the book: write zig, rust or python",
            "src/lessons/03_allocator.md:6: `03_allocator/a` has no Python twin",
            "src/lessons/03_allocator.md:7: `{{#listing}}` stands inside a line",
            "src/lessons/03_allocator.md:8: `output=yes` is unknown",
            "src/lessons/03_allocator.md:9: `{{#listing}}` has no option `size`",
            "src/lessons/03_allocator.md:10: `{{#listing}}` wants one listing",
            "src/lessons/03_allocator.md:11: `{{#listing}}` has the option `lang` twice",
            "src/b.md:3: `03_allocator/b` is referred to, but no chapter shows it",
            "listings/03_allocator/b.zig:0: no chapter shows this listing",
            "src/b.md:1: the link `lessons/03_allocator.md#c` leads to an anchor that is not there",
        ]
    );
}

#[test]
fn the_reading_time_counts_prose_and_code() {
    let words = "word ".repeat(400);
    let outcome = run(
        &["03_allocator/a.zig"],
        &[(
            LESSON,
            &format!(
                "{{{{#time}}}}\n\n{words}, {{{{#time}}}}\n\n{{{{#listing 03_allocator/a}}}}\n"
            ),
        )],
    );
    assert_eq!(outcome.problems, [""; 0]);
    assert!(outcome.pages[0].content.starts_with(
        "<p class=\"reading-time\" data-minutes=\"3\">About 3 minutes to read.</p>\n\n"
    ));
    assert!(outcome.pages[0].content.contains(", 3 minutes\n"));
}

const QUIZ: &str = "title = \"Q\"\n[[question]]\nid = \"q\"\nkind = \"short\"\nlisting = \"03_allocator/a\"\noutput_line = 1\nprompt = \"What?\"\nwhy = \"See [here](#growing).\"\n";

#[test]
fn a_quiz_shows_its_listings_and_its_links_hold_where_it_comes_back() {
    let outcome = run_with_quiz(
        &["03_allocator/a.zig"],
        Some(QUIZ),
        &[
            (LESSON, "# Growing\n\n{{#quiz 03_allocator}}\n\n*text*"),
            ("review.md", "{{#quiz review}}\n\n{{#quiz final}}\n"),
        ],
    );
    assert_eq!(outcome.problems, [""; 0]);
    assert!(outcome.pages[0].content.contains("<a href=\"#growing\">"));
    assert!(outcome.pages[0].content.ends_with("</section>\n\n*text*"));
    let review = &outcome.pages[1].content;
    assert!(review.contains("<a href=\"lessons/03_allocator.html#growing\">"));
    assert!(review.contains("<a href=\"lessons/03_allocator.html#quiz-q\">"));
}

#[test]
fn a_quiz_is_shown_once_and_where_it_is() {
    let twice =
        "{{#quiz 03_allocator}}\n\n{{#quiz 03_allocator}}\n\n{{#quiz 02_pointers}}\n\n# Growing\n";
    let outcome = run_with_quiz(&["03_allocator/a.zig"], Some(QUIZ), &[(LESSON, twice)]);
    assert_eq!(
        outcome.problems,
        [
            "src/lessons/03_allocator.md:3: the quiz `03_allocator` is shown a second time: lessons/03_allocator.md has it",
            "src/lessons/03_allocator.md:5: there is no quiz `02_pointers`",
        ]
    );
    let outcome = run_with_quiz(
        &["03_allocator/a.zig"],
        Some(QUIZ),
        &[(LESSON, "{{#listing 03_allocator/a}}")],
    );
    assert_eq!(
        outcome.problems,
        ["listings/03_allocator/quiz.toml:0: no chapter shows this quiz"]
    );
}

#[test]
fn a_page_that_takes_too_long_is_refused_and_says_what_takes_the_time() {
    let words = "word ".repeat(400);
    let page = |max: usize| {
        format!(
            "{{{{#time max={max}}}}}\n\n{words}\n\n{{{{#listing 03_allocator/a output=no}}}}\n\n{{{{#quiz 03_allocator}}}}\n\n# Growing\n"
        )
    };
    let outcome = |max| run_with_quiz(&["03_allocator/a.zig"], Some(QUIZ), &[(LESSON, &page(max))]);
    assert_eq!(outcome(4).problems, [""; 0]);
    assert_eq!(
        outcome(3).problems,
        [
            "src/lessons/03_allocator.md:1: the page takes 4 minutes, and 3 are allowed: words 2.2 min (401), questions 0.8 min (1), lines of code 0.1 min (1)"
        ]
    );
    let wrong = run(&[], &[(LESSON, "{{#time max=x}}\n\n{{#time min=3}}\n")]);
    assert_eq!(
        wrong.problems,
        [
            "src/lessons/03_allocator.md:1: `{{#time max=x}}` is not understood",
            "src/lessons/03_allocator.md:3: `{{#time min=3}}` is not understood",
        ]
    );
}

#[test]
fn each_part_of_a_quiz_has_its_page_and_links_lead_to_it() {
    const DEEPER: &str = "deeper/03_allocator.md";
    let quiz = format!(
        "{QUIZ}{}part = \"deeper\"\n",
        QUIZ.split_once('\n').unwrap().1.replace("\"q\"", "\"r\"")
    );
    let listings = ["03_allocator/a.zig"];
    let core = "# Growing\n\n{{#quiz 03_allocator}}\n";
    let deeper = "# Growing\n\n{{#quiz 03_allocator part=deeper}}\n";
    let outcome = run_with_quiz(
        &listings,
        Some(&quiz),
        &[
            (LESSON, core),
            (DEEPER, deeper),
            ("review.md", "{{#quiz review}}\n\n{{#quiz final}}\n"),
        ],
    );
    assert_eq!(outcome.problems, [""; 0]);
    let asks = |page: usize, id: &str| {
        outcome.pages[page]
            .content
            .contains(&format!("id=\"quiz-{id}\""))
    };
    assert_eq!(
        [asks(0, "q"), asks(0, "r"), asks(1, "q"), asks(1, "r")],
        [true, false, false, true]
    );
    let pools = &outcome.pages[2].content;
    assert!(pools.contains("<a href=\"deeper/03_allocator.html#quiz-r\">"));
    assert_eq!(pools.matches("data-question=\"q\"").count(), 2);
    assert_eq!(pools.matches("data-question=\"r\"").count(), 1);
    let wrong = "# Growing\n\n{{#quiz 03_allocator}}\n\n{{#quiz 03_allocator part=depper}}\n";
    assert_eq!(
        run_with_quiz(&listings, Some(&quiz), &[(LESSON, wrong)]).problems,
        [
            "src/lessons/03_allocator.md:5: the quiz `03_allocator` is shown a second time: lessons/03_allocator.md has it",
            "listings/03_allocator/quiz.toml:10: no chapter shows this part of the quiz",
            "src/lessons/03_allocator.md:5: there is no part `depper` of a quiz",
        ]
    );
}
