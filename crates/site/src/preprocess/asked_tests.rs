//! Which questions ask what has been shown, and which do not.

use super::*;
use crate::preprocess::{directive, testing};
use book_listing::Catalog;
use book_trace::Trace;
use book_trace::model::{End, Frame, Memory, Object, ObjectKey, Statement, Step, Value};

const LESSON: &str = "lessons/03_allocator.md";
const DEEPER: &str = "deeper/03_allocator.md";

/// Six steps, each with the variable `n`.
fn trace() -> Trace {
    let place = Statement {
        file: 0,
        line: 4,
        deferred: None,
    };
    let variable = Object {
        key: ObjectKey::Variable(1, "n".into()),
        name: "n".into(),
        memory: Memory {
            ty: "u8".into(),
            address: 0,
            size: 1,
            align: 1,
            value: Value::Scalar("1".into()),
            bytes: String::new(),
        },
    };
    let step = Step {
        next: Some(place),
        frames: vec![Frame {
            id: 1,
            function: "main".into(),
            at: place,
            variables: vec![variable],
        }],
        ..Step::default()
    };
    Trace {
        name: "03_allocator/a".into(),
        files: vec!["03_allocator/a.zig".into()],
        steps: vec![step; 6],
        end: End::Returned,
    }
}

const CHOICE: &str = "kind = \"choice\"\noptions = [ { text = \"a\", right = true, why = \"w\" }, { text = \"b\", why = \"w\" } ]";
const OUTCOME: &str = "kind = \"predict\"\nabout = \"outcome\"\noptions = [ { answer = \"run\", why = \"w\" }, { answer = \"leak\", why = \"w\" } ]";
const DIAGRAM: &str = "kind = \"diagram\"\nstep = 3\nblanks = [ { at = \"n\", why = \"w\" } ]";

/// What is said of a question about a listing, asked on a page with `text`.
fn said(text: &str, question: &str) -> Vec<String> {
    said_of(&format!("{{{{#time max=30}}}}\n\n{text}\n"), "", question)
}

fn said_of(core: &str, deeper: &str, question: &str) -> Vec<String> {
    let source = "//@ run\n//@ title: T\n//@ trace\nconst a = 1;\n";
    let zig = testing::listing("03_allocator/a.zig", source, Some("1\n"));
    let python = testing::listing("03_allocator/a.py", "#@ run\na = 1\n", Some("1\n"));
    let catalog = Catalog::new(vec!["03_allocator".into()], vec![zig, python]);
    let quiz = format!(
        "title = \"T\"\n[[question]]\nid = \"q\"\nprompt = \"?\"\nlisting = \"03_allocator/a\"\n{question}\n"
    );
    let file = (
        "03_allocator".to_string(),
        "quiz.toml".into(),
        quiz.into_bytes(),
    );
    let (all, problems) = book_quiz::read_all(vec![file], &catalog, &|_| Ok(trace()));
    assert_eq!(problems, []);
    let chapters = [
        (LESSON, format!("{core}\n{{{{#quiz 03_allocator}}}}\n")),
        (
            DEEPER,
            format!("{deeper}\n{{{{#quiz 03_allocator part=deeper}}}}\n"),
        ),
    ];
    let pages: Vec<Page> = chapters
        .iter()
        .map(|(path, text)| Page::new(path, text))
        .collect();
    let directives: Vec<Vec<Directive>> = pages
        .iter()
        .map(|page| directive::find(&page.content))
        .collect();
    let both = pages.iter().zip(directives.iter().map(Vec::as_slice));
    let quizzes = Quizzes::collect(&all, both);
    check(&pages, &directives, &quizzes)
        .iter()
        .map(|found| format!("{}: {}", found.line.unwrap(), found.message))
        .collect()
}

#[test]
fn an_output_that_stands_on_the_page_is_not_a_question() {
    let shown = "3: the question `q` asks what the lesson has shown: `{{#listing 03_allocator/a}}` in src/lessons/03_allocator.md:3";
    for question in [CHOICE, OUTCOME] {
        assert_eq!(said("{{#listing 03_allocator/a}}", question), [shown]);
    }
    for text in [
        "{{#listing 03_allocator/a output=no}}",
        "{{#listing 03_allocator/a lang=py}}",
        "{{#listing 03_allocator/b}}",
        "{{#listing-ref 03_allocator/a}}",
    ] {
        assert_eq!(said(text, CHOICE), [""; 0], "{text}");
    }
    for text in [
        "{{#output 03_allocator/a}}",
        "{{#trace 03_allocator/a step=2}}",
    ] {
        assert_eq!(said(text, CHOICE).len(), 1, "{text}");
    }
    // The figure names the outcome by itself.
    assert_eq!(
        said("{{#listing 03_allocator/a output=no}}", OUTCOME).len(),
        1
    );
}

#[test]
fn a_step_that_a_page_opens_or_links_to_is_not_a_question() {
    for text in [
        "{{#trace 03_allocator/a step=3}}",
        "{{#listing 03_allocator/a step=3}}",
        "{{#trace 03_allocator/a predict=4}}",
        "[it](#trace-03_allocator-a=3)",
    ] {
        assert_eq!(said(text, DIAGRAM).len(), 1, "{text}");
    }
    for text in [
        "{{#trace 03_allocator/a}}",
        "{{#listing 03_allocator/a}}",
        "{{#listing 03_allocator/a step=2}}",
        "[it](#trace-03_allocator-a=30)",
    ] {
        assert_eq!(said(text, DIAGRAM), [""; 0], "{text}");
    }
}

#[test]
fn the_deeper_page_is_read_after_the_lesson_and_older_lessons_are_left_alone() {
    let (limited, figure) = ("{{#time max=30}}\n", "{{#listing 03_allocator/a}}\n");
    let deeper = format!("{CHOICE}\npart = \"deeper\"");
    assert_eq!(said_of(limited, figure, CHOICE), [""; 0]);
    assert_eq!(said_of(limited, figure, &deeper).len(), 1);
    assert_eq!(said_of(&format!("{limited}{figure}"), "", &deeper).len(), 1);
    assert_eq!(
        said_of(&format!("{{{{#time}}}}\n{figure}"), "", CHOICE),
        [""; 0]
    );
}
