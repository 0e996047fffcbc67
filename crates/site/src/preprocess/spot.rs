//! Spot the bug: the wrong solutions of an exercise, each as a question. On the exercise's page they wait until a reader has
//! solved it or opened its solution (`theme/js/spot.js`); `{{#spot}}` is the place of one a day, from exercises that the reader
//! knows. Without a script they stand in a fold. Pure.

use std::fmt::Write;

use serde_json::json;

use super::directive::{Directive, check_options};
use super::{Context, DirectiveProblem};
use book_exercise::spot::{difference, reason};
use book_exercise::{Exercise, Kill, Mutant};
use book_listing::Language;
use book_listing::variant::LineChange;
use book_quiz::render::{explanations, options};
use book_quiz::{Choice, Label};
use book_support::html::{escape, one_line};
use book_support::visible::visible;
use book_toolchain::zig_output::without_pointer_addresses;

/// The wrong Zig programs that a test finds.
fn asked(exercise: &Exercise) -> impl Iterator<Item = (&Mutant, &Kill)> {
    let mutants = exercise.languages.get(&Language::Zig);
    mutants
        .into_iter()
        .flat_map(|files| &files.mutants)
        .filter_map(|mutant| Some((mutant, mutant.kill.as_ref()?)))
}

/// What ends the page of an exercise; nothing where there is no wrong program. `script` is the address of what shows it.
pub(crate) fn section(exercise: &Exercise, script: Option<&str>) -> String {
    let questions: Vec<String> = asked(exercise)
        .map(|(mutant, kill)| question(exercise, mutant, kill))
        .collect();
    if questions.is_empty() {
        return String::new();
    }
    let load = script.map_or_else(String::new, |script| format!(" data-load=\"{script}\""));
    format!(
        "<h2 id=\"spot\" class=\"spot-head\"><a class=\"header\" href=\"#spot\">Spot the bug</a></h2>\
         <p class=\"spot-when\">Programs that somebody might hand in, each with one mistake, and each found by a test. They wait \
         here until you have solved the exercise or opened the solution.</p>\
         <section class=\"spot\" data-pool=\"spot\"{load}><details class=\"fold wide\"><summary>{} wrong programs: which test \
         finds each?</summary>{}</details></section>",
        questions.len(),
        one_line(&questions.concat())
    )
}

fn question(exercise: &Exercise, mutant: &Mutant, kill: &Kill) -> String {
    let mut choices: Vec<Choice> = kill
        .others
        .iter()
        .map(|name| Choice {
            label: Label::Markdown(name.clone()),
            right: false,
            why: "This test does not fail.".to_string(),
        })
        .collect();
    choices.push(Choice {
        label: Label::Markdown(kill.test.clone()),
        right: true,
        why: reason(mutant),
    });
    // As the tests are: the place of the right one tells nothing.
    let tests = &exercise.languages[&Language::Zig].tests;
    choices.sort_by_key(|choice| match &choice.label {
        Label::Markdown(name) | Label::Code(name) => tests.find(name.as_str()),
    });
    let mut said = String::new();
    for sentence in &kill.said {
        let _ = write!(said, "<p class=\"spot-said\">{}</p>", escape(sentence));
    }
    let mut printed = escape(&visible(&without_pointer_addresses(
        &kill.printed.join("\n"),
    )));
    if !printed.is_empty() {
        printed = format!("<pre class=\"spot-said\"><samp>{printed}</samp></pre>");
    }
    format!(
        "<form class=\"quiz-question\" method=\"dialog\" autocomplete=\"off\" data-question=\"{}\"><fieldset>\
         <legend>Which test fails?</legend>{}{}</fieldset><details class=\"quiz-answer\"><summary>Answer and explanations\
         </summary><ul>{}</ul><p>What the test says:</p>{printed}{said}</details></form>",
        id(exercise, mutant),
        changes(exercise, mutant),
        options(&choices, &escape),
        explanations(&choices, &escape),
    )
}

/// Under what a reader's answer is kept.
fn id(exercise: &Exercise, mutant: &Mutant) -> String {
    format!("spot/{}/{}", exercise.name, mutant.name)
}

/// The difference to the solution, as lines with signs.
fn changes(exercise: &Exercise, mutant: &Mutant) -> String {
    let solution = &exercise.languages[&Language::Zig].solution;
    let mut html =
        String::from("<pre class=\"spot-code\" aria-label=\"The difference to the solution\">");
    for (index, lines) in difference(solution, &mutant.source).iter().enumerate() {
        if index > 0 {
            html.push_str("<span class=\"spot-gap\">⋯</span>&#10;");
        }
        for (sign, line) in lines {
            let line = escape(line);
            let _ = match sign {
                LineChange::Kept => write!(html, "  {line}&#10;"),
                LineChange::Gone => write!(html, "<del>− {line}&#10;</del>"),
                LineChange::New => write!(html, "<ins>+ {line}&#10;</ins>"),
            };
        }
    }
    html + "</pre>"
}

/// `{{#spot}}`: one wrong program a day.
pub(crate) fn render(directive: &Directive, context: &Context) -> Result<String, DirectiveProblem> {
    check_options(directive, &[])?;
    if !directive.arguments.is_empty() {
        return Err(DirectiveProblem::new("`{{#spot}}` takes no arguments"));
    }
    Ok(daily(
        context.exercises.iter(),
        context.offers.spot.as_deref(),
    ))
}

fn daily<'a>(exercises: impl Iterator<Item = &'a Exercise>, script: Option<&str>) -> String {
    let names: serde_json::Map<String, serde_json::Value> = exercises
        .map(|exercise| {
            let ids: Vec<String> = asked(exercise)
                .map(|(mutant, _)| id(exercise, mutant))
                .collect();
            (format!("exercises/{}", exercise.name), json!(ids))
        })
        .collect();
    let load = script.map_or_else(String::new, |script| format!(" data-load=\"{script}\""));
    format!(
        "<section class=\"spot\" data-pool=\"spot\"{load} data-daily=\"{}\"><p>Each exercise ends with wrong programs to look \
         through, under <em>Spot the bug</em>.</p></section>",
        escape(&json!(names).to_string())
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use book_exercise::testing;

    fn exercise() -> Exercise {
        let mut exercise = testing::exercise();
        let files = exercise.languages.get_mut(&Language::Zig).unwrap();
        files.tests = "test \"Zero\" {}\ntest \"Double doubles\" {}\n".to_string();
        let kill = Kill {
            test: "Double doubles".to_string(),
            said: vec!["Look <again>.".to_string()],
            printed: vec!["expected u8@18b9875".to_string(), "found \0".to_string()],
            others: vec!["Zero".to_string()],
        };
        let source = "//@ killed-by: Double\n// Adds one.\n\npub fn double(x: u8) u8 {\n    return x + 1;\n}\n";
        files.mutants.push(Mutant {
            name: "adds_one".to_string(),
            killed_by: "Double".to_string(),
            source: source.to_string(),
            kill: Some(kill),
        });
        exercise
    }

    #[test]
    fn a_wrong_program_is_a_question_whose_answer_the_check_saw() {
        let html = section(&exercise(), Some("generated/spot.js"));
        for part in [
            "data-load=\"generated/spot.js\"",
            "data-question=\"spot/03_allocator/adds_one\"",
            "<del>−     return 2 * x;&#10;</del><ins>+     return x + 1;&#10;</ins>",
            "<b>A</b> <span>Zero</span>",
            "<b>B</b> <span>Double doubles</span>",
            "<li data-right><b>B is right.</b> <span class=\"quiz-why\">Adds one.</span></li>",
            "<samp>expected u8@…&#10;found ␀</samp>",
            "<p class=\"spot-said\">Look &lt;again&gt;.</p>",
        ] {
            assert!(html.contains(part), "{part}\n{html}");
        }
        let fold = html.find("<details").unwrap();
        let told = html.find("Double doubles").unwrap();
        assert!(fold < told, "nothing tells outside the fold");
        assert!(!html.contains('\n'), "a blank line would end the HTML");
    }

    #[test]
    fn what_no_test_finds_is_not_asked() {
        let mut exercise = exercise();
        for files in exercise.languages.values_mut() {
            for mutant in &mut files.mutants {
                mutant.kill = None;
            }
        }
        assert_eq!(section(&exercise, None), "");
    }

    #[test]
    fn the_place_of_one_a_day_knows_all_and_tells_none() {
        let html = daily([exercise()].iter(), None);
        assert!(html.contains(
            "data-daily=\"{&quot;exercises/03_allocator&quot;:[&quot;spot/03_allocator/adds_one&quot;]}\""
        ), "{html}");
        assert!(!html.contains("Double doubles"));
    }
}
