//! Which parts of objects slices and pointers view. Pure.

use std::collections::BTreeMap;

use super::blank::Blank;
use crate::model::{ObjectKey, Step, Target, Value};

/// Which parts of objects are viewed by slices and pointers that do not view all of them.
#[derive(Default)]
pub(super) struct Extents {
    by_object: BTreeMap<ObjectKey, Vec<(u32, u32)>>,
}

impl Extents {
    /// Those of a step, but for pointers and slices that are left blank.
    pub(super) fn of(step: &Step, blanks: &[Blank]) -> Extents {
        let mut extents = Extents::default();
        let is_blank = |key: &ObjectKey, offset: u32| {
            let at = |blank: &Blank| blank.key == *key && blank.offset == offset;
            blanks.iter().any(at)
        };
        for (key, memory) in step.memories() {
            let is_blank = |offset| is_blank(&key, offset);
            extents.collect(step, &memory.value, 0, &is_blank);
        }
        extents
    }

    fn collect(&mut self, step: &Step, value: &Value, offset: u32, is_blank: &dyn Fn(u32) -> bool) {
        match value {
            Value::Fields(parts) | Value::Items(parts) => {
                for part in parts {
                    self.collect(step, &part.value, part.offset, is_blank);
                }
            }
            Value::Pointer(pointer) if pointer.width > 0 && !is_blank(offset) => {
                if let Target::Object(key, from) = &pointer.target {
                    let to = from + pointer.width;
                    let whole = *from == 0 && size_of(step, key).is_none_or(|size| to >= size);
                    let known = self.by_object.entry(key.clone()).or_default();
                    if !whole && !known.contains(&(*from, to)) && known.len() < 3 {
                        known.push((*from, to));
                    }
                }
            }
            _ => {}
        }
    }

    /// The parts of an object that pointers see, in bytes from its start, the end not included: three at most, and not
    /// those that are all of it.
    pub(super) fn of_object(&self, key: &ObjectKey) -> &[(u32, u32)] {
        self.by_object.get(key).map_or(&[], Vec::as_slice)
    }

    /// The numbers, from 1, of the extents that hold these bytes.
    pub(super) fn over(&self, key: &ObjectKey, from: u32, to: u32) -> impl Iterator<Item = usize> {
        self.of_object(key)
            .iter()
            .enumerate()
            .filter(move |(_, extent)| extent.0 <= from && to <= extent.1)
            .map(|(index, _)| index + 1)
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// Whether one of them holds the `size` bytes from `from`; never for no bytes.
    pub(super) fn covers(&self, key: &ObjectKey, from: u32, size: u32) -> bool {
        size > 0 && self.over(key, from, from + size).next().is_some()
    }
}

fn size_of(step: &Step, key: &ObjectKey) -> Option<u32> {
    match key {
        ObjectKey::Block(id) => step
            .blocks
            .iter()
            .find(|block| block.id == *id)
            .map(|block| block.memory.size),
        _ => step
            .frames
            .iter()
            .flat_map(|frame| &frame.variables)
            .chain(&step.statics)
            .find(|object| object.key == *key)
            .map(|object| object.memory.size),
    }
}
