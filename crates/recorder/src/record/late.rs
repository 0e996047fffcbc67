//! Writes that come too late: what freed blocks hold, as their allocators left it. Whoever changes it uses memory
//! that is no longer theirs. Pure.

use std::collections::BTreeMap;

use super::heap::{Heap, HeapBlock, HeapBlockState};
use super::memory::{UNDEFINED, poison};

/// Bytes of one block that are watched.
const MOST: u32 = 64 << 10;

/// The bytes of freed blocks, by the blocks' numbers.
#[derive(Default)]
pub(super) struct FreedBytes {
    left: BTreeMap<u32, Vec<u8>>,
}

fn bytes<'m>(block: &HeapBlock, memory: &'m [u8]) -> &'m [u8] {
    let start = block.address as usize;
    let end = start + block.len.min(MOST) as usize;
    memory.get(start..end).unwrap_or(&[])
}

fn freed(heap: &Heap) -> impl Iterator<Item = &HeapBlock> {
    (heap.blocks.iter()).filter(|block| block.state == HeapBlockState::Freed)
}

impl FreedBytes {
    /// What is in freed blocks now is what their allocators left there.
    pub(super) fn keep(&mut self, heap: &Heap, memory: &[u8]) {
        self.left = freed(heap)
            .map(|block| (block.id, bytes(block, memory).to_vec()))
            .collect();
    }

    /// The freed blocks that were written to since this was last asked; of several inside each other the innermost.
    pub(super) fn written(&mut self, heap: &Heap, memory: &[u8]) -> Vec<u32> {
        let mut found: Vec<&HeapBlock> = Vec::new();
        for block in freed(heap) {
            let now = bytes(block, memory);
            let Some(left) = (self.left.get_mut(&block.id)).filter(|left| left.len() == now.len())
            else {
                continue;
            };
            let is_new = |&(index, (new, old)): &(usize, (&u8, &u8))| {
                // What is declared anew as undefined in the array that a block was cut from is no use of the block.
                new != old && *new != UNDEFINED && *new != poison(block.address + index as u32)
            };
            if now
                .iter()
                .zip(left.iter())
                .enumerate()
                .any(|change| is_new(&change))
            {
                found.push(block);
            }
            left.copy_from_slice(now);
        }
        let holds_another = |outer: &HeapBlock| {
            let mut inner = found.iter();
            inner.any(|inner| inner.id != outer.id && outer.contains(inner))
        };
        (found.iter())
            .filter(|block| !holds_another(block))
            .map(|block| block.id)
            .collect()
    }
}
