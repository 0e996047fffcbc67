//! What addresses mean at one step: variables, blocks, static memory, and what has gone. Pure.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use super::allocators::allocator_name;
use super::heap::{Heap, HeapBlock, HeapBlockState};
use super::memory::{MOST_BYTES, MemoryReader, Resolve, Storage};
use super::stack::{Call, VariableInScope};
use super::statics::{Static, Statics};
use crate::dwarf::types::{Shape, Type, TypeId};
use crate::names;
use crate::program::InstrumentedProgram;
use book_trace::model::{self, BlockState, Memory, Object, ObjectKey, Target, Value};

/// What a pointer pointed to when it was seen first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PointerOrigin {
    address: u32,
    /// The bytes that it viewed.
    width: u32,
    what: PointedAt,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum PointedAt {
    Block(u32),
    /// The key, and its name for when it is gone.
    Variable(ObjectKey, String),
    Gone(String),
}

/// The byte that the allocator that checks everything fills what is given back with.
const GIVEN_BACK: u8 = 0x55;
/// No frame is below this address: what is there is the alignment that Zig writes into a pointer to nothing.
const STACK_LEAST: u32 = 0x1000;
/// Where the stack is shown to begin for the listing's first function.
const STACK_SHOWN: u32 = 0x00ff_f000;
/// Everything that an address can mean at one step.
pub(super) struct World<'w> {
    pub(super) program: &'w InstrumentedProgram,
    pub(super) name: &'w str,
    pub(super) heap: &'w Heap,
    pub(super) variables: &'w [VariableInScope],
    pub(super) statics: &'w mut Statics,
    pub(super) memory: &'w [u8],
    /// The lowest address of the stack that belongs to a call.
    pub(super) stack_pointer: u32,
    /// The stack pointer when the listing began.
    pub(super) base: u32,
    pub(super) calls: &'w [Call],
    /// The frames in the middle of very many that are left out, by their numbers.
    pub(super) left_out: Range<u32>,
    /// Whether what is read is nobody's any more: pointers in there keep nothing in the picture.
    pub(super) is_quiet: bool,
    pub(super) origins: &'w HashMap<u32, PointerOrigin>,
    pub(super) seen: HashMap<u32, PointerOrigin>,
    pub(super) used_statics: BTreeSet<u32>,
    pub(super) used_freed: BTreeSet<u32>,
    /// What pointers to the beginnings of blocks say of the type of what they point to, by the blocks' numbers.
    pub(super) hints: HashMap<u32, TypeId>,
    /// Blocks that containers keep their entries in, by their numbers.
    pub(super) storages: HashMap<u32, Storage>,
    /// Where copies of constants lie, and the address of the constant.
    pub(super) copies: Vec<(Range<u32>, u32)>,
}

impl World<'_> {
    pub(super) fn object(
        &mut self,
        reader: &MemoryReader<'_>,
        key: ObjectKey,
        name: &str,
        ty: TypeId,
        address: u32,
    ) -> Object {
        let (value, bytes) = reader.read(ty, address, None, self);
        let ty = reader.types.get(ty);
        Object {
            key,
            name: name.to_string(),
            memory: Memory {
                ty: self.type_name(ty),
                address: self.shown(address),
                size: ty.size,
                align: ty.align,
                value,
                bytes,
            },
        }
    }

    /// A block that has been freed, with what it holds still. Pointers in there are read as they are, and keep nothing in
    /// the picture.
    pub(super) fn freed_block(
        &mut self,
        reader: &MemoryReader<'_>,
        block: &HeapBlock,
    ) -> model::Block {
        let (seen, hints) = (self.seen.clone(), self.hints.clone());
        let used = (self.used_statics.clone(), self.used_freed.clone());
        let copies = self.copies.len();
        self.is_quiet = true;
        let mut read = self.block(reader, block);
        self.is_quiet = false;
        let bytes = reader.bytes(block.address, block.len.min(MOST_BYTES));
        let is_filled = |bytes: &[u8]| bytes.iter().all(|&byte| byte == GIVEN_BACK);
        if read.memory.value != Value::Opaque && bytes.is_some_and(is_filled) {
            read.memory.value = Value::Scalar(format!("0x{GIVEN_BACK:02x} everywhere"));
        }
        (self.used_statics, self.used_freed) = used;
        (self.seen, self.hints) = (seen, hints);
        self.copies.truncate(copies);
        if let Some(ObjectKey::Static(number)) = read.inside {
            self.used_statics.insert(number);
        }
        read
    }

    pub(super) fn block(&mut self, reader: &MemoryReader<'_>, block: &HeapBlock) -> model::Block {
        let storage = self.storages.get(&block.id).copied();
        let divided = (self.heap.blocks).iter().any(|inner| {
            self.heap
                .around(inner)
                .is_some_and(|outer| outer.id == block.id)
        });
        let element = block
            .element
            .or_else(|| self.hints.get(&block.id).copied())
            .filter(|_| storage.is_none())
            .filter(|&element| {
                let size = reader.types.get(element).size;
                size > 0 && block.len.is_multiple_of(size)
            });
        let is_live = matches!(block.state, HeapBlockState::Live | HeapBlockState::Leaked);
        let stored = storage
            .filter(|_| is_live && !divided)
            .and_then(|storage| reader.stored(storage, block.address, block.len, self));
        let (value, bytes) = match element {
            Some(element) if block.serves.is_none() && !divided => {
                let count = block.len / reader.types.get(element).size;
                reader.read(
                    element,
                    block.address,
                    Some(count).filter(|&count| count != 1),
                    self,
                )
            }
            _ => (Value::Opaque, String::new()),
        };
        let element = element.map(|element| self.type_name(reader.types.get(element)));
        let (ty, value, bytes) = match stored {
            Some(stored) => (stored.ty, stored.value, stored.bytes),
            None => (element.clone().unwrap_or_default(), value, bytes),
        };
        let inside = match self.heap.around(block) {
            Some(outer) => Some(ObjectKey::Block(outer.id)),
            None => self
                .variable_at(&block.range())
                .map(|variable| variable.key.clone())
                .or_else(|| self.statics.holding(&block.range()).map(ObjectKey::Static)),
        };
        if let Some(ObjectKey::Static(number)) = inside {
            self.used_statics.insert(number);
        }
        model::Block {
            id: block.id,
            memory: Memory {
                ty,
                address: self.shown(block.address),
                size: block.len,
                align: block.align,
                value,
                bytes,
            },
            element,
            allocator: self.heap.owners[block.owner].name.clone(),
            serves: block
                .serves
                .map(|owner| self.heap.owners[owner].name.clone()),
            inside,
            state: match block.state {
                HeapBlockState::Live => BlockState::Live,
                HeapBlockState::Leaked => BlockState::Leaked,
                HeapBlockState::Freed if block.written => BlockState::Written,
                HeapBlockState::Freed | HeapBlockState::Reused | HeapBlockState::Ended => {
                    BlockState::Freed
                }
            },
            line: block.line,
        }
    }

    /// A static object that is to be shown and is not yet.
    pub(super) fn next_static(&self, shown: &BTreeMap<u32, Object>) -> Option<u32> {
        (0..self.statics.known.len() as u32).find(|number| {
            let wanted =
                self.statics.known[*number as usize].always || self.used_statics.contains(number);
            wanted && !shown.contains_key(number)
        })
    }

    pub(super) fn static_object(&mut self, reader: &MemoryReader<'_>, number: u32) -> Object {
        let known = self.statics.known[number as usize].clone();
        let (value, bytes) = reader.read(known.ty, known.range.start, known.count, self);
        let ty = reader.types.get(known.ty);
        let name = self.type_name(ty);
        Object {
            key: ObjectKey::Static(number),
            name: known.name,
            memory: Memory {
                ty: match known.count {
                    Some(count) => format!("[{count}]{name}"),
                    None => name,
                },
                address: known.shown,
                size: known.range.end - known.range.start,
                align: ty.align,
                value,
                bytes,
            },
        }
    }

    /// The variable whose memory holds a range, not one that only borrows it.
    fn variable_at(&self, range: &Range<u32>) -> Option<&VariableInScope> {
        self.variables
            .iter()
            .filter(|variable| variable.address <= range.start && range.end <= variable.range().end)
            .min_by_key(|variable| (variable.borrowed, variable.size))
    }

    /// What an address means that was not seen in this place before.
    fn find(&mut self, address: u32, width: u32, child: TypeId) -> (Target, Option<PointedAt>) {
        let range = address..address.saturating_add(width.max(1));
        let holding = self.heap.holding(&range);
        if let Some(block) = holding.filter(|block| block.state != HeapBlockState::Freed) {
            let target = Target::Object(ObjectKey::Block(block.id), address - block.address);
            return (target, Some(PointedAt::Block(block.id)));
        }
        if let Some(variable) = self.variable_at(&range) {
            let label = format!("{} of {}", variable.name, variable.function);
            return (
                Target::Object(variable.key.clone(), address - variable.address),
                Some(PointedAt::Variable(variable.key.clone(), label)),
            );
        }
        if let Some(block) = holding.or_else(|| self.heap.at(address)) {
            let offset = address - block.address;
            let target = if block.state == HeapBlockState::Freed {
                self.used_freed.insert(block.id);
                Target::Freed(ObjectKey::Block(block.id), offset)
            } else {
                Target::Object(ObjectKey::Block(block.id), offset)
            };
            return (target, Some(PointedAt::Block(block.id)));
        }
        if address < self.program.stack_top {
            let grave = (self.statics.ended)
                .range(..=address)
                .next_back()
                .filter(|(start, grave)| address - *start < grave.size.max(1))
                .map(|(_, grave)| grave);
            if grave.is_some_and(|grave| self.is_left_out(&grave.key)) {
                return (Target::Elsewhere, None);
            }
            if address >= self.stack_pointer || address == 0 {
                // A variable whose block has ended, in a call that goes on.
                let ended = grave.filter(|grave| match &grave.key {
                    ObjectKey::Variable(frame, _) => self.is_live(*frame),
                    _ => false,
                });
                return match ended {
                    Some(grave) => (
                        Target::Gone(grave.label.clone()),
                        Some(PointedAt::Gone(grave.label.clone())),
                    ),
                    None => match self.constant(&range, child) {
                        Some((key, address)) => {
                            self.copies.push((range, address));
                            (Target::Object(key, 0), None)
                        }
                        None => (Target::Elsewhere, None),
                    },
                };
            }
            let name = self.grave(address);
            return (Target::Gone(name.clone()), Some(PointedAt::Gone(name)));
        }
        let hidden = self
            .program
            .named
            .iter()
            .any(|named| named.range.contains(&address));
        if address >= self.program.static_end || hidden {
            return (Target::Elsewhere, None);
        }
        let ty = self.program.types.get(child);
        if ty.size == 0 || matches!(ty.shape, Shape::Opaque) {
            return (Target::Elsewhere, None);
        }
        let number = match self.statics.holding(&range) {
            Some(number) => number,
            None if self.is_quiet => return (Target::Elsewhere, None),
            None => self.statics.add(Static {
                range: range.clone(),
                ty: child,
                // One byte is text of one letter.
                count: Some(width / ty.size).filter(|&count| count != 1 || ty.name == "u8"),
                name: String::new(),
                shown: 0,
                always: false,
            }),
        };
        self.used_statics.insert(number);
        let start = self.statics.known[number as usize].range.start;
        (
            Target::Object(ObjectKey::Static(number), address - start),
            None,
        )
    }

    fn is_live(&self, frame: u32) -> bool {
        let mut frames = self.calls.iter().flat_map(|call| &call.frames);
        frames.any(|live| live.id == frame)
    }

    /// Whether it is a variable of a call that is left out.
    fn is_left_out(&self, key: &ObjectKey) -> bool {
        matches!(key, ObjectKey::Variable(frame, _) if self.left_out.contains(frame) && self.is_live(*frame))
    }

    /// The constant that a place of its frame holds a copy of: the compiler may keep several, which nothing can tell
    /// apart but their addresses.
    fn constant(&self, range: &Range<u32>, child: TypeId) -> Option<(ObjectKey, u32)> {
        let bytes = |range: &Range<u32>| self.memory.get(range.start as usize..range.end as usize);
        let found = self.variables.iter().find(|variable| {
            let is_same = match self.program.types.get(variable.ty).shape {
                Shape::Array { child: element, .. } => element == child || variable.ty == child,
                _ => variable.ty == child,
            };
            is_same
                && variable.size == range.end - range.start
                && variable.copies.contains(&range.start)
                && bytes(&variable.range()) == bytes(range)
        })?;
        Some((found.key.clone(), found.address))
    }

    /// The variable that was at an address of the stack last.
    fn grave(&self, address: u32) -> String {
        (self.statics.ended)
            .range(..=address)
            .next_back()
            .filter(|(start, grave)| address - *start < grave.size.max(1))
            .map_or_else(
                || "memory of a call that has returned".to_string(),
                |(_, grave)| grave.label.clone(),
            )
    }

    /// What an address means in a place that held it before: the same thing, or what became of it.
    fn remembered(&mut self, origin: &PointerOrigin, width: u32) -> Option<Target> {
        match &origin.what {
            PointedAt::Block(id) => {
                let block = self.heap.blocks.iter().find(|block| block.id == *id)?;
                let offset = origin.address.checked_sub(block.address)?;
                match block.state {
                    HeapBlockState::Live | HeapBlockState::Leaked => None,
                    HeapBlockState::Ended => Some(Target::Gone(self.grave(origin.address))),
                    HeapBlockState::Freed | HeapBlockState::Reused => {
                        self.used_freed.insert(*id);
                        Some(Target::Freed(ObjectKey::Block(*id), offset))
                    }
                }
            }
            PointedAt::Variable(key, label) => {
                let alive = self.variables.iter().find(|variable| variable.key == *key);
                match alive {
                    // Even where a block now covers all of it.
                    Some(variable) if width == origin.width => {
                        let offset = origin.address.checked_sub(variable.address)?;
                        Some(Target::Object(key.clone(), offset))
                    }
                    Some(_) => None,
                    None if self.is_left_out(key) => Some(Target::Elsewhere),
                    None => Some(Target::Gone(label.clone())),
                }
            }
            PointedAt::Gone(label) => Some(Target::Gone(label.clone())),
        }
    }

    /// What a pointer points to, as far as [`Resolve::pointer`] tells.
    fn target(&mut self, place: u32, address: u32, width: u32, child: TypeId) -> Target {
        let before = self
            .origins
            .get(&place)
            .filter(|origin| origin.address == address)
            .cloned();
        if let Some(origin) = before
            && let Some(target) = self.remembered(&origin, width)
        {
            self.seen.insert(place, origin);
            return target;
        }
        let (target, whom) = self.find(address, width, child);
        if let Some(what) = whom {
            let origin = PointerOrigin {
                address,
                width,
                what,
            };
            self.seen.insert(place, origin);
        }
        target
    }
}

impl Resolve for World<'_> {
    fn storage(&mut self, address: u32, len: Option<u32>, storage: Storage) {
        let found = self.heap.blocks.iter().rfind(|block| {
            block.address == address
                && matches!(block.state, HeapBlockState::Live | HeapBlockState::Leaked)
                && len.is_none_or(|len| block.len == len)
        });
        if let Some(block) = found {
            self.storages.entry(block.id).or_insert(storage);
        }
    }

    fn pointer(&mut self, place: u32, address: u32, width: u32, child: TypeId) -> Target {
        let target = self.target(place, address, width, child);
        if let Target::Object(ObjectKey::Block(id), 0) = target
            && !matches!(self.program.types.get(child).shape, Shape::Opaque)
        {
            self.hints.entry(id).or_insert(child);
        }
        target
    }

    fn shown(&self, address: u32) -> u32 {
        let copied = (self.copies.iter()).find(|(copy, _)| copy.contains(&address));
        let address = copied.map_or(address, |(copy, of)| of + (address - copy.start));
        if address < STACK_LEAST {
            return address;
        }
        if address < self.program.stack_top {
            // How deep the stack is when the listing begins depends on the rest of the program.
            return address.wrapping_sub(self.base).wrapping_add(STACK_SHOWN);
        }
        if address >= self.program.static_end {
            return address;
        }
        match self.statics.holding(&(address..address + 1)) {
            Some(number) => {
                let known = &self.statics.known[number as usize];
                known.shown + (address - known.range.start)
            }
            None => (self.program.named)
                .iter()
                .find(|named| named.range.contains(&address))
                .map_or(0, |named| named.shown + (address - named.range.start)),
        }
    }

    fn allocator(&mut self, context: u32, vtable: u32) -> String {
        let index = self
            .memory
            .get(vtable as usize..)
            .and_then(|bytes| bytes.first_chunk())
            .map_or(0, |bytes| u32::from_le_bytes(*bytes));
        match self.program.vtables.get(&index) {
            Some(family) => allocator_name(
                self.program,
                self.variables,
                self.heap,
                self.name,
                family,
                context,
            ),
            None => "an allocator".into(),
        }
    }

    fn type_name(&self, ty: &Type) -> String {
        names::type_name(&ty.name, self.name)
    }
}
