//! What chapters ask before they show what happens.

use super::*;

/// What is said of a quiz whose prediction has `body` from line 9 on.
fn told_of_prediction(body: &str) -> Vec<String> {
    let question = file("kind = \"short\"\naccept = [\"1\"]\nwhy = \"w\"");
    let (quizzes, diagnostics) = read(&format!(
        "{question}[[prediction]]\nid = \"p\"\nprompt = \"P\"\n{body}\n"
    ));
    let read = quizzes["03_allocator"].predictions.iter();
    let is_read = read.filter(|question| question.id == "p").count() == 1;
    assert_eq!(
        is_read,
        diagnostics
            .iter()
            .all(|diagnostic| diagnostic.message.contains("the id"))
    );
    let told =
        |diagnostic: &Diagnostic| format!("{}: {}", diagnostic.line.unwrap(), diagnostic.message);
    diagnostics.iter().map(told).collect()
}

#[test]
fn predictions_of_chapters_are_read_like_questions_and_need_no_explanation() {
    assert_eq!(
        told_of_prediction(
            "listing = \"03_allocator/leaky\"\nabout = \"outcome\"\noptions = [ { answer = \"leak\" }, { answer = \"run\", why = \"w\" } ]"
        ),
        [""; 0]
    );
    assert_eq!(
        told_of_prediction("options = [ { text = \"a\", right = true }, { text = \"b\" } ]"),
        [""; 0]
    );
    assert_eq!(
        told_of_prediction(
            "listing = \"03_allocator/sizes\"\nabout = \"output\"\noutput_line = 1\noptions = [ { answer = \"3\" }, { answer = \"4\" } ]"
        ),
        ["14: no option is right: line 1 of listings/03_allocator/sizes.zig.out is `one 1`"]
    );
    assert_eq!(
        told_of_prediction(
            "options = [ { text = \"a\", right = true }, { text = \"b\", right = true }, { text = \"c\" } ]"
        ),
        ["11: the prediction `p` has 3 options, 2 of them right"]
    );
    assert_eq!(
        told_of_prediction(
            "about = \"outcome\"\noptions = [ { answer = \"run\" }, { answer = \"leak\" } ]"
        ),
        ["9: the prediction `p` has no `listing`"]
    );
}

#[test]
fn ids_of_predictions_and_questions_are_one_list() {
    let told = told_of_prediction(
        "options = [ { text = \"a\", right = true }, { text = \"b\" } ]\n[[prediction]]\nid = \"q\"\nprompt = \"P\"\noptions = [ { text = \"a\", right = true }, { text = \"b\" } ]",
    );
    assert_eq!(
        told,
        ["13: the id `q` is taken: listings/03_allocator/quiz.toml:3 has it"]
    );
}
