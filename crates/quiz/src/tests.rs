//! Quizzes from the outside: what is derived, and what each mistake is told.

use super::*;
use book_listing::testing::listing;
use book_trace::{Trace, model};

mod predictions;
mod variants;

fn catalog() -> Catalog {
    let lessons = ["01_stack_heap", "03_allocator"].map(String::from);
    let listings = vec![
        listing(
            "03_allocator/sizes.zig",
            "//@ run\n//@ title: Sizes\nconst a = 1;\n// ANCHOR: end\nconst b = 2;\n// ANCHOR_END: end\n",
            Some("one 1\ntwo 2\n"),
        ),
        listing(
            "03_allocator/sizes.rs",
            "//@ compile-error: E1\nlet a;\n",
            Some("error\n"),
        ),
        listing(
            "03_allocator/silent.zig",
            "//@ run\n//@ title: Silent\nconst a = 1;\n",
            None,
        ),
        listing(
            "03_allocator/traced.zig",
            "//@ run\n//@ trace\n//@ title: Traced\n    print(view);\n",
            Some(""),
        ),
        listing(
            "03_allocator/untaken.zig",
            "//@ run\n//@ trace\n//@ title: Untaken\nconst a = 1;\n",
            Some(""),
        ),
        listing(
            "03_allocator/leaky.zig",
            "//@ leak\n//@ title: Leaky\nconst gpa = init.gpa;\n    const a = gpa.alloc(u8, 3);\n_ = a;\nend();\nend();\n",
            Some("leaked, allocated at:\nleaky.zig:4:24: in main\n"),
        ),
        listing(
            "03_allocator/twice.zig",
            "//@ panic: no\n//@ title: Twice\nfail();\nfail();\n",
            Some("panic: no\ntwice.zig:3:1: in main\n"),
        ),
    ];
    Catalog::new(lessons.to_vec(), listings)
}

fn read(text: &str) -> (BTreeMap<String, Quiz>, Vec<Diagnostic>) {
    let path = Path::new("listings/03_allocator/quiz.toml");
    let file = ("03_allocator".into(), path.into(), text.as_bytes().into());
    read_all(vec![file], &catalog(), &traced)
}

/// One step: `scores` with two elements, and `view` of the second.
fn traced(listing: &Listing) -> anyhow::Result<Trace> {
    anyhow::ensure!(listing.id.stem == "traced", "nothing is recorded");
    let place = model::Statement {
        file: 0,
        line: 4,
        deferred: None,
    };
    let item = |index: u32, text: &str| model::Part {
        name: index.to_string(),
        offset: index * 4,
        size: 4,
        value: model::Value::Scalar(text.into()),
    };
    let object = |name: &str, value: model::Value| model::Object {
        key: model::ObjectKey::Variable(1, name.into()),
        name: name.into(),
        memory: model::Memory {
            ty: "T".into(),
            address: 0,
            size: 8,
            align: 4,
            value,
            bytes: String::new(),
        },
    };
    let pointer = model::Pointer {
        address: 4,
        len: Some(1),
        width: 4,
        target: model::Target::Object(model::ObjectKey::Variable(1, "scores".into()), 4),
        text: None,
    };
    let frame = model::Frame {
        id: 1,
        function: "main".into(),
        at: place,
        variables: vec![
            object(
                "scores",
                model::Value::Items(vec![item(0, "10"), item(1, "20")]),
            ),
            object("view", model::Value::Pointer(pointer)),
        ],
    };
    Ok(Trace {
        name: listing.id.to_string(),
        files: vec![listing.staged_path()],
        steps: vec![model::Step {
            next: Some(place),
            frames: vec![frame],
            ..model::Step::default()
        }],
        end: model::End::Returned,
    })
}

/// The only question of a quiz in which nothing is wrong.
fn question(body: &str) -> Question {
    let (quizzes, diagnostics) = read(&file(body));
    assert_eq!(diagnostics, []);
    quizzes["03_allocator"].questions[0].clone()
}

/// A quiz whose question has what every question needs, and `body` from line 5 on.
fn file(body: &str) -> String {
    format!("title = \"T\"\n[[question]]\nid = \"q\"\nprompt = \"P\"\n{body}\n")
}

/// The labels of the right options.
fn right(question: &Question) -> Vec<String> {
    let AnswerKind::Options(choices) = &question.kind else {
        panic!("no options");
    };
    choices
        .iter()
        .filter(|choice| choice.right)
        .map(|choice| match &choice.label {
            Label::Markdown(text) | Label::Code(text) => text.clone(),
        })
        .collect()
}

#[test]
fn a_choice_has_one_right_option_or_several() {
    let choice = question(
        "kind = \"choice\"\noptions = [ { text = \"a\", right = true, why = \"w\" }, { text = \"b\", why = \"w\" }, { text = \"c\", right = true, why = \"w\" } ]",
    );
    let mut right = right(&choice);
    right.sort();
    assert_eq!(right, ["a", "c"]);
}

#[test]
fn predictions_follow_the_listing() {
    let predict = |listing: &str, about: &str, options: &[&str]| {
        let options: Vec<String> = options
            .iter()
            .map(|answer| format!("{{ answer = '''{answer}''', why = \"w\" }}"))
            .collect();
        let question = question(&format!(
            "kind = \"predict\"\nlisting = \"{listing}\"\n{about}\noptions = [ {} ]",
            options.join(", ")
        ));
        right(&question).join("|")
    };
    assert_eq!(
        predict(
            "03_allocator/sizes",
            "about = \"output\"",
            &["one 1", "one 1\ntwo 2\n"]
        ),
        "one 1\ntwo 2"
    );
    assert_eq!(
        predict(
            "03_allocator/sizes",
            "about = \"output\"\noutput_line = 2",
            &["one 1", "two 2"]
        ),
        "two 2"
    );
    assert_eq!(
        predict(
            "03_allocator/leaky",
            "about = \"outcome\"",
            &["run", "leak"]
        ),
        "It runs to its end, and a leak is reported"
    );
    assert_eq!(
        predict(
            "03_allocator/sizes",
            "about = \"outcome\"\nlang = \"rs\"",
            &["run", "compile-error"]
        ),
        "It does not compile"
    );
    assert_eq!(
        predict(
            "03_allocator/leaky",
            "about = \"line\"",
            &["_ = a;", "const a = gpa.alloc(u8, 3);"]
        ),
        "const a = gpa.alloc(u8, 3);"
    );
}

#[test]
fn a_short_answer_is_a_line_of_the_output_or_what_the_author_accepts() {
    let typed = |body: &str| match question(&format!("kind = \"short\"\nwhy = \"w\"\n{body}")).kind
    {
        AnswerKind::Typed(typed) => typed.accept,
        other => panic!("{other:?}"),
    };
    let line = "listing = \"03_allocator/sizes\"\noutput_line = 2";
    assert_eq!(typed(line), ["two 2"]);
    assert_eq!(typed("accept = [\"4\", \"four\"]"), ["4", "four"]);
}

#[test]
fn what_is_left_out_of_a_diagram_is_known_from_the_trace() {
    let question = question(
        "kind = \"diagram\"\nlisting = \"03_allocator/traced\"\nstep = 1\nblanks = [ { at = \"view\", why = \"w\" }, { at = \"view.len\", why = \"w\" }, { at = \"scores[0]\", why = \"w\" } ]",
    );
    let AnswerKind::Diagram(diagram) = question.kind else {
        panic!("no diagram");
    };
    let right: Vec<&str> = diagram
        .blanks
        .iter()
        .map(|blank| blank.typed.accept[0].as_str())
        .collect();
    assert_eq!(right, ["scores[1]", "1", "10"]);
    assert_eq!(diagram.next, Some((4, "print(view);".into())));
    let places: Vec<bool> = diagram.blanks.iter().map(|blank| blank.is_place).collect();
    assert_eq!(places, [true, false, false]);
    // A field says what is typed there where that is no value, and gives no name of this or another program away.
    let html = crate::render::blanks(&diagram);
    let fields: Vec<&str> = html.split("<input ").skip(1).collect();
    assert_eq!(fields.len(), 3, "{html}");
    assert!(
        fields[0].contains(" placeholder=\"block or element\""),
        "{html}"
    );
    assert!(
        fields[1..]
            .iter()
            .all(|field| !field.contains("placeholder")),
        "{html}"
    );
    // Nothing in the picture tells: no arrow, no mark of what the slice views.
    let picture = diagram.picture;
    for part in [
        "len <mark>?2</mark> → <mark>?1</mark>",
        "<mark>?3</mark>",
        ">20<",
    ] {
        assert!(picture.contains(part), "{part}: {picture}");
    }
    for part in ["<svg", "x1", "10", "scores[1]"] {
        assert!(!picture.contains(part), "{part}: {picture}");
    }
}

#[test]
fn the_listings_of_a_quiz_are_known() {
    let (quizzes, _) = read(&file(
        "kind = \"short\"\nwhy = \"w\"\nlisting = \"03_allocator/sizes:end\"\noutput_line = 2",
    ));
    let shown: Vec<String> = quizzes["03_allocator"]
        .shown
        .iter()
        .map(Id::to_string)
        .collect();
    assert_eq!(shown, ["03_allocator/sizes"]);
}

#[test]
fn the_order_of_options_does_not_tell_and_that_of_lines_is_the_programs() {
    let body = |answers: [&str; 3]| {
        let options = answers.map(|answer| format!("{{ answer = \"{answer}\", why = \"w\" }}"));
        format!(
            "kind = \"predict\"\nlisting = \"03_allocator/leaky\"\nabout = \"line\"\noptions = [ {} ]",
            options.join(", ")
        )
    };
    let lines = [
        "const gpa = init.gpa;",
        "const a = gpa.alloc(u8, 3);",
        "_ = a;",
    ];
    let [a, b, c] = lines;
    assert_eq!(question(&body([c, a, b])).kind, question(&body(lines)).kind);
    let choice = |first: &str, second: &str| {
        question(&format!(
            "kind = \"choice\"\noptions = [ {first}, {second} ]"
        ))
        .kind
    };
    let (yes, no) = (
        "{ text = \"a\", right = true, why = \"w\" }",
        "{ text = \"b\", why = \"w\" }",
    );
    assert_eq!(choice(yes, no), choice(no, yes));
}

/// Each mistake: the quiz's question from line 5 on, the line of the diagnostic, and parts of its message and
/// hint.
const MISTAKES: &[(&str, usize, &str, &str)] = &[
    (
        "kind = \"short\"\naccept = [\"1\"]\nwhy = \"w\"\nlisting = \"03_allocator/size\"",
        8,
        "there is no listing `03_allocator/size`",
        "did you mean `03_allocator/sizes`",
    ),
    (
        "kind = \"short\"\naccept = [\"1\"]\nwhy = \"w\"\nlisting = \"03_allocator/sizes:start\"",
        8,
        "has no anchor `start`",
        "it has `end`",
    ),
    (
        "kind = \"short\"\naccept = [\"1\"]\nwhy = \"w\"\nlang = \"rs\"\nlisting = \"03_allocator/leaky\"",
        9,
        "`03_allocator/leaky` has no Rust twin",
        "write `listings/03_allocator/leaky.rs`",
    ),
    (
        "kind = \"choice\"\noptions = [\n{ text = \"a\", why = \"w\" },\n{ text = \"b\", why = \"w\" } ]",
        6,
        "no option is right",
        "`right = true`",
    ),
    (
        "kind = \"choice\"\noptions = [\n{ text = \"a\", right = true, why = \"w\" },\n{ text = \"a\", why = \"w\" } ]",
        8,
        "two options say the same",
        "change or remove one",
    ),
    (
        "kind = \"choice\"\noptions = [\n{ text = \"a\", right = true, why = \"w\" },\n{ text = \"b\" } ]",
        8,
        "the option has no `why`",
        "the misconception",
    ),
    (
        "kind = \"choice\"\noptions = [\n{ text = \"a\", right = true, why = \"w\" },\n{ text = \"b\", why = \" \" } ]",
        8,
        "`why` is empty",
        "write it",
    ),
    (
        "kind = \"choice\"\noptions = [\n{ text = \"a\", rigth = true, right = true, why = \"w\" },\n{ text = \"b\", why = \"w\" } ]",
        7,
        "the option has no key `rigth`",
        "did you mean `right`?",
    ),
    (
        "kind = \"choice\"\nabout = \"line\"\noptions = [\n{ text = \"a\", right = true, why = \"w\" },\n{ text = \"b\", why = \"w\" } ]",
        6,
        "the question `q` has no key `about`",
        "it knows",
    ),
    (
        "kind = \"predict\"\nlisting = \"03_allocator/leaky\"\nabout = \"outcome\"\noptions = [\n{ answer = \"run\", why = \"w\" },\n{ answer = \"panic\", why = \"w\" } ]",
        8,
        "no option is right: listings/03_allocator/leaky.zig:1 declares `leak`",
        "correct the option",
    ),
    (
        "kind = \"predict\"\nlisting = \"03_allocator/sizes\"\nabout = \"output\"\noutput_line = 1\noptions = [\n{ answer = \"one 1\", text = \"a\", why = \"w\" },\n{ answer = \"one 1 \", text = \"b\", why = \"w\" } ]",
        11,
        "two options are right: line 1 of listings/03_allocator/sizes.zig.out is `one 1`",
        "keep one",
    ),
    (
        "kind = \"predict\"\nlisting = \"03_allocator/leaky\"\nabout = \"outcome\"\noptions = [\n{ answer = \"leak\", why = \"w\" },\n{ answer = \"run\", right = true, why = \"w\" } ]",
        10,
        "derived, never marked",
        "remove `right`",
    ),
    (
        "kind = \"predict\"\nlisting = \"03_allocator/leaky\"\nabout = \"outcome\"\noptions = [\n{ answer = \"leak\", why = \"w\" },\n{ answer = \"crash\", why = \"w\" } ]",
        10,
        "`crash` is no outcome",
        "`compile-error`",
    ),
    (
        "kind = \"predict\"\nlisting = \"03_allocator/leaky\"\nabout = \"line\"\noptions = [\n{ answer = \"const a = gpa.alloc(u8, 3);\", why = \"w\" },\n{ answer = \"_ = b;\", why = \"w\" } ]",
        10,
        "`_ = b;` is no line that the question shows",
        "copy a line of listings/03_allocator/leaky.zig",
    ),
    (
        "kind = \"predict\"\nlisting = \"03_allocator/twice\"\nabout = \"line\"\noptions = [\n{ answer = \"fail();\", why = \"w\" },\n{ answer = \"fail();\", text = \"b\", why = \"w\" } ]",
        6,
        "`fail();`, is in the listing more than once",
        "told apart",
    ),
    (
        "kind = \"predict\"\nlisting = \"03_allocator/sizes\"\nabout = \"line\"\noptions = [\n{ answer = \"const a = 1;\", why = \"w\" },\n{ answer = \"const b = 2;\", why = \"w\" } ]",
        6,
        "names no line of it",
        "about = \"output\"",
    ),
    (
        "kind = \"predict\"\nlisting = \"03_allocator/silent\"\nabout = \"output\"\noptions = [\n{ answer = \"1\", why = \"w\" },\n{ answer = \"2\", why = \"w\" } ]",
        6,
        "nothing is recorded of `03_allocator/silent.zig`",
        "cargo xtask test-listings 03_allocator/silent --bless",
    ),
    (
        "kind = \"short\"\nlisting = \"03_allocator/sizes\"\noutput_line = 3\nwhy = \"w\"",
        7,
        "there is no line 3: listings/03_allocator/sizes.zig.out has 2",
        "correct `output_line`",
    ),
    (
        "kind = \"short\"\naccept = [\"Four\"]\nwhy = \"w\"\nnear = [\n{ answer = \" four\", why = \"w\" } ]",
        9,
        "is right, and cannot be a near answer too",
        "remove it",
    ),
    (
        "kind = \"short\"\nwhy = \"w\"",
        3,
        "the question `q` has no `accept`",
        "output_line = 1",
    ),
    (
        "kind = \"short\"\naccept = [\"1\"]\nwhy = \"w\"\nrecall = \"02_pointers\"",
        8,
        "there is no `02_pointers`",
        "the lessons are `01_stack_heap`, `03_allocator`",
    ),
    (
        "kind = \"short\"\naccept = [\"1\"]\nwhy = \"w\"\nrecall = \"03_allocator\"",
        8,
        "not before `03_allocator`",
        "earlier lesson",
    ),
    (
        "kind = \"essay\"",
        5,
        "`essay` is no kind of question",
        "`choice`, `predict`, `short` and `diagram`",
    ),
    (
        "kind = \"short\"\naccept = \"1\"\nwhy = \"w\"",
        6,
        "`accept` is of the type string",
        "[\"…\"]",
    ),
    (
        "kind = \"diagram\"\nlisting = \"03_allocator/sizes\"\nstep = 1\nblanks = [ { at = \"a\", why = \"w\" } ]",
        6,
        "`03_allocator/sizes` is not traced",
        "`//@ trace`",
    ),
    (
        "kind = \"diagram\"\nlisting = \"03_allocator/untaken\"\nstep = 1\nblanks = [ { at = \"a\", why = \"w\" } ]",
        6,
        "nothing is recorded",
        "cargo xtask test-listings 03_allocator/untaken --bless",
    ),
    (
        "kind = \"diagram\"\nlisting = \"03_allocator/traced\"\nstep = 2\nblanks = [ { at = \"view\", why = \"w\" } ]",
        7,
        "`03_allocator/traced` has steps 1 to 1",
        "cargo xtask trace 03_allocator/traced",
    ),
    (
        "kind = \"diagram\"\nlisting = \"03_allocator/traced\"\nblanks = [ { at = \"view\", why = \"w\" } ]",
        3,
        "the question `q` has no `step`",
        "`step = 4`",
    ),
    (
        "kind = \"diagram\"\nlisting = \"03_allocator/traced\"\nstep = 1\nblanks = [\n{ at = \"total\", why = \"w\" } ]",
        9,
        "no variable, global or block `total`",
        "cargo xtask trace 03_allocator/traced --step 1",
    ),
    (
        "kind = \"diagram\"\nlisting = \"03_allocator/traced\"\nstep = 1\nblanks = [\n{ at = \"view\", why = \"w\" }, { at = \"view\", why = \"w\" } ]",
        8,
        "`view` is not drawn at this step, or is blank twice",
        "something else",
    ),
    (
        "kind = \"diagram\"\nlisting = \"03_allocator/traced\"\nstep = 1\nblanks = [\n{ at = \"view\", why = \"w\", near = [ { answer = \"&scores[1]\", why = \"w\" } ] } ]",
        9,
        "`&scores[1]` is right",
        "the trace says `scores[1]`",
    ),
    ("kind = ", 5, "the file is no TOML", "toml.io"),
];

#[test]
fn every_mistake_is_told_with_its_line_and_its_mend() {
    for (body, line, message, hint) in MISTAKES {
        let (quizzes, diagnostics) = read(&file(body));
        let found = diagnostics.iter().any(|diagnostic| {
            diagnostic.line == Some(*line)
                && diagnostic.message.contains(message)
                && diagnostic
                    .hint
                    .as_ref()
                    .is_some_and(|text| text.contains(hint))
        });
        let told = book_support::diagnostic::render_all(&diagnostics);
        assert!(found, "wanted line {line}: {message}\n\n{body}\n\n{told}");
        let left = quizzes
            .values()
            .map(|quiz| quiz.questions.len())
            .sum::<usize>();
        assert_eq!(left, 0, "a question that is wrong was kept: {body}");
    }
}

#[test]
fn an_id_is_unique_in_the_book() {
    let text = file("kind = \"short\"\naccept = [\"1\"]\nwhy = \"w\"");
    let files = ["01_stack_heap", "03_allocator"].map(|lesson| {
        let path = PathBuf::from(format!("listings/{lesson}/quiz.toml"));
        (lesson.to_string(), path, text.clone().into_bytes())
    });
    let (quizzes, diagnostics) = read_all(files.to_vec(), &catalog(), &traced);
    assert_eq!(diagnostics.len(), 1);
    assert_eq!(
        diagnostics[0].path,
        Path::new("listings/03_allocator/quiz.toml")
    );
    assert_eq!(diagnostics[0].line, Some(3));
    assert!(
        diagnostics[0]
            .message
            .contains("listings/01_stack_heap/quiz.toml:3")
    );
    assert_eq!(quizzes["01_stack_heap"].questions.len(), 1);
}

#[test]
fn all_mistakes_of_a_file_are_told_at_once() {
    let text = "titel = \"T\"\n[[question]]\nid = \"A b\"\nkind = \"short\"\n[[question]]\nid = \"b\"\nprompt = \"P\"\nkind = \"short\"\naccept = [\"1\"]\n";
    let lines: Vec<Option<usize>> = read(text).1.iter().map(|found| found.line).collect();
    for line in [1, 3, 6] {
        assert!(lines.contains(&Some(line)), "line {line} of {lines:?}");
    }
}
