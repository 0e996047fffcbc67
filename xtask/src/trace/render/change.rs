//! What a step changed, in short phrases: what a reader is asked to predict. Pure.

use std::collections::BTreeMap;

use super::{labels, sentence};
use crate::trace::model::{Key, Step, Trace, What};
use crate::trace::text;

/// What happened between the step before `index` and it, for people. Never empty.
pub fn phrases(trace: &Trace, index: usize) -> Vec<String> {
    let Some(step) = trace.steps.get(index) else {
        return Vec::new();
    };
    let mut phrases: Vec<String> = step
        .events
        .iter()
        .filter(|event| !matches!(event.what, What::Return { value: None, .. }))
        .map(sentence::of_event)
        .collect();
    if let Some(before) = index
        .checked_sub(1)
        .and_then(|before| trace.steps.get(before))
    {
        phrases.extend(changes(before, step));
    }
    if !step.output.is_empty() {
        phrases.push(format!("it prints {}", step.output.trim_end()));
    }
    if phrases.is_empty() {
        phrases.push("nothing in memory changes".into());
    }
    phrases.truncate(3);
    phrases
}

/// Variables and blocks that hold something else now, or are new.
pub fn changes(before: &Step, step: &Step) -> Vec<String> {
    let old = values(before);
    let mut changes = Vec::new();
    for (key, (name, value)) in values(step) {
        match old.get(&key) {
            Some((_, old)) if *old == value => {}
            Some(_) => changes.push(format!("{name} becomes {value}")),
            None if matches!(key, Key::Variable(..)) && called(step) => {}
            None if matches!(key, Key::Variable(..)) => {
                changes.push(format!("{name} is {value}"));
            }
            None => {}
        }
    }
    changes
}

fn called(step: &Step) -> bool {
    step.events
        .iter()
        .any(|event| matches!(event.what, What::Call { .. }))
}

fn values(step: &Step) -> BTreeMap<Key, (String, String)> {
    let variables = step.frames.iter().flat_map(|frame| &frame.variables);
    let mut values: BTreeMap<Key, (String, String)> = variables
        .chain(&step.statics)
        .map(|object| {
            let value = labels::value(step, &object.memory.value);
            (object.key.clone(), (object.name.clone(), value))
        })
        .collect();
    for block in &step.blocks {
        let key = Key::Block(block.id);
        let value = labels::value(step, &block.memory.value);
        if value != "…" {
            values.insert(key.clone(), (text::key(&key), value));
        }
    }
    values
}

/// A question about what the statement before step `index` does: the phrases that may answer it, the right
/// one first. The others are what other statements of the same program do.
pub fn options(trace: &Trace, index: usize) -> Vec<String> {
    let right = phrases(trace, index).join("; ");
    let mut options = vec![right];
    let mut candidates: Vec<(usize, String)> = (1..trace.steps.len())
        .map(|other| (other.abs_diff(index), phrases(trace, other).join("; ")))
        .collect();
    candidates.sort();
    for (_, phrase) in candidates {
        if options.len() == 3 {
            break;
        }
        if !options.contains(&phrase) {
            options.push(phrase);
        }
    }
    options
}
