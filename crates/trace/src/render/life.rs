//! The life of every block of a run: from when to when it is somebody's, and how long somebody still points to it after
//! that. In words, and as a bar for each. Pure.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::escape;
use crate::model::{BlockState, End, EventKind, ObjectKey, Step, Target, Trace, Value, letters};

/// What happens to memory at a step, for the marks of the slider: the worst of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MemoryEffect {
    /// Nothing of memory, or nothing but what code writes.
    Nothing,
    /// Something else about memory: a refused resize, a reset of nothing.
    Other,
    /// A block was freed, or an arena's memory was.
    Freed,
    /// A block was given out, or grew in its place.
    GivenOut,
    /// No memory was left, or memory is used as it must not be, or was never freed.
    Wrong,
}

/// What happens to memory at a step.
pub fn kind(trace: &Trace, index: usize) -> MemoryEffect {
    let events = trace.steps[index].events.iter();
    let of_events = events.map(|event| match &event.what {
        EventKind::Call { .. } | EventKind::Return { .. } => MemoryEffect::Nothing,
        EventKind::Alloc { .. } => MemoryEffect::GivenOut,
        EventKind::Resize { granted: true, .. } | EventKind::Remap { granted: true, .. } => {
            MemoryEffect::GivenOut
        }
        EventKind::Resize { .. } | EventKind::Remap { .. } => MemoryEffect::Other,
        EventKind::Free { .. } | EventKind::Reset { .. } => MemoryEffect::Freed,
        EventKind::AllocFailed { .. }
        | EventKind::DoubleFree { .. }
        | EventKind::WrongFree { .. }
        | EventKind::WriteAfterFree { .. }
        | EventKind::Leak { .. } => MemoryEffect::Wrong,
    });
    let is_end = index + 1 == trace.steps.len();
    let panics = is_end && matches!(trace.end, End::Panic(_) | End::Stopped(_));
    let found = of_events.max().unwrap_or(MemoryEffect::Nothing);
    found.max(if panics {
        MemoryEffect::Wrong
    } else {
        MemoryEffect::Nothing
    })
}

/// A block's life, in steps counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
struct BlockLife {
    id: u32,
    size: u32,
    inside: Option<u32>,
    /// The first step that shows it, and the last in which it is somebody's.
    from: usize,
    to: usize,
    /// Freed, or gone with the call that had it.
    ended: bool,
    leaked: bool,
    /// The last step in which a pointer leads to it although it is freed.
    pointed: Option<usize>,
    written: bool,
}

/// Freed blocks that pointers of a step lead to.
fn dangling(step: &Step) -> Vec<u32> {
    fn collect(value: &Value, found: &mut Vec<u32>) {
        match value {
            Value::Fields(parts) | Value::Items(parts) => {
                parts.iter().for_each(|part| collect(&part.value, found));
            }
            Value::Pointer(pointer) => {
                if let Target::Freed(ObjectKey::Block(id), _) = pointer.target {
                    found.push(id);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    for (_, memory) in step.memories() {
        collect(&memory.value, &mut found);
    }
    found
}

/// The lives of all blocks, each after the block that it lies in, with how deep it lies.
fn lives(trace: &Trace) -> Vec<(usize, BlockLife)> {
    let mut lives: BTreeMap<u32, BlockLife> = BTreeMap::new();
    for (number, step) in (1..).zip(&trace.steps) {
        for block in &step.blocks {
            let inside = match block.inside {
                Some(ObjectKey::Block(outer)) => Some(outer),
                _ => None,
            };
            let life = lives.entry(block.id).or_insert(BlockLife {
                id: block.id,
                size: block.memory.size,
                inside,
                from: number,
                to: number,
                ended: false,
                leaked: false,
                pointed: None,
                written: false,
            });
            if block.state.is_freed() {
                life.ended = true;
                life.written |= block.state == BlockState::Written;
            } else {
                life.to = number;
                life.size = block.memory.size;
                life.leaked |= block.state == BlockState::Leaked;
            }
        }
        for id in dangling(step) {
            if let Some(life) = lives.get_mut(&id) {
                life.pointed = Some(number);
            }
        }
    }
    for life in lives.values_mut() {
        life.ended |= life.to < trace.steps.len();
    }
    let mut found = Vec::new();
    let roots = lives.values().filter(|life| {
        life.inside
            .is_none_or(|outer| !lives.contains_key(&outer) || outer == life.id)
    });
    for root in roots {
        add(&lives, root, 0, &mut found);
    }
    found
}

fn add(
    lives: &BTreeMap<u32, BlockLife>,
    life: &BlockLife,
    depth: usize,
    found: &mut Vec<(usize, BlockLife)>,
) {
    found.push((depth, life.clone()));
    if depth < 8 {
        for inner in lives.values().filter(|inner| inner.id != life.id) {
            if inner.inside == Some(life.id) {
                add(lives, inner, depth + 1, found);
            }
        }
    }
}

fn words(life: &BlockLife, count: usize) -> String {
    let mut text = match (life.leaked, life.ended) {
        (true, _) => format!("from step {}, never freed", life.from),
        (false, false) => format!("from step {} to the end", life.from),
        (false, true) if life.from == life.to => format!("at step {}, then freed", life.from),
        (false, true) => format!("steps {} to {}, then freed", life.from, life.to),
    };
    if life.written {
        text.push_str(", and written to after that");
    }
    if let Some(pointed) = life.pointed {
        let until = match pointed == count {
            true => "the end".to_string(),
            false => format!("step {pointed}"),
        };
        let _ = write!(text, "; still pointed to until {until}");
    }
    text
}

/// A table with a row for each block, or nothing where there are none.
pub fn html(trace: &Trace) -> String {
    let count = trace.steps.len();
    let mut html = String::new();
    for (depth, life) in lives(trace) {
        let state = if life.leaked { " class=\"leaked\"" } else { "" };
        // A step is as wide as the way to the next one; the last has the width of a mark.
        let bar = |from: usize, to: usize, class: &str| {
            format!(
                "<rect{class} x=\"{}\" width=\"{}\" y=\"1\" height=\"8\"/>",
                from - 1,
                to + 1 - from
            )
        };
        let tail = match life.pointed {
            Some(pointed) if pointed > life.to => bar(life.to + 1, pointed, " class=\"bad\""),
            _ => String::new(),
        };
        let _ = write!(
            html,
            "<tr><th scope=\"row\" style=\"--d:{depth}\">{}<small>{} B</small></th><td><svg aria-hidden=\"true\" viewBox=\"0 0 {count} 10\" preserveAspectRatio=\"none\">{}{tail}</svg></td><td>{}</td></tr>",
            letters(life.id),
            life.size,
            bar(life.from, life.to, state),
            escape(&words(&life, count))
        );
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, Frame, Object, Pointer, Statement};
    use crate::testing::memory;

    fn block(id: u32, inside: Option<u32>, state: BlockState) -> Block {
        Block {
            id,
            memory: memory(Value::Opaque),
            element: None,
            allocator: "a".into(),
            serves: None,
            inside: inside.map(ObjectKey::Block),
            state,
            line: 1,
        }
    }

    /// A step with these blocks, and with a variable that leads to a freed one.
    fn step(blocks: Vec<Block>, dangling: Option<u32>) -> Step {
        let variable = dangling.map(|id| Object {
            key: ObjectKey::Variable(1, "p".into()),
            name: "p".into(),
            memory: memory(Value::Pointer(Pointer {
                address: 0,
                len: None,
                width: 8,
                target: Target::Freed(ObjectKey::Block(id), 0),
                text: None,
            })),
        });
        Step {
            frames: vec![Frame {
                id: 1,
                function: "main".into(),
                at: Statement {
                    file: 0,
                    line: 1,
                    deferred: None,
                },
                variables: variable.into_iter().collect(),
            }],
            blocks,
            ..Step::default()
        }
    }

    #[test]
    fn each_block_lives_from_when_it_is_given_out_until_it_is_given_back() {
        use BlockState::{Freed, Leaked, Live};
        let trace = Trace {
            name: "l/a".into(),
            files: Vec::new(),
            steps: vec![
                step(vec![], None),
                step(vec![block(0, None, Live), block(2, None, Live)], None),
                step(
                    vec![
                        block(0, None, Live),
                        block(1, Some(0), Live),
                        block(2, None, Live),
                    ],
                    None,
                ),
                step(
                    vec![
                        block(0, None, Freed),
                        block(1, Some(0), Freed),
                        block(2, None, Live),
                    ],
                    Some(1),
                ),
                step(vec![block(2, None, Leaked)], None),
            ],
            end: End::Returned,
        };
        let told: Vec<(usize, String, String)> = lives(&trace)
            .iter()
            .map(|(depth, life)| (*depth, letters(life.id), words(life, 5)))
            .collect();
        let told: Vec<(usize, &str, &str)> = told
            .iter()
            .map(|(depth, name, words)| (*depth, name.as_str(), words.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                (0, "A", "steps 2 to 3, then freed"),
                (
                    1,
                    "B",
                    "at step 3, then freed; still pointed to until step 4"
                ),
                (0, "C", "from step 2, never freed"),
            ]
        );
        let html = html(&trace);
        assert!(
            html.contains("<rect x=\"2\" width=\"1\" y=\"1\" height=\"8\"/><rect class=\"bad\" x=\"3\" width=\"1\""),
            "{html}"
        );
        assert!(html.contains("<rect class=\"leaked\" x=\"1\" width=\"4\""));
    }
}
