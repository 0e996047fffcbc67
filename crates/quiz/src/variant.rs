//! What a reader is asked of a variant before its outcome is shown: "what happens then?", with options that could be, of
//! which the records tell the right one. Pure.

use std::fmt::Write;

use book_listing::{Expectation, Listing};
use book_support::html::escape;

/// The most options of a question.
const MOST: usize = 4;

/// An outcome, seen from the listing that is varied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum VariantOutcome {
    /// Nothing changes that matters.
    Same,
    /// The same kind of outcome, but not the same.
    Otherwise,
    /// It runs to its end, or its tests pass.
    Well,
    DoesNotCompile,
    /// It panics, or a test fails.
    Stops,
    Leaks,
}

/// The options, in an order that tells nothing, and the index of the right one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariantQuestion {
    /// Words for what may become of the program.
    pub options: Vec<&'static str>,
    /// In `options`, counted from 0.
    pub right: usize,
}

/// The name under which a reader's answer is kept.
pub fn question_id(variant: &Listing) -> String {
    format!("{}-{}", variant.id.lesson, variant.id.stem)
}

/// What is asked of a variant.
pub fn ask(listing: &Listing, variant: &Listing) -> VariantQuestion {
    let (before, after) = (
        &listing.declaration.expectation,
        &variant.declaration.expectation,
    );
    let right = if before.word() != after.word() {
        kind(after)
    } else if essence(listing) == essence(variant) {
        VariantOutcome::Same
    } else {
        VariantOutcome::Otherwise
    };
    let is_test = is_test(listing) || is_test(variant);
    let could_leak = !is_test && variant.source.contains("gpa");
    let mut outcomes = vec![
        VariantOutcome::Same,
        VariantOutcome::Otherwise,
        VariantOutcome::Well,
        VariantOutcome::DoesNotCompile,
        VariantOutcome::Stops,
        VariantOutcome::Leaks,
    ];
    outcomes.retain(|&outcome| {
        let possible = match outcome {
            VariantOutcome::Same => true,
            // Tests that pass, pass in one way.
            VariantOutcome::Otherwise => *before != Expectation::Test,
            VariantOutcome::Leaks => could_leak && kind(before) != outcome,
            _ => kind(before) != outcome,
        };
        possible || outcome == right
    });
    // Which wrong one is left out differs from question to question, or it would tell.
    let mut turn: usize = question_id(variant).bytes().map(usize::from).sum();
    while outcomes.len() > MOST {
        let wrong: Vec<usize> = (1..outcomes.len())
            .filter(|&at| outcomes[at] != right)
            .collect();
        outcomes.remove(wrong[turn % wrong.len()]);
        turn /= wrong.len();
    }
    VariantQuestion {
        right: outcomes
            .iter()
            .position(|&outcome| outcome == right)
            .unwrap_or_default(),
        options: outcomes
            .into_iter()
            .map(|outcome| label(outcome, before, is_test))
            .collect(),
    }
}

fn kind(expectation: &Expectation) -> VariantOutcome {
    match expectation {
        Expectation::Run | Expectation::Test => VariantOutcome::Well,
        Expectation::CompileError(_) => VariantOutcome::DoesNotCompile,
        Expectation::Panic(_) | Expectation::TestFailure(_) => VariantOutcome::Stops,
        Expectation::Leak => VariantOutcome::Leaks,
    }
}

/// Whether it is built as a test program; of what does not build, the program tells.
fn is_test(listing: &Listing) -> bool {
    match &listing.declaration.expectation {
        Expectation::CompileError(_) => !listing.source.contains("pub fn main("),
        expectation => expectation.is_test(),
    }
}

fn label(outcome: VariantOutcome, before: &Expectation, is_test: bool) -> &'static str {
    match (outcome, before) {
        (VariantOutcome::Same, Expectation::Run) => "It prints the same",
        (VariantOutcome::Same, Expectation::Test) => "The tests still pass",
        (VariantOutcome::Same, Expectation::CompileError(_)) => {
            "It still does not compile, for the same reason"
        }
        (VariantOutcome::Same, Expectation::Panic(_)) => "It still panics, for the same reason",
        (VariantOutcome::Same, Expectation::Leak) => "It still leaks the same",
        (VariantOutcome::Same, Expectation::TestFailure(_)) => "The same test still fails",
        (VariantOutcome::Otherwise, Expectation::Run) => "It prints something else",
        (VariantOutcome::Otherwise, Expectation::Test) => "The tests pass otherwise",
        (VariantOutcome::Otherwise, Expectation::CompileError(_)) => {
            "It does not compile, for another reason"
        }
        (VariantOutcome::Otherwise, Expectation::Panic(_)) => "It panics, for another reason",
        (VariantOutcome::Otherwise, Expectation::Leak) => "It leaks, but something else",
        (VariantOutcome::Otherwise, Expectation::TestFailure(_)) => {
            "A test fails, for another reason"
        }
        (VariantOutcome::Well, _) if is_test => "All tests pass",
        (VariantOutcome::Well, _) => "It runs to its end, and nothing is wrong",
        (VariantOutcome::DoesNotCompile, _) => "It does not compile",
        (VariantOutcome::Stops, _) if is_test => "A test fails or leaks",
        (VariantOutcome::Stops, _) => "It panics",
        (VariantOutcome::Leaks, _) => "It leaks",
    }
}

/// What was recorded, without what any change of the source changes: places, lines of the source, the file's own name.
fn essence(listing: &Listing) -> String {
    let recorded = listing.recorded.as_deref().unwrap_or_default();
    let stem = listing.id.stem.as_str();
    let end = format!(".{}", listing.language.extension());
    let mut essence = String::new();
    let mut after_place = false;
    for line in recorded.lines() {
        let place = line
            .split_once(&end)
            .filter(|(_, rest)| rest.starts_with(':'));
        let said = match place {
            Some((_, rest)) => {
                let numbers = |c: char| c == ':' || c.is_ascii_digit();
                after_place = true;
                rest.trim_start_matches(numbers)
            }
            // The line itself and the mark under it.
            None if after_place && line.starts_with([' ', '\t']) => continue,
            None => {
                after_place = false;
                line
            }
        };
        essence.push_str(&said.replace(&format!("{stem}."), ""));
        essence.push('\n');
    }
    if listing.declaration.expectation == Expectation::Test {
        // How many they are does not matter.
        essence.clear();
    }
    essence
}

/// The question as a form, which holds no word of the answer but which option it is.
pub fn form(listing: &Listing, variant: &Listing) -> String {
    let VariantQuestion { options, right } = ask(listing, variant);
    let id = escape(&question_id(variant));
    let mut html = format!(
        "<form class=\"predict\" method=\"dialog\" autocomplete=\"off\" data-predict=\"{id}\" data-right=\"{right}\">\
         <fieldset><legend>What happens then?</legend><ul class=\"quiz-options\">"
    );
    for option in options {
        let _ = write!(
            html,
            "<li><label><input type=\"radio\" name=\"answer\"> <span>{option}</span></label></li>"
        );
    }
    html.push_str(crate::prediction::END);
    html
}
