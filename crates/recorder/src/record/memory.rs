//! Reads values out of a program's memory, by their types. Pure: what pointers point to is asked of a
//! [`Resolve`].

use super::scalar::scalar;
use crate::dwarf::types::{Field, Shape, Type, TypeId, Types};
use crate::writing::Writing;
use book_trace::model::{MemoryText, Part, Pointer, Target, Value};

/// Parts of one object that are shown; the rest is counted.
pub(super) const MOST_PARTS: usize = 64;
/// Bytes of one object that are shown.
pub(super) const MOST_BYTES: u32 = 256;
/// Bytes of a text that are shown.
const MOST_TEXT: u32 = 200;
/// Bytes beyond those, of which it is found out whether anybody has written to them.
const MOST_LOOKED: u32 = 256 << 10;
/// How deep values nest.
const DEEPEST: usize = 12;

/// The byte that Zig fills undefined memory with in Debug builds.
pub(super) const UNDEFINED: u8 = 0xaa;

/// A byte that the recorder writes where nothing has been written since the frame was made. It depends on the
/// address, so that no value looks like it by chance.
pub(super) fn poison(address: u32) -> u8 {
    let mixed = address.wrapping_mul(0x9e37_79b1) >> 24;
    let byte = 0x80 | (mixed as u8 & 0x7f);
    if byte == UNDEFINED { 0xab } else { byte }
}

/// What a block is to the container that keeps its entries there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Storage {
    /// The slots of a map of this type, with the slots' bytes here.
    Slots(TypeId, u32),
    /// The columns of the list of this type that lies here.
    Columns(TypeId, u32),
    /// The same, of a map: `hash`, `key` and `value`.
    Entries(TypeId, u32),
    /// Says where in the columns a key is.
    Index,
}

/// Answers what addresses mean.
pub(super) trait Resolve {
    /// What a pointer stored at `place` points to: `width` bytes at `address`, elements of type `child`.
    fn pointer(&mut self, place: u32, address: u32, width: u32, child: TypeId) -> Target;
    /// A container keeps its entries in the block at an address, which has this length if one is given.
    fn storage(&mut self, address: u32, len: Option<u32>, storage: Storage);
    /// The address as it is shown: that of static memory depends on the other listings of the program.
    fn shown(&self, address: u32) -> u32;
    /// The name of the allocator whose functions are at `vtable`.
    fn allocator(&mut self, context: u32, vtable: u32) -> String;
    /// A type's name as it is written.
    fn type_name(&self, ty: &Type) -> String;
}

pub(super) struct MemoryReader<'r> {
    pub memory: &'r [u8],
    pub types: &'r Types,
    pub writing: Writing,
}

/// An object being read: what it is made of, and its bytes as they are shown.
pub(super) struct ObjectBytes {
    pub(super) start: u32,
    /// For each byte shown: nothing for padding.
    pub(super) bytes: Vec<Option<Byte>>,
    pub(super) parts: usize,
}

#[derive(Clone, Copy)]
pub(super) enum Byte {
    Is(u8),
    Undefined,
    /// A number that the compiler chooses, not the same in every program.
    Varies,
}

impl MemoryReader<'_> {
    pub(super) fn bytes(&self, address: u32, len: u32) -> Option<&[u8]> {
        let start = address as usize;
        self.memory.get(start..start.checked_add(len as usize)?)
    }

    pub(super) fn u32(&self, address: u32) -> Option<u32> {
        let bytes = self.bytes(address, 4)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?))
    }

    /// Whether nothing has been written to a place yet.
    pub(super) fn untouched(&self, address: u32, len: u32) -> bool {
        len > 0
            && self
                .bytes(address, len)
                .is_some_and(|bytes| (address..).zip(bytes).all(|(at, &byte)| byte == poison(at)))
    }

    pub(super) fn is_undefined(&self, address: u32, len: u32) -> bool {
        len > 0
            && self.bytes(address, len).is_none_or(|bytes| {
                bytes.iter().all(|&byte| byte == UNDEFINED) || self.untouched(address, len)
            })
    }

    /// Reads `count` elements of a type, or the one thing it is when `count` is `None`. The second result is
    /// the bytes, as [`book_trace::model::Memory`] has them.
    pub(super) fn read(
        &self,
        ty: TypeId,
        address: u32,
        count: Option<u32>,
        resolve: &mut dyn Resolve,
    ) -> (Value, String) {
        let size = self.types.get(ty).size.saturating_mul(count.unwrap_or(1));
        let mut object = ObjectBytes::new(address, size.min(MOST_BYTES));
        let value = match count {
            None => self.value(ty, address, &mut object, resolve, 0),
            Some(count) => self.items(ty, address, count, &mut object, resolve, 0),
        };
        let bytes = match value {
            Value::Opaque => String::new(),
            _ => shown_bytes(&object.bytes),
        };
        (value, bytes)
    }

    pub(super) fn value(
        &self,
        id: TypeId,
        address: u32,
        object: &mut ObjectBytes,
        resolve: &mut dyn Resolve,
        depth: usize,
    ) -> Value {
        let ty = self.types.get(id);
        object.parts += 1;
        if depth > DEEPEST {
            return Value::Opaque;
        }
        match &ty.shape {
            Shape::Void => Value::Scalar("{}".into()),
            Shape::Opaque => Value::Opaque,
            Shape::Table(table) => self.table(id, table, address, object, resolve),
            Shape::Columns(columns) => {
                self.columns(id, columns, address, object, resolve, Storage::Columns)
            }
            Shape::Entries { entries, index } => {
                self.entries(*entries, *index, address, object, resolve)
            }
            Shape::Struct(fields) if hides_itself(&ty.name) => {
                let _ = fields;
                Value::Opaque
            }
            Shape::Struct(fields) => {
                let fields: Vec<&Field> = fields
                    .iter()
                    .filter(|field| !is_bookkeeping(&ty.name, &field.name))
                    .collect();
                let value = self.fields(&fields, address, object, resolve, depth);
                match ty.name.starts_with("hash_map.HashMap(") {
                    true => without_wrapper(value),
                    false => value,
                }
            }
            Shape::Array { child, len } => {
                self.items(*child, address, *len, object, resolve, depth)
            }
            Shape::Optional { payload, some } => {
                let flag = address.wrapping_add(*some);
                self.keep(object, flag, 1);
                match self.bytes(flag, 1) {
                    Some([0]) => Value::Scalar("null".into()),
                    Some([1]) => self.value(*payload, address, object, resolve, depth + 1),
                    _ => Value::Undefined,
                }
            }
            Shape::ErrorUnion { error, payload } => {
                let at = address.wrapping_add(error.0);
                self.keep(object, at, 2);
                match self.bytes(at, 2) {
                    Some([0, 0]) => self.value(
                        payload.1,
                        address.wrapping_add(payload.0),
                        object,
                        resolve,
                        depth + 1,
                    ),
                    _ => self.value(error.1, at, object, resolve, depth + 1),
                }
            }
            Shape::Union {
                tag,
                payload,
                variants,
            } => self.variant(address, *tag, *payload, variants, object, resolve, depth),
            Shape::Allocator => {
                self.keep(object, address, 8);
                match (self.u32(address), self.u32(address.wrapping_add(4))) {
                    (Some(context), Some(vtable)) if !self.is_undefined(address, 8) => {
                        object.rewrite(address, resolve.shown(context));
                        for at in 4..8 {
                            object.set(address.wrapping_add(at), Byte::Varies);
                        }
                        Value::Scalar(resolve.allocator(context, vtable))
                    }
                    _ => Value::Undefined,
                }
            }
            Shape::Function => {
                if self.is_undefined(address, 4) {
                    self.hide(object, address, 4);
                    Value::Undefined
                } else {
                    for at in 0..4 {
                        object.set(address.wrapping_add(at), Byte::Varies);
                    }
                    Value::Scalar("a function".into())
                }
            }
            _ if self.is_undefined(address, ty.size) => {
                self.hide(object, address, ty.size);
                Value::Undefined
            }
            Shape::Packed(fields) if ty.size <= 16 => {
                self.keep(object, address, ty.size);
                let offset = address.wrapping_sub(object.start);
                match self.bits(address, ty.size) {
                    Some(bits) => self.packed(fields, bits, offset),
                    None => Value::Undefined,
                }
            }
            Shape::Pointer { .. } | Shape::Slice { .. } => {
                self.pointer(ty, address, object, resolve)
            }
            _ => {
                self.keep(object, address, ty.size);
                if matches!(ty.shape, Shape::ErrorSet(_)) {
                    for at in 0..ty.size {
                        object.set(address.wrapping_add(at), Byte::Varies);
                    }
                }
                match self.bytes(address, ty.size) {
                    Some(bytes) => Value::Scalar(scalar(ty, bytes)),
                    None => Value::Undefined,
                }
            }
        }
    }

    fn fields(
        &self,
        fields: &[&Field],
        address: u32,
        object: &mut ObjectBytes,
        resolve: &mut dyn Resolve,
        depth: usize,
    ) -> Value {
        let parts = fields
            .iter()
            .map(|field| {
                let at = address.wrapping_add(field.offset);
                Part {
                    name: field.name.clone(),
                    offset: at.wrapping_sub(object.start),
                    size: self.types.get(field.ty).size,
                    value: self.value(field.ty, at, object, resolve, depth + 1),
                }
            })
            .collect();
        Value::Fields(parts)
    }

    #[allow(clippy::too_many_arguments)]
    fn variant(
        &self,
        address: u32,
        tag: Option<(u32, TypeId)>,
        payload: u32,
        variants: &[Field],
        object: &mut ObjectBytes,
        resolve: &mut dyn Resolve,
        depth: usize,
    ) -> Value {
        let Some((tag_offset, tag)) = tag else {
            // Which field is active is known to the programmer alone.
            let fields: Vec<&Field> = variants.iter().collect();
            return self.fields(&fields, address, object, resolve, depth);
        };
        let at = address.wrapping_add(tag_offset);
        let active = match self.value(tag, at, object, resolve, depth + 1) {
            Value::Scalar(name) => name,
            _ => return Value::Undefined,
        };
        let active = active.trim_start_matches('.');
        let Some(variant) = variants.iter().find(|variant| variant.name == active) else {
            return Value::Scalar(format!(".{active}"));
        };
        if self.types.get(variant.ty).size == 0 {
            return Value::Scalar(format!(".{active}"));
        }
        let at = address.wrapping_add(payload).wrapping_add(variant.offset);
        Value::Fields(vec![Part {
            name: variant.name.clone(),
            offset: at.wrapping_sub(object.start),
            size: self.types.get(variant.ty).size,
            value: self.value(variant.ty, at, object, resolve, depth + 1),
        }])
    }

    pub(super) fn items(
        &self,
        child: TypeId,
        address: u32,
        count: u32,
        object: &mut ObjectBytes,
        resolve: &mut dyn Resolve,
        depth: usize,
    ) -> Value {
        let ty = self.types.get(child);
        let len = ty.size.saturating_mul(count);
        if count > 0 && self.is_undefined(address, len) {
            self.hide(object, address, len);
            return Value::Undefined;
        }
        if ty.name == "u8"
            && let Some(text) = self.text(address, count)
        {
            for at in 0..count.min(MOST_BYTES) {
                self.keep(object, address.wrapping_add(at), 1);
            }
            return Value::Text(MemoryText {
                text,
                offset: address.wrapping_sub(object.start),
            });
        }
        let mut parts = Vec::new();
        for index in 0..count {
            if object.parts >= MOST_PARTS {
                let at = address.wrapping_add(index.wrapping_mul(ty.size));
                let size = (count - index).saturating_mul(ty.size);
                parts.push(Part {
                    name: format!("{} more", count - index),
                    offset: at.wrapping_sub(object.start),
                    size,
                    value: match size <= MOST_LOOKED && self.is_undefined(at, size) {
                        true => Value::Undefined,
                        false => Value::Opaque,
                    },
                });
                break;
            }
            let at = address.wrapping_add(index.wrapping_mul(ty.size));
            let mut value = self.value(child, at, object, resolve, depth + 1);
            if value == Value::Undefined
                && ty.size == 1
                && ty.name == "u8"
                && index > 0
                && index + 1 < count
                && !self.is_undefined(at - 1, 1)
                && !self.is_undefined(at + 1, 1)
            {
                // Between two bytes that were written, it was written too.
                object.set(at, Byte::Is(UNDEFINED));
                value = Value::Scalar(UNDEFINED.to_string());
            }
            parts.push(Part {
                name: index.to_string(),
                offset: at.wrapping_sub(object.start),
                size: ty.size,
                value,
            });
        }
        Value::Items(parts)
    }

    /// Bytes as text, if they are: printable, with undefined ones or zeros after it, in a program that handles text.
    fn text(&self, address: u32, len: u32) -> Option<String> {
        let bytes = self.bytes(address, len.min(MOST_TEXT))?;
        let mut text = String::new();
        let mut characters = Vec::new();
        for (at, &byte) in (address..).zip(bytes) {
            match byte {
                b' '..=b'~' => {
                    text.push(char::from(byte));
                    characters.push(byte);
                }
                b'\n' => text.push('\u{2424}'),
                0 => text.push('\u{2400}'),
                _ if byte == UNDEFINED || byte == poison(at) => text.push('\u{fffd}'),
                _ => return None,
            }
        }
        let rest = address.wrapping_add(MOST_TEXT);
        if len > MOST_TEXT && !(len <= MOST_LOOKED && self.is_undefined(rest, len - MOST_TEXT)) {
            text.push('\u{2026}');
        }
        self.writing.is_text(characters).then_some(text)
    }

    fn pointer(
        &self,
        ty: &Type,
        address: u32,
        object: &mut ObjectBytes,
        resolve: &mut dyn Resolve,
    ) -> Value {
        self.keep(object, address, ty.size);
        let Some(value) = self.u32(address) else {
            return Value::Undefined;
        };
        let (child, len, optional) = match ty.shape {
            Shape::Slice { child, optional } => {
                (child, self.u32(address.wrapping_add(4)), optional)
            }
            Shape::Pointer {
                child,
                many: true,
                terminated: true,
                optional,
            } => (child, Some(self.terminated_len(value)), optional),
            Shape::Pointer {
                child, optional, ..
            } => (child, None, optional),
            _ => return Value::Opaque,
        };
        if value == 0 && optional {
            return Value::Scalar("null".into());
        }
        let element = self.types.get(child);
        let is_slice = matches!(ty.shape, Shape::Slice { .. });
        let is_many = matches!(ty.shape, Shape::Pointer { many: true, .. });
        let width = match len {
            Some(len) => element.size.saturating_mul(len),
            None => element.size,
        };
        let nothing = width == 0 || self.is_undefined(address, 4);
        if self.is_undefined(address, 4) {
            self.hide(object, address, 4);
        }
        let target = if nothing && element.name != "anyopaque" {
            Target::Nothing
        } else {
            resolve.pointer(address, value, width, child)
        };
        let shown = resolve.shown(value);
        if !self.is_undefined(address, 4) {
            object.rewrite(address, shown);
        }
        let text = match (&target, element.name.as_str()) {
            (Target::Object(..) | Target::Elsewhere, "u8") if len.is_some() => {
                self.text(value, len.unwrap_or(0))
            }
            _ => None,
        };
        Value::Pointer(Pointer {
            address: shown,
            len: len.filter(|_| is_slice),
            width: if is_many && len.is_none() { 0 } else { width },
            target,
            text,
        })
    }

    fn terminated_len(&self, address: u32) -> u32 {
        (0..MOST_BYTES)
            .find(|&len| {
                self.bytes(address.saturating_add(len), 1)
                    .is_none_or(|byte| byte == [0])
            })
            .unwrap_or(MOST_BYTES)
    }

    /// These bytes are part of a value.
    pub(super) fn keep(&self, object: &mut ObjectBytes, address: u32, len: u32) {
        for at in 0..len {
            let address = address.wrapping_add(at);
            let byte = match self.bytes(address, 1) {
                Some(&[byte]) if byte != UNDEFINED && byte != poison(address) => Byte::Is(byte),
                Some(&[byte]) if len > 1 && byte != poison(address) => Byte::Is(byte),
                _ => Byte::Undefined,
            };
            object.set(address, byte);
        }
    }

    /// These bytes are part of a value, and undefined.
    pub(super) fn hide(&self, object: &mut ObjectBytes, address: u32, len: u32) {
        for at in 0..len.min(MOST_BYTES) {
            object.set(address.wrapping_add(at), Byte::Undefined);
        }
    }
}

impl ObjectBytes {
    pub(super) fn new(start: u32, len: u32) -> ObjectBytes {
        ObjectBytes {
            start,
            bytes: vec![None; len as usize],
            parts: 0,
        }
    }

    fn set(&mut self, address: u32, byte: Byte) {
        let index = address.wrapping_sub(self.start) as usize;
        if let Some(slot) = self.bytes.get_mut(index) {
            *slot = Some(byte);
        }
    }

    /// Replaces a pointer's bytes by the address that is shown.
    pub(super) fn rewrite(&mut self, address: u32, shown: u32) {
        for (at, byte) in (address..).zip(shown.to_le_bytes()) {
            self.set(at, Byte::Is(byte));
        }
    }
}

pub(super) fn shown_bytes(bytes: &[Option<Byte>]) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        match byte {
            Some(Byte::Is(byte)) => write!(out, "{byte:02x}").expect("a string takes all"),
            Some(Byte::Undefined) => out.push_str("??"),
            Some(Byte::Varies) => out.push_str("~~"),
            None => out.push_str(".."),
        }
    }
    out
}

/// Standard library types whose fields tell a reader nothing.
fn hides_itself(name: &str) -> bool {
    const SHOWN: [&str; 5] = [
        "array_list.",
        "heap.FixedBufferAllocator",
        "heap.ArenaAllocator",
        "linked_list.",
        "hash_map.HashMap(",
    ];
    const OF_LIBRARY: [&str; 16] = [
        "heap.",
        "Io.",
        "process.",
        "hash_map.",
        "array_hash_map.",
        "fs.",
        "debug.",
        "Target.",
        "Random",
        "mem.",
        "fmt.",
        "lang.",
        "json.",
        "zig.",
        "Build.",
        "testing.",
    ];
    OF_LIBRARY.iter().any(|prefix| name.starts_with(prefix))
        && !SHOWN.iter().any(|prefix| name.starts_with(prefix))
        || name == "Io"
}

/// A map that holds its allocator: the fields of the map inside it beside its own.
fn without_wrapper(value: Value) -> Value {
    let Value::Fields(parts) = value else {
        return value;
    };
    let mut own = Vec::new();
    for part in parts {
        match (part.name.as_str(), part.value) {
            ("unmanaged", Value::Fields(inner)) => own.extend(inner),
            ("ctx", _) => {}
            (_, value) => own.push(Part { value, ..part }),
        }
    }
    Value::Fields(own)
}

/// Fields of the standard library's types that are not part of how these are used.
fn is_bookkeeping(container: &str, field: &str) -> bool {
    container.starts_with("array_list.") && field == "pointer_stability"
        || container.starts_with("heap.ArenaAllocator") && field == "state"
}
