//! Every question that the recorded listings of the book could ask, held against the recorded state by what the
//! answers say.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::*;
use crate::model::letters;
use crate::snapshot;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The files below a folder whose names end like this.
fn files(folder: &Path, end: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, end, found);
        } else if path.to_string_lossy().ends_with(end) {
            found.push(path);
        }
    }
}

fn traces() -> Vec<Trace> {
    let mut paths = Vec::new();
    files(&repository().join("listings"), ".trace.json", &mut paths);
    paths.sort();
    let read = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).expect("a trace");
        snapshot::read(&text).expect("a trace")
    };
    let traces: Vec<Trace> = paths.iter().map(read).collect();
    assert!(traces.len() > 40, "only {} traces", traces.len());
    traces
}

/// The word after each of these in a text, of capital letters: the name of a block.
fn blocks_after<'t>(text: &'t str, mark: &str) -> Vec<&'t str> {
    let found = text.match_indices(mark).map(|(at, _)| {
        let rest = &text[at + mark.len()..];
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        &rest[..end.unwrap_or(rest.len())]
    });
    let is_block = |word: &&str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_uppercase());
    found.filter(is_block).collect()
}

/// What cannot be in an answer about the step after `before`.
fn impossible(trace: &Trace, index: usize, answer: &str) -> Option<String> {
    let (before, step) = (&trace.steps[index - 1], &trace.steps[index]);
    let mut known: BTreeSet<String> = BTreeSet::new();
    for block in before.blocks.iter().chain(&step.blocks) {
        known.insert(letters(block.id));
    }
    known.insert(letters(next_block(trace, index)));
    for event in &step.events {
        if let EventKind::Alloc { block, .. } = event.what {
            known.insert(letters(block));
        }
    }
    let named = blocks_after(answer, "block ")
        .into_iter()
        .chain(blocks_after(answer, "→ "));
    for name in named {
        let is_static = step
            .statics
            .iter()
            .chain(&before.statics)
            .any(|object| object.name == name);
        if !known.contains(name) && !is_static {
            return Some(format!("there is no {name}"));
        }
    }
    for clause in answer.split("; ") {
        if let Some(rest) = clause.strip_prefix("free block ") {
            let (name, rest) = rest.split_once(" (").expect("a size");
            let size = rest.split_once(" bytes").expect("bytes").0;
            let is_there = before.blocks.iter().any(|block| {
                letters(block.id) == name
                    && !block.state.is_freed()
                    && block.memory.size.to_string() == size
            });
            if !is_there {
                return Some(format!("{name} is not live with {size} bytes"));
            }
        }
        if let Some((name, _)) = clause.split_once(" becomes ") {
            let name = name.trim_start_matches("block ");
            let end = name.find(['.', '[']).unwrap_or(name.len());
            let root = &name[..end];
            let frames = before.frames.iter().chain(&step.frames);
            let mut objects = frames
                .flat_map(|frame| &frame.variables)
                .chain(&before.statics);
            if !known.contains(root) && !objects.any(|object| object.name == root) {
                return Some(format!("there is no {root}"));
            }
        }
    }
    None
}

#[test]
fn every_wrong_answer_is_possible_and_wrong() {
    let (mut asked, mut full, mut nothing) = (0, 0, 0);
    for trace in traces() {
        for index in 1..trace.steps.len() {
            let options = options(&trace, index, &[]);
            let place = format!("{} step {}: {options:?}", trace.name, index + 1);
            let different: BTreeSet<&String> = options.iter().collect();
            assert_eq!(different.len(), options.len(), "{place}");
            for wrong in &options[1..] {
                assert_eq!(impossible(&trace, index, wrong), None, "{wrong} in {place}");
            }
            asked += 1;
            full += usize::from(options.len() > WRONG);
            let says_nothing = sentence::of_change(&trace.steps[index], &StepChange::Nothing);
            nothing += usize::from(options[1..].contains(&says_nothing));
        }
    }
    // It is no way out: where something else can be wrong, it is not offered.
    assert!(
        full * 10 > asked * 6,
        "{full} of {asked} have {WRONG} wrong answers"
    );
    assert!(
        nothing * 10 < asked,
        "{nothing} of {asked} say in vain that nothing happens"
    );
}

#[test]
fn that_nothing_happens_is_right_about_as_often_as_the_book_offers_it() {
    let traces = traces();
    let mut pages = Vec::new();
    files(&repository().join("src"), ".md", &mut pages);
    let (mut asked, mut offered, mut right) = (0, 0, 0);
    for page in pages {
        let text = std::fs::read_to_string(page).expect("a page");
        for directive in text.split("{{#").skip(1) {
            let directive = directive.split("}}").next().unwrap_or("");
            let Some((_, rest)) = directive.split_once("predict=") else {
                continue;
            };
            let name = directive.split_whitespace().nth(1).unwrap_or("");
            let digits = rest
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(rest.len());
            let (Ok(step), Some(trace)) = (
                rest[..digits].parse::<usize>(),
                traces.iter().find(|trace| trace.name == name),
            ) else {
                continue;
            };
            let options = options(trace, step - 1, &[]);
            assert!(options.len() > 1, "{name} asks nothing at step {step}");
            let says = sentence::of_change(&trace.steps[step - 1], &StepChange::Nothing);
            asked += 1;
            right += usize::from(options[0] == says);
            offered += usize::from(options.contains(&says));
        }
    }
    assert!(asked > 0, "no page asks");
    assert!(
        offered <= 3 * right.max(1),
        "offered {offered} times, right {right} times"
    );
}

#[test]
fn the_last_number_that_is_printed_is_another() {
    assert_eq!(printed_instead("a 12, b 7!"), ["a 12, b 8!", "a 12, b 6!"]);
    assert_eq!(printed_instead("é0"), ["é1"]);
    assert_eq!(printed_instead("none"), [""; 0]);
}

#[test]
fn a_pointer_that_loses_its_target_is_marked_and_told_as_that_and_not_as_changed() {
    use crate::render::picture::{picture, regions};
    let mut seen = 0;
    for trace in traces() {
        let regions = regions(&trace.steps);
        for index in 1..trace.steps.len() {
            let lost = change::of_step(&trace, index).into_iter().any(|change| {
                let is_whole = |name: &str| !name.contains(['.', '[']) && !name.starts_with("block ");
                matches!(&change, StepChange::Dangles { key: ObjectKey::Variable(..), name, .. } if is_whole(name))
            });
            let (_, said) = picture(&trace.steps[index - 1], regions, None, &[]);
            let (picture, _) = picture(&trace.steps[index], regions, Some(&said), &[]);
            let marked = picture.stack.iter().any(|html| html.contains(" lost\""));
            assert!(marked || !lost, "{} step {}", trace.name, index + 1);
            seen += usize::from(lost);
            // It holds what it held: it has not become anything.
            let said = sentence::html(&trace, index);
            for change in change::of_step(&trace, index) {
                if let StepChange::Dangles { name, .. } = &change {
                    let words = sentence::of_change(&trace.steps[index], &change);
                    assert!(
                        words.starts_with(&format!("{name} is left dangling: ")),
                        "{words}"
                    );
                    assert!(!said.contains(&format!("{name} becomes")), "{said}");
                }
            }
        }
    }
    assert!(seen > 5, "only {seen} pointers lose their target");
}
