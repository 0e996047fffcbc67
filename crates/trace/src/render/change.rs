//! What a step changed, in short phrases: what a reader is asked to predict. Pure.

use std::collections::BTreeMap;

use super::{labels, sentence};
use crate::model::{Key, Part, Step, Trace, Value, What, letters};

/// How many wrong answers a question has.
const WRONG: usize = 2;
const NOTHING: &str = "nothing in memory changes";

/// What happened between the step before `index` and it, for people. Never empty.
pub fn phrases(trace: &Trace, index: usize) -> Vec<String> {
    let Some(step) = trace.steps.get(index) else {
        return Vec::new();
    };
    let mut phrases = told(trace, index);
    // That a function returns changes nothing by itself.
    let returns: Vec<String> = (step.events.iter())
        .filter_map(|event| match &event.what {
            What::Return { function, .. } => Some(format!("{function} returns")),
            _ => None,
        })
        .collect();
    phrases.retain(|phrase| !returns.contains(phrase));
    if !step.output.is_empty() {
        phrases.push(format!("it prints {}", step.output.trim_end()));
    }
    if phrases.is_empty() {
        phrases.push(NOTHING.into());
    }
    phrases.truncate(3);
    phrases
}

/// What happened at a step and what it changed. A value that is returned and kept is told once: where it is kept.
pub fn told(trace: &Trace, index: usize) -> Vec<String> {
    let Some(step) = trace.steps.get(index) else {
        return Vec::new();
    };
    let changes = index
        .checked_sub(1)
        .and_then(|before| trace.steps.get(before))
        .map_or_else(Vec::new, |before| changes(before, step));
    let is_kept = |value: &Value| {
        let text = labels::value(step, value);
        let kept = |change: &String| {
            change.ends_with(&format!(" is {text}"))
                || change.ends_with(&format!(" becomes {text}"))
        };
        changes.iter().any(kept)
    };
    let mut told: Vec<String> = step
        .events
        .iter()
        .map(|event| match &event.what {
            What::Return {
                function,
                value: Some(value),
            } if is_kept(value) => format!("{function} returns"),
            _ => sentence::of_event(step, event),
        })
        .collect();
    told.extend(changes);
    told
}

/// Variables and blocks that hold something else now, or are new. Of what has parts, only the parts that changed.
pub fn changes(before: &Step, step: &Step) -> Vec<String> {
    let old = values(before);
    let mut changes = Vec::new();
    for (key, (name, value)) in values(step) {
        match old.get(&key) {
            Some((_, old)) => compare(step, &name, old, value, &mut changes),
            None if matches!(key, Key::Variable(..)) && !called(step) => {
                changes.push(format!("{name} is {}", labels::value(step, value)));
            }
            None => {}
        }
    }
    changes
}

fn compare(step: &Step, name: &str, old: &Value, new: &Value, changes: &mut Vec<String>) {
    match (old, new) {
        (Value::Opaque, _) | (_, Value::Opaque) => {}
        // What it views has changed, and is told of that.
        (Value::Pointer(a), Value::Pointer(b))
            if (a.address, a.len, &a.target) == (b.address, b.len, &b.target) => {}
        (Value::Fields(a), Value::Fields(b)) if same_names(a, b) => {
            for (a, b) in a.iter().zip(b) {
                let name = format!("{name}{}", crate::text::field(&b.name));
                compare(step, &name, &a.value, &b.value, changes);
            }
        }
        (Value::Items(a), Value::Items(b)) if same_names(a, b) && differ(a, b) == 1 => {
            for (a, b) in a.iter().zip(b) {
                let name = format!("{}[{}]", name.trim_start_matches("block "), b.name);
                compare(step, &name, &a.value, &b.value, changes);
            }
        }
        (old, new) if old == new => {}
        (_, new) => changes.push(format!("{name} becomes {}", labels::value(step, new))),
    }
}

fn same_names(a: &[Part], b: &[Part]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.name == b.name)
}

fn differ(a: &[Part], b: &[Part]) -> usize {
    a.iter().zip(b).filter(|(a, b)| a.value != b.value).count()
}

fn called(step: &Step) -> bool {
    step.events
        .iter()
        .any(|event| matches!(event.what, What::Call { .. }))
}

fn values(step: &Step) -> BTreeMap<Key, (String, &Value)> {
    let variables = step.frames.iter().flat_map(|frame| &frame.variables);
    let mut values: BTreeMap<Key, (String, &Value)> = variables
        .chain(&step.statics)
        .map(|object| {
            let value = &object.memory.value;
            (object.key.clone(), (object.name.clone(), value))
        })
        .filter(|(_, (_, value))| **value != Value::Opaque)
        .collect();
    for block in &step.blocks {
        let key = Key::Block(block.id);
        if block.memory.value != Value::Opaque {
            values.insert(
                key,
                (format!("block {}", letters(block.id)), &block.memory.value),
            );
        }
    }
    values
}

/// A question about what the statement before step `index` does: the phrases that may answer it, the right one
/// first. `wrong` are the author's. The others are made from the right one, as somebody would have it who takes
/// another block or thinks that nothing happens; then come what other statements of the program do.
pub fn options(trace: &Trace, index: usize, wrong: &[&str]) -> Vec<String> {
    let (Some(step), false) = (trace.steps.get(index), trace.steps.is_empty()) else {
        return Vec::new();
    };
    let right = phrases(trace, index).join("; ");
    let mut candidates: Vec<String> = wrong.iter().map(|text| (*text).to_string()).collect();
    if wrong.len() < WRONG {
        candidates.extend(other_names(step, &right));
        candidates.push(NOTHING.into());
        let mut others: Vec<(usize, String)> = (1..trace.steps.len())
            // What is printed elsewhere would tell too much.
            .filter(|&other| trace.steps[other].output.is_empty())
            .map(|other| (other.abs_diff(index), phrases(trace, other).join("; ")))
            .collect();
        others.sort();
        candidates.extend(others.into_iter().map(|(_, phrase)| phrase));
    }
    let mut options = vec![right];
    for phrase in candidates {
        if options.len() > WRONG {
            break;
        }
        if !options.contains(&phrase) {
            options.push(phrase);
        }
    }
    options
}

/// The right answer with each block that it names exchanged for another one, or each target of a pointer.
fn other_names(step: &Step, right: &str) -> Vec<String> {
    let blocks: Vec<String> = step.blocks.iter().map(|block| letters(block.id)).collect();
    let named = |name: &&String| {
        let patterns = [format!("block {name}"), format!("→ {name}")];
        patterns.iter().any(|pattern| has_word(right, pattern))
    };
    let Some(name) = blocks.iter().find(named) else {
        return Vec::new();
    };
    blocks
        .iter()
        .rev()
        .filter(|other| *other != name)
        .take(1)
        .map(|other| exchange(&exchange(right, "block ", name, other), "→ ", name, other))
        .collect()
}

fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let after = text[at + word.len()..].chars().next();
        after.is_none_or(|next| !next.is_ascii_alphanumeric())
    })
}

/// `text` with `name` exchanged for `other`, and `other` for `name`, where `before` stands before them.
fn exchange(text: &str, before: &str, name: &str, other: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(before) {
        let (head, tail) = rest.split_at(at + before.len());
        out.push_str(head);
        let end = tail
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(tail.len());
        out.push_str(match &tail[..end] {
            word if word == name => other,
            word if word == other => name,
            word => word,
        });
        rest = &tail[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_exchanged_for_each_other_and_nothing_else() {
        assert_eq!(
            exchange(
                "free block A (8 bytes); x becomes → A, freed",
                "block ",
                "A",
                "B"
            ),
            "free block B (8 bytes); x becomes → A, freed"
        );
        assert_eq!(exchange("→ AB; → B", "→ ", "A", "B"), "→ AB; → A");
        assert!(has_word("free block A (8 bytes)", "block A"));
        assert!(!has_word("free block AB", "block A"));
    }
}
