//! The answers to "what happens?", the right one and wrong ones. These are made out of the right one's changes, as
//! somebody would have them who takes another block, another value or another outcome; each is possible in the state
//! that the program is in. Pure.

mod altered;

use altered::{altered, holds_pointers, part_instead, printed_instead};

use super::change::{self, StepChange};
use super::sentence;
use crate::model::{Block, EventKind, ObjectKey, Pointer, Step, Target, Trace, Value};

/// How many wrong answers a question has.
const WRONG: usize = 2;

/// The answers to a question about what the statement before step `index` does, the right one first. `wrong` are the
/// author's. That nothing happens is among them where it is right, and where nothing else can be wrong.
pub fn options(trace: &Trace, index: usize, wrong: &[&str]) -> Vec<String> {
    let (Some(step), Some(before)) = (
        trace.steps.get(index),
        index
            .checked_sub(1)
            .and_then(|before| trace.steps.get(before)),
    ) else {
        return Vec::new();
    };
    let words = |changes: &[StepChange]| {
        let words = changes
            .iter()
            .map(|change| sentence::of_change(step, change));
        words.collect::<Vec<_>>().join("; ")
    };
    let right = change::asked(trace, index);
    let mut options = vec![words(&right)];
    let mut add = |text: String| {
        if options.len() <= WRONG && !options.contains(&text) {
            options.push(text);
        }
    };
    wrong.iter().for_each(|text| add((*text).to_string()));
    let state = StatementRun {
        before,
        step,
        next: next_block(trace, index),
    };
    for changes in state.alternatives(&right) {
        add(words(&changes));
    }
    // What other statements of the same call do, the nearest first.
    let mut others: Vec<usize> = (1..trace.steps.len())
        .filter(|&other| other != index)
        .collect();
    others.sort_by_key(|other| other.abs_diff(index));
    for other in others {
        let changes = change::asked(trace, other);
        if changes.iter().all(|change| state.allows(change)) {
            add(words(&changes));
        }
    }
    for changes in state.inventions() {
        add(words(&changes));
    }
    if options.len() == 1 {
        options.push(words(&[StepChange::Nothing]));
        options.dedup();
    }
    options
}

/// The number that the next block gets.
fn next_block(trace: &Trace, index: usize) -> u32 {
    let steps = trace.steps.iter().take(index);
    let given = steps.flat_map(|step| {
        let events = step.events.iter().filter_map(|event| match event.what {
            EventKind::Alloc { block, .. } | EventKind::Remap { block, .. } => Some(block),
            _ => None,
        });
        events.chain(step.blocks.iter().map(|block| block.id))
    });
    given.max().map_or(0, |last| last + 1)
}

/// What the program has when it runs the statement, and what it has then.
struct StatementRun<'t> {
    before: &'t Step,
    step: &'t Step,
    next: u32,
}

impl StatementRun<'_> {
    fn live(&self) -> impl Iterator<Item = &Block> {
        let blocks = self.before.blocks.iter();
        blocks.filter(|block| !block.state.is_freed())
    }

    fn freed(&self) -> impl Iterator<Item = &Block> {
        let blocks = self.before.blocks.iter();
        blocks.filter(|block| block.state.is_freed())
    }

    /// The right answer with one of its changes exchanged, and with it what follows from that one.
    fn alternatives(&self, right: &[StepChange]) -> Vec<Vec<StepChange>> {
        let mut found = Vec::new();
        for (index, change) in right.iter().enumerate() {
            for (other, gone) in self.instead(change) {
                let mut changes: Vec<StepChange> = Vec::new();
                for (at, kept) in right.iter().enumerate() {
                    match kept {
                        _ if at == index => {
                            changes.push(other.clone());
                            if let StepChange::Did(EventKind::Free { block, .. }) = &other {
                                changes.extend(self.left_behind(*block));
                            }
                        }
                        _ if gone.is_some_and(|block| leads_to(kept, block)) => {}
                        kept => changes.push(kept.clone()),
                    }
                }
                changes.truncate(right.len().max(2));
                found.push(changes);
            }
        }
        found
    }

    /// What could have happened instead of a change, and the block without which other changes make no sense.
    fn instead(&self, change: &StepChange) -> Vec<(StepChange, Option<u32>)> {
        let did = |what: EventKind| StepChange::Did(what);
        match change {
            StepChange::Did(EventKind::Free { block, .. }) => self
                .live()
                .filter(|other| other.id != *block)
                .map(|other| {
                    let what = EventKind::Free {
                        block: other.id,
                        size: other.memory.size,
                        allocator: other.allocator.clone(),
                        by: other.serves.clone(),
                    };
                    (did(what), Some(*block))
                })
                .collect(),
            StepChange::Did(EventKind::WriteAfterFree { .. } | EventKind::DoubleFree { .. }) => {
                self.mistakes()
                    .filter(|other| other != change)
                    .map(|other| (other, None))
                    .collect()
            }
            StepChange::Did(EventKind::AllocFailed {
                size,
                align,
                element,
                allocator,
            }) => vec![(
                did(EventKind::Alloc {
                    block: self.next,
                    size: *size,
                    align: *align,
                    element: element.clone(),
                    allocator: allocator.clone(),
                    by: None,
                }),
                None,
            )],
            StepChange::Did(EventKind::Alloc {
                block,
                size,
                align,
                element,
                allocator,
                by: None,
            }) => {
                let mut names: Vec<&String> = self.live().map(|other| &other.allocator).collect();
                names.retain(|name| *name != allocator);
                names.dedup();
                let others = names.into_iter().map(|name| {
                    let what = EventKind::Alloc {
                        block: *block,
                        size: *size,
                        align: *align,
                        element: element.clone(),
                        allocator: name.clone(),
                        by: None,
                    };
                    (did(what), None)
                });
                let fails = EventKind::AllocFailed {
                    size: *size,
                    align: *align,
                    element: element.clone(),
                    allocator: allocator.clone(),
                };
                others.chain([(did(fails), Some(*block))]).collect()
            }
            StepChange::Did(EventKind::Resize {
                block,
                from,
                to,
                granted,
                allocator,
            }) => vec![(
                did(EventKind::Resize {
                    block: *block,
                    from: *from,
                    to: *to,
                    granted: !granted,
                    allocator: allocator.clone(),
                }),
                None,
            )],
            StepChange::Did(EventKind::Remap {
                block,
                from,
                to,
                granted,
                moved,
                allocator,
            }) => {
                let old = if *moved {
                    self.live()
                        .find(|old| old.memory.size == *from && old.allocator == *allocator)
                        .map(|old| old.id)
                } else {
                    Some(*block)
                };
                let remap = |old: u32, granted: bool| {
                    let what = EventKind::Remap {
                        block: old,
                        from: *from,
                        to: *to,
                        granted,
                        moved: false,
                        allocator: allocator.clone(),
                    };
                    (did(what), Some(*block))
                };
                let answers = [true, false].into_iter();
                let answers = answers.filter(|answer| *moved || answer != granted);
                old.map_or_else(Vec::new, |old| {
                    answers.map(|granted| remap(old, granted)).collect()
                })
            }
            StepChange::Did(EventKind::Return {
                function,
                value: Some(value),
            }) => altered(value, None)
                .into_iter()
                .map(|value| {
                    let what = EventKind::Return {
                        function: function.clone(),
                        value: Some(value),
                    };
                    (did(what), None)
                })
                .collect(),
            StepChange::Is { key, name, value } => self
                .values_instead(value, None)
                .into_iter()
                .map(|value| StepChange::Is {
                    key: key.clone(),
                    name: name.clone(),
                    value,
                })
                .map(|change| (change, None))
                .collect(),
            StepChange::Becomes {
                key,
                name,
                from,
                value,
            } => self
                .values_instead(value, Some(from))
                .into_iter()
                .map(|value| StepChange::Becomes {
                    key: key.clone(),
                    name: name.clone(),
                    from: from.clone(),
                    value,
                })
                .map(|change| (change, None))
                .collect(),
            StepChange::Prints(text) => printed_instead(text)
                .into_iter()
                .map(|text| (StepChange::Prints(text), None))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// Other values that a place can hold, which held `from`.
    fn values_instead(&self, value: &Value, from: Option<&Value>) -> Vec<Value> {
        let Value::Pointer(pointer) = value else {
            return altered(value, from);
        };
        let Target::Object(ObjectKey::Block(block), 0) = pointer.target else {
            return Vec::new();
        };
        let own = self.step.blocks.iter().find(|other| other.id == block);
        let fits = |other: &&Block| {
            other.id != block
                && other.memory.size >= pointer.width
                && own.is_some_and(|own| own.element == other.element)
        };
        self.live()
            .filter(fits)
            .map(|other| {
                Value::Pointer(Pointer {
                    address: other.memory.address,
                    target: Target::Object(ObjectKey::Block(other.id), 0),
                    text: None,
                    ..pointer.clone()
                })
            })
            .filter(|other| Some(other) != from)
            .collect()
    }

    /// What can be done wrongly with the blocks that have been freed.
    fn mistakes(&self) -> impl Iterator<Item = StepChange> {
        self.freed().flat_map(|block| {
            let again = EventKind::DoubleFree {
                block: block.id,
                allocator: block.allocator.clone(),
            };
            let late = EventKind::WriteAfterFree { block: block.id };
            [StepChange::Did(again), StepChange::Did(late)]
        })
    }

    /// What nothing hints at, and could be: a live block is freed, a variable of the call holds something else.
    fn inventions(&self) -> Vec<Vec<StepChange>> {
        let frees = self
            .live()
            .filter(|block| block.inside.is_none())
            .map(|block| {
                let what = EventKind::Free {
                    block: block.id,
                    size: block.memory.size,
                    allocator: block.allocator.clone(),
                    by: block.serves.clone(),
                };
                let mut changes = vec![StepChange::Did(what)];
                changes.extend(self.left_behind(block.id).into_iter().take(1));
                changes
            });
        let named = change::values(self.before);
        let top = self.before.frames.last().map(|top| top.id);
        let is_own = |key: &ObjectKey| match key {
            ObjectKey::Variable(frame, _) => Some(*frame) == top,
            ObjectKey::Static(_) => false,
            ObjectKey::Block(_) => true,
        };
        let becomes = named.into_iter().filter_map(|(key, (name, value))| {
            if !is_own(&key) {
                return None;
            }
            let (name, from, value) = part_instead(&name, value)?;
            Some(vec![StepChange::Becomes {
                key,
                name,
                from,
                value,
            }])
        });
        let mistakes = self.mistakes().map(|mistake| vec![mistake]);
        becomes.take(2).chain(frees).chain(mistakes).collect()
    }

    /// The variables that would dangle if a block were freed.
    fn left_behind(&self, block: u32) -> Vec<StepChange> {
        let named = change::values(self.before);
        let dangling = named.into_iter().filter_map(|(key, (name, value))| {
            let Value::Pointer(pointer) = value else {
                return None;
            };
            let Target::Object(target @ ObjectKey::Block(id), offset) = &pointer.target else {
                return None;
            };
            (*id == block).then(|| StepChange::Dangles {
                key,
                name,
                pointer: Pointer {
                    target: Target::Freed(target.clone(), *offset),
                    text: None,
                    ..pointer.clone()
                },
            })
        });
        dangling.collect()
    }

    /// Whether a change that happens elsewhere could happen here.
    fn allows(&self, change: &StepChange) -> bool {
        let is_live = |id: u32, size: u32| {
            self.live()
                .any(|block| block.id == id && block.memory.size == size)
        };
        let top = self.before.frames.last();
        match change {
            StepChange::Did(EventKind::Free { block, size, .. }) => is_live(*block, *size),
            StepChange::Did(EventKind::Alloc {
                block, by: None, ..
            }) => *block == self.next,
            StepChange::Did(EventKind::Resize { block, from, .. }) => is_live(*block, *from),
            StepChange::Becomes {
                key, from, value, ..
            } => {
                let named = change::values(self.before);
                let is_same = named.get(key).is_some_and(|(_, now)| *now == from);
                is_same
                    && !holds_pointers(value)
                    && self.step.frames.len() == self.before.frames.len()
            }
            StepChange::Is { key, value, .. } => {
                let ObjectKey::Variable(frame, _) = key else {
                    return false;
                };
                let is_new = !change::values(self.before).contains_key(key);
                is_new && top.is_some_and(|top| top.id == *frame) && !holds_pointers(value)
            }
            _ => false,
        }
    }
}

/// Whether a change is about a pointer to a block.
fn leads_to(change: &StepChange, block: u32) -> bool {
    let is_there = |pointer: &Pointer| match &pointer.target {
        Target::Object(key, _) | Target::Freed(key, _) => *key == ObjectKey::Block(block),
        _ => false,
    };
    match change {
        StepChange::Dangles { pointer, .. } => is_there(pointer),
        StepChange::Is {
            value: Value::Pointer(pointer),
            ..
        }
        | StepChange::Becomes {
            value: Value::Pointer(pointer),
            ..
        } => is_there(pointer),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
