//! The books of all allocators: what they gave out, to whom, and what came back. Pure; the recorder tells it
//! of every call of an allocator's vtable.

use std::ops::Range;

use crate::dwarf::types::TypeId;
use crate::role::Operation;
use book_trace::model::{Event, EventKind};

/// An allocator that has been used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Owner {
    /// The path of its type, for example `heap.ArenaAllocator`.
    pub family: String,
    /// Where its state is; means nothing for allocators without state.
    pub context: u32,
    /// As the reader knows it.
    pub name: String,
}

pub(super) type OwnerId = usize;

#[derive(Clone, Debug)]
pub(super) struct HeapBlock {
    pub id: u32,
    pub address: u32,
    pub len: u32,
    pub align: u32,
    pub element: Option<TypeId>,
    pub owner: OwnerId,
    /// The allocator that asked for it, to give out parts of it.
    pub serves: Option<OwnerId>,
    pub line: u32,
    pub state: HeapBlockState,
    /// Whether it was written to when it had been freed.
    pub written: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HeapBlockState {
    Live,
    Freed,
    /// Freed, and its memory given out again.
    Reused,
    Leaked,
    /// Part of a stack frame that is gone.
    Ended,
}

impl HeapBlock {
    pub(super) fn range(&self) -> Range<u32> {
        self.address..self.address.saturating_add(self.len)
    }

    pub(super) fn contains(&self, other: &HeapBlock) -> bool {
        self.id != other.id
            && self.address <= other.address
            && other.range().end <= self.range().end
    }
}

/// A call of a vtable's function.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub operation: Operation,
    pub owner: OwnerId,
    /// The memory it is about; nothing for `alloc`.
    pub address: u32,
    pub len: u32,
    pub align: u32,
    /// The new length of a resize or remap.
    pub new_len: u32,
    pub element: Option<TypeId>,
    /// The element's name, for the event.
    pub element_name: Option<String>,
    pub line: u32,
}

/// A request, answered.
#[derive(Clone, Debug)]
struct Answer {
    request: Request,
    /// The address given by `alloc` and `remap`, 1 or 0 by `resize`.
    result: u32,
    serves: Option<OwnerId>,
}

/// A request that is being answered.
struct Pending {
    request: Request,
    inner: Vec<Answer>,
}

#[derive(Default)]
pub(super) struct Heap {
    pub blocks: Vec<HeapBlock>,
    pub owners: Vec<Owner>,
    pending: Vec<Pending>,
    events: Vec<Event>,
}

/// Whether the memory that an allocator asks for is its own affair.
fn is_opaque(family: &str) -> bool {
    !matches!(
        family,
        "heap.ArenaAllocator" | "heap.FixedBufferAllocator" | "heap.BufferFirstAllocator"
    ) && family.starts_with("heap.")
}

/// Whether nobody else frees what this allocator gave out.
fn keeps_until_freed(family: &str) -> bool {
    is_opaque(family)
}

impl Heap {
    /// The number of an allocator, new or known.
    pub(super) fn owner(&mut self, family: &str, context: u32, name: &str) -> OwnerId {
        let owner = Owner {
            family: family.to_string(),
            context,
            name: name.to_string(),
        };
        if let Some(known) = self.owners.iter().position(|known| *known == owner) {
            return known;
        }
        self.owners.push(owner);
        self.owners.len() - 1
    }

    /// An allocator has been called.
    pub(super) fn begin(&mut self, request: Request) {
        self.pending.push(Pending {
            request,
            inner: Vec::new(),
        });
    }

    /// The allocator that was called last has answered. What it gives out and has not been written: to be made
    /// undefined, since not every method of `std.mem.Allocator` does.
    pub(super) fn end(&mut self, result: u32) -> Option<Range<u32>> {
        let Pending { request, inner } = self.pending.pop()?;
        let fresh = match request.operation {
            Operation::Alloc if result != 0 => Some(result..result.saturating_add(request.len)),
            Operation::Resize if result != 0 => Some(
                request.address.saturating_add(request.len)
                    ..request.address.saturating_add(request.new_len),
            ),
            Operation::Remap if result != 0 => {
                Some(result.saturating_add(request.len)..result.saturating_add(request.new_len))
            }
            _ => None,
        };
        // An allocator of the listing may have written to what it gives out.
        let fresh = fresh.filter(|fresh| {
            let family = &self.owners[request.owner].family;
            family.starts_with("heap.") && !fresh.is_empty()
        });
        let answers = self.settle(request, result, inner);
        match self.pending.last_mut() {
            Some(outer) => {
                if !is_opaque(&self.owners[outer.request.owner].family) {
                    outer.inner.extend(answers);
                }
            }
            None => {
                for answer in answers {
                    self.apply(answer);
                }
            }
        }
        fresh
    }

    /// What is left of a call and the calls it made: an allocator that only passes a request on is not told.
    fn settle(&self, request: Request, result: u32, mut inner: Vec<Answer>) -> Vec<Answer> {
        let passed_on = inner.iter().position(|answer| {
            let (passed, asked) = (&answer.request, &request);
            passed.operation == asked.operation
                && passed.address == asked.address
                && passed.len == asked.len
                && passed.new_len == asked.new_len
                && (answer.result == result || asked.operation == Operation::Free)
        });
        if let Some(index) = passed_on {
            let passed = &mut inner[index].request;
            passed.element = passed.element.or(request.element);
            passed.element_name = passed.element_name.take().or(request.element_name);
            inner[index].serves = None;
            return inner;
        }
        // A remap that is a resize is told once.
        inner.retain(|answer| {
            let (inner, asked) = (&answer.request, &request);
            !(asked.operation == Operation::Remap
                && inner.operation == Operation::Resize
                && inner.owner == asked.owner
                && inner.address == asked.address)
        });
        // What an allocator tried in vain before it found another way is its own affair.
        inner.retain(|answer| answer.result != 0 || answer.request.operation == Operation::Free);
        for answer in &mut inner {
            answer.serves = answer.serves.or(Some(request.owner));
        }
        inner.push(Answer {
            request,
            result,
            serves: None,
        });
        inner
    }

    fn event(&mut self, line: u32, what: EventKind) {
        self.events.push(Event { line, what });
    }

    fn apply(&mut self, answer: Answer) {
        let Answer {
            request,
            result,
            serves,
        } = answer;
        let allocator = self.owners[request.owner].name.clone();
        let by = serves.map(|owner| self.owners[owner].name.clone());
        match request.operation {
            Operation::Alloc if result == 0 => self.event(
                request.line,
                EventKind::AllocFailed {
                    size: request.len,
                    align: request.align,
                    element: request.element_name,
                    allocator,
                },
            ),
            Operation::Alloc => {
                let block = self.give(&request, result, request.len, serves);
                self.event(
                    request.line,
                    EventKind::Alloc {
                        block,
                        size: request.len,
                        align: request.align,
                        element: request.element_name,
                        allocator,
                        by,
                    },
                );
            }
            Operation::Resize => {
                let Some(index) = self.live_at(request.address) else {
                    return;
                };
                let from = self.blocks[index].len;
                if result != 0 {
                    self.set_len(index, request.new_len);
                }
                let block = self.blocks[index].id;
                self.event(
                    request.line,
                    EventKind::Resize {
                        block,
                        from,
                        to: request.new_len,
                        granted: result != 0,
                        allocator,
                    },
                );
            }
            Operation::Remap => {
                let Some(index) = self.live_at(request.address) else {
                    return;
                };
                let from = self.blocks[index].len;
                let moved = result != 0 && result != request.address;
                let mut block = self.blocks[index].id;
                if moved {
                    let element = self.blocks[index].element.or(request.element);
                    self.take_back(index);
                    let request = Request {
                        element,
                        ..request.clone()
                    };
                    block = self.give(&request, result, request.new_len, serves);
                } else if result != 0 {
                    self.set_len(index, request.new_len);
                }
                self.event(
                    request.line,
                    EventKind::Remap {
                        block,
                        from,
                        to: request.new_len,
                        granted: result != 0,
                        moved,
                        allocator,
                    },
                );
            }
            Operation::Free => self.free(&request, allocator, by),
        }
    }

    /// A new block.
    fn give(&mut self, request: &Request, address: u32, len: u32, serves: Option<OwnerId>) -> u32 {
        let id = self.blocks.len() as u32;
        let block = HeapBlock {
            id,
            address,
            len,
            align: request.align,
            element: request.element,
            owner: request.owner,
            serves,
            line: request.line,
            state: HeapBlockState::Live,
            written: false,
        };
        let range = block.range();
        for old in &mut self.blocks {
            if old.state == HeapBlockState::Freed
                && old.address < range.end
                && range.start < old.range().end
            {
                old.state = HeapBlockState::Reused;
            }
        }
        self.blocks.push(block);
        id
    }

    fn set_len(&mut self, index: usize, len: u32) {
        self.blocks[index].len = len;
        let range = self.blocks[index].range();
        for old in &mut self.blocks {
            if old.state == HeapBlockState::Freed
                && old.address < range.end
                && range.start < old.range().end
            {
                old.state = HeapBlockState::Reused;
            }
        }
    }

    /// The live block that begins at an address; of several inside each other the innermost.
    fn live_at(&self, address: u32) -> Option<usize> {
        (0..self.blocks.len())
            .filter(|&index| {
                self.blocks[index].address == address
                    && self.blocks[index].state == HeapBlockState::Live
            })
            .min_by_key(|&index| self.blocks[index].len)
    }

    fn take_back(&mut self, index: usize) {
        let freed = self.blocks[index].clone();
        for block in &mut self.blocks {
            if block.state == HeapBlockState::Live
                && (block.id == freed.id || freed.contains(block))
            {
                block.state = HeapBlockState::Freed;
            }
        }
    }

    fn free(&mut self, request: &Request, allocator: String, by: Option<String>) {
        let family = self.owners[request.owner].family.clone();
        let found = (0..self.blocks.len()).find(|&index| {
            let block = &self.blocks[index];
            block.state == HeapBlockState::Live
                && block.address == request.address
                && block.len == request.len
                && self.owners[block.owner].family == family
        });
        if let Some(index) = found {
            let block = self.blocks[index].id;
            let right = self.blocks[index].owner == request.owner
                || self.owners[self.blocks[index].owner].context
                    == self.owners[request.owner].context;
            self.take_back(index);
            let what = if right {
                EventKind::Free {
                    block,
                    size: request.len,
                    allocator,
                    by,
                }
            } else {
                EventKind::WrongFree {
                    address: request.address,
                    size: request.len,
                    block: Some(block),
                    allocator,
                }
            };
            self.event(request.line, what);
        } else {
            self.wrong_free(request, allocator);
        }
    }

    fn wrong_free(&mut self, request: &Request, allocator: String) {
        let at = |state: HeapBlockState| {
            self.blocks
                .iter()
                .rev()
                .find(|block| block.address == request.address && block.state == state)
                .map(|block| block.id)
        };
        let what = match (at(HeapBlockState::Live), at(HeapBlockState::Freed)) {
            (None, Some(block)) => EventKind::DoubleFree { block, allocator },
            (block, _) => EventKind::WrongFree {
                address: request.address,
                size: request.len,
                block,
                allocator,
            },
        };
        self.event(request.line, what);
    }

    /// The program stops inside an allocator: a free that it refuses is told.
    pub(super) fn stop(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        let Some(refused) = pending
            .into_iter()
            .find(|pending| pending.request.operation == Operation::Free)
        else {
            return;
        };
        let request = refused.request;
        let right = self.blocks.iter().any(|block| {
            block.state == HeapBlockState::Live
                && block.address == request.address
                && block.len == request.len
        });
        if !right {
            let allocator = self.owners[request.owner].name.clone();
            self.wrong_free(&request, allocator);
        }
    }

    /// The allocator at `context` takes back everything it gave out.
    pub(super) fn reset(&mut self, context: u32, line: u32) {
        let mut name = None;
        for index in 0..self.blocks.len() {
            let block = &self.blocks[index];
            let owner = &self.owners[block.owner];
            if owner.context == context && !is_opaque(&owner.family) {
                name = Some(owner.name.clone());
                if block.state == HeapBlockState::Live {
                    self.take_back(index);
                }
            }
        }
        if let Some(allocator) = name {
            self.event(line, EventKind::Reset { allocator });
        }
    }

    /// The allocator at `context`, or every one that keeps what is not freed, says what was never freed.
    pub(super) fn report_leaks(&mut self, context: Option<u32>, line: u32) {
        let leaked: Vec<usize> = (0..self.blocks.len())
            .filter(|&index| {
                let block = &self.blocks[index];
                let owner = &self.owners[block.owner];
                let on_purpose = block
                    .serves
                    .is_some_and(|owner| self.owners[owner].name == "init.arena");
                block.state == HeapBlockState::Live
                    && keeps_until_freed(&owner.family)
                    && !on_purpose
                    && context.is_none_or(|context| owner.context == context)
            })
            .collect();
        for index in leaked {
            let block = self.blocks[index].clone();
            for inner in &mut self.blocks {
                if inner.state == HeapBlockState::Live
                    && (inner.id == block.id || block.contains(inner))
                {
                    inner.state = HeapBlockState::Leaked;
                }
            }
            let allocator = self.owners[block.owner].name.clone();
            self.event(
                line,
                EventKind::Leak {
                    block: block.id,
                    size: block.len,
                    allocator,
                },
            );
        }
    }

    /// Whether an allocator is at work.
    pub(super) fn is_busy(&self) -> bool {
        !self.pending.is_empty()
    }

    /// A freed block is written to, by a statement at `line`.
    pub(super) fn write_after_free(&mut self, id: u32, line: u32) {
        if let Some(block) = self.blocks.iter_mut().find(|block| block.id == id) {
            block.written = true;
            self.event(line, EventKind::WriteAfterFree { block: id });
        }
    }

    /// The stack below `stack_pointer` has been given up, and with it the blocks in it.
    pub(super) fn end_below(&mut self, stack_pointer: u32) {
        for block in &mut self.blocks {
            if block.address < stack_pointer {
                block.state = HeapBlockState::Ended;
            }
        }
    }

    /// What has happened since this was last asked.
    pub(super) fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    /// The block that holds an address: a live one if there is one, the innermost of several.
    pub(super) fn at(&self, address: u32) -> Option<&HeapBlock> {
        self.nearest(|block| block.contains(&address))
    }

    /// The smallest block that holds all of a range: a live one if there is one. Blocks that begin at one address are told
    /// apart by how much is viewed of them.
    pub(super) fn holding(&self, range: &Range<u32>) -> Option<&HeapBlock> {
        self.nearest(|block| block.contains(&range.start) && range.end <= block.end)
    }

    /// Of the blocks that are there, and whose addresses are as `holds` wants them, a live one if there is one, the
    /// innermost of several.
    fn nearest(&self, holds: impl Fn(&Range<u32>) -> bool) -> Option<&HeapBlock> {
        use HeapBlockState::{Freed, Leaked, Live};
        let is_there = |block: &&HeapBlock| matches!(block.state, Live | Leaked | Freed);
        let blocks = self.blocks.iter().filter(is_there);
        blocks
            .filter(|block| holds(&block.range()))
            .min_by_key(|block| (block.state == Freed, block.len, u32::MAX - block.id))
    }

    /// The innermost live block that a block lies in.
    pub(super) fn around(&self, block: &HeapBlock) -> Option<&HeapBlock> {
        self.blocks
            .iter()
            .filter(|outer| {
                matches!(outer.state, HeapBlockState::Live | HeapBlockState::Leaked)
                    && outer.contains(block)
                    || outer.state == HeapBlockState::Freed
                        && block.state == HeapBlockState::Freed
                        && outer.contains(block)
            })
            .filter(|outer| outer.len > block.len || outer.id < block.id)
            .min_by_key(|outer| outer.len)
    }
}
