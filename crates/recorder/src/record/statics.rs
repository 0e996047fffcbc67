//! Static memory that a trace has seen, and the addresses that are shown for it. Pure.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::dwarf::types::TypeId;
use book_trace::model::ObjectKey;

/// Addresses of static memory are shown from here on.
const STATIC_SHOWN: u32 = 0x0100_0000;

/// Static memory that has been seen.
#[derive(Default)]
pub(super) struct Statics {
    pub(super) known: Vec<Static>,
    /// Where the last variable of each address was, for pointers to it that outlive it.
    pub(super) ended: BTreeMap<u32, EndedVariable>,
}

#[derive(Clone, Debug)]
pub(super) struct EndedVariable {
    pub(super) size: u32,
    /// The variable and its function.
    pub(super) label: String,
    pub(super) key: ObjectKey,
}

#[derive(Clone, Debug)]
pub(super) struct Static {
    pub(super) range: Range<u32>,
    pub(super) ty: TypeId,
    /// The number of elements, if it is not one thing.
    pub(super) count: Option<u32>,
    pub(super) name: String,
    /// The address that is shown.
    pub(super) shown: u32,
    /// A `var`: shown whether anything points to it or not.
    pub(super) always: bool,
}

impl Statics {
    pub(super) fn add(&mut self, mut new: Static) -> u32 {
        let last = self.known.last().map_or(STATIC_SHOWN, |last| {
            last.shown + (last.range.end - last.range.start).max(1)
        });
        new.shown = last.next_multiple_of(64);
        self.known.push(new);
        self.known.len() as u32 - 1
    }

    pub(super) fn holding(&self, range: &Range<u32>) -> Option<u32> {
        self.known
            .iter()
            .enumerate()
            .filter(|(_, known)| known.range.start <= range.start && range.end <= known.range.end)
            .min_by_key(|(_, known)| known.range.end - known.range.start)
            .map(|(number, _)| number as u32)
    }
}
