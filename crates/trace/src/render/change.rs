//! What a step changed, as data: found by comparing two steps, and worded last, by [`super::sentence`]. Pure.

use std::collections::BTreeMap;

use crate::model::{EventKind, ObjectKey, Part, Pointer, Step, Target, Trace, Value, letters};
use crate::text::is_untouched;

/// Something that a step changed.
#[derive(Clone, Debug, PartialEq)]
pub enum StepChange {
    /// The program did something that was recorded.
    Did(EventKind),
    /// A variable is there now.
    Is {
        /// The object that is there now.
        key: ObjectKey,
        /// As a reader names it: `sum`, `points[1].x`.
        name: String,
        /// What it holds from the start.
        value: Value,
    },
    /// A variable, a block or a part of one holds something else. `from` is what it held.
    Becomes {
        /// The object that it is part of.
        key: ObjectKey,
        /// As a reader names it.
        name: String,
        /// What it held.
        from: Value,
        /// What it holds now.
        value: Value,
    },
    /// A pointer holds what it held, and what it points to has gone.
    Dangles {
        /// The object that the pointer is part of.
        key: ObjectKey,
        /// As a reader names it.
        name: String,
        /// As it is now, its target gone.
        pointer: Pointer,
    },
    /// Text was printed: all that this step adds, without the last ends of lines.
    Prints(String),
    /// Nothing in memory.
    Nothing,
}

/// How many changes a question's answer names.
const ASKED: usize = 3;

/// What a reader is asked to predict: what happened between the step before `index` and it. Never empty.
pub fn asked(trace: &Trace, index: usize) -> Vec<StepChange> {
    let Some(step) = trace.steps.get(index) else {
        return Vec::new();
    };
    let mut changes = of_step(trace, index);
    // That a function returns changes nothing by itself.
    changes.retain(|change| {
        !matches!(
            change,
            StepChange::Did(EventKind::Return { value: None, .. })
        )
    });
    if !step.output.is_empty() {
        changes.push(StepChange::Prints(step.output.trim_end().to_string()));
    }
    if changes.is_empty() {
        changes.push(StepChange::Nothing);
    }
    changes.truncate(ASKED);
    changes
}

/// What happened at a step and what it changed, but for what it printed. A value that is returned and kept is told
/// once: where it is kept.
pub fn of_step(trace: &Trace, index: usize) -> Vec<StepChange> {
    let Some(step) = trace.steps.get(index) else {
        return Vec::new();
    };
    let held = index
        .checked_sub(1)
        // What came between is not known.
        .filter(|_| step.gap.is_none())
        .and_then(|before| trace.steps.get(before))
        .map_or_else(Vec::new, |before| between(before, step));
    let is_kept = |returned: &Value| {
        held.iter().any(|change| match change {
            StepChange::Is { value, .. } | StepChange::Becomes { value, .. } => value == returned,
            _ => false,
        })
    };
    let did = step.events.iter().map(|event| match &event.what {
        EventKind::Return {
            function,
            value: Some(value),
        } if is_kept(value) => StepChange::Did(EventKind::Return {
            function: function.clone(),
            value: None,
        }),
        what => StepChange::Did(what.clone()),
    });
    did.chain(held.iter().cloned()).collect()
}

/// Variables and blocks that hold something else now, or are new. Of what has parts, only the parts that changed.
fn between(before: &Step, step: &Step) -> Vec<StepChange> {
    let old = values(before);
    let is_call = |what: &EventKind| matches!(what, EventKind::Call { .. });
    let called = step.events.iter().any(|event| is_call(&event.what));
    let mut changes = Vec::new();
    for (key, (name, value)) in values(step) {
        match old.get(&key) {
            Some((_, old)) => compare(&key, &name, old, value, &mut changes),
            None if matches!(key, ObjectKey::Variable(..)) && !called => {
                changes.push(StepChange::Is {
                    key,
                    name,
                    value: value.clone(),
                })
            }
            None => {}
        }
    }
    changes
}

fn compare(key: &ObjectKey, name: &str, old: &Value, new: &Value, changes: &mut Vec<StepChange>) {
    let key = key.clone();
    match (old, new) {
        (Value::Opaque, _) | (_, Value::Opaque) => {}
        (Value::Pointer(a), Value::Pointer(b)) if (a.address, a.len) == (b.address, b.len) => {
            // What it views may have changed, and is told of that.
            if a.target != b.target && matches!(b.target, Target::Freed(..) | Target::Gone(_)) {
                changes.push(StepChange::Dangles {
                    key,
                    name: name.to_string(),
                    pointer: b.clone(),
                });
            }
        }
        (old, new) if is_untouched(new) => {
            if !is_untouched(old) {
                changes.push(StepChange::Becomes {
                    key,
                    name: name.to_string(),
                    from: old.clone(),
                    value: Value::Undefined,
                });
            }
        }
        (Value::Fields(a), Value::Fields(b)) if same_names(a, b) => {
            for (a, b) in a.iter().zip(b) {
                let name = format!("{name}{}", crate::text::field(&b.name));
                compare(&key, &name, &a.value, &b.value, changes);
            }
        }
        (Value::Items(a), Value::Items(b)) if same_names(a, b) && differ(a, b) == 1 => {
            for (a, b) in a.iter().zip(b) {
                let name = format!("{}[{}]", name.trim_start_matches("block "), b.name);
                compare(&key, &name, &a.value, &b.value, changes);
            }
        }
        (old, new) if old == new => {}
        (old, new) => changes.push(StepChange::Becomes {
            key,
            name: name.to_string(),
            from: old.clone(),
            value: new.clone(),
        }),
    }
}

fn same_names(a: &[Part], b: &[Part]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.name == b.name)
}

fn differ(a: &[Part], b: &[Part]) -> usize {
    a.iter().zip(b).filter(|(a, b)| a.value != b.value).count()
}

/// Everything that has a name at a step and is not empty of meaning.
pub(super) fn values(step: &Step) -> BTreeMap<ObjectKey, (String, &Value)> {
    let variables = step.frames.iter().flat_map(|frame| &frame.variables);
    let objects = variables.chain(&step.statics).map(|object| {
        let value = &object.memory.value;
        (object.key.clone(), (object.name.clone(), value))
    });
    // What happens to a freed block is told by events: it is nobody's.
    let blocks = step.blocks.iter().filter(|block| !block.state.is_freed());
    let blocks = blocks.map(|block| {
        let name = format!("block {}", letters(block.id));
        (ObjectKey::Block(block.id), (name, &block.memory.value))
    });
    objects
        .chain(blocks)
        .filter(|(_, (_, value))| **value != Value::Opaque)
        .collect()
}
