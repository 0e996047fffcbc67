//! Reads the standard library's maps and lists of columns: what the variable holds, and what lies in the block that it
//! keeps its entries in. Pure.

use super::memory::{
    MOST_BYTES, MOST_PARTS, MemoryReader, ObjectBytes, Resolve, Storage, shown_bytes,
};
use crate::dwarf::containers::{Columns, HashTable};
use crate::dwarf::types::{Shape, Type, TypeId};
use book_trace::model::{Part, Pointer, Target, Value};

/// A slot that never held an entry, and one whose entry was removed; one in use has the highest bit.
const REMOVED: u8 = 1;
const USED: u8 = 0x80;

/// The block of a container, as it is shown: what it is, what it holds and its bytes.
pub(super) struct Stored {
    pub ty: String,
    pub value: Value,
    pub bytes: String,
}

impl MemoryReader<'_> {
    fn number(&self, address: u32) -> u32 {
        self.u32(address).unwrap_or(0)
    }

    /// A map's own fields.
    pub(super) fn table(
        &self,
        id: TypeId,
        table: &HashTable,
        address: u32,
        object: &mut ObjectBytes,
        resolve: &mut dyn Resolve,
    ) -> Value {
        let place = address.wrapping_add(table.metadata);
        if self.is_undefined(place, 4) {
            self.hide(object, address, self.types.get(id).size);
            return Value::Undefined;
        }
        let metadata = self.number(place);
        let start = metadata.wrapping_sub(table.header);
        if metadata != 0 {
            let len = self.table_size(table, metadata);
            resolve.storage(start, Some(len), Storage::Slots(id, metadata));
        }
        let mut parts = vec![Part {
            name: "metadata".into(),
            offset: place.wrapping_sub(object.start),
            size: 4,
            value: self.inward(place, table.header, table.bytes, object, resolve),
        }];
        for (name, offset) in &table.counts {
            parts.push(self.count(name, address.wrapping_add(*offset), object));
        }
        Value::Fields(parts)
    }

    /// A list's own fields.
    pub(super) fn columns(
        &self,
        id: TypeId,
        columns: &Columns,
        address: u32,
        object: &mut ObjectBytes,
        resolve: &mut dyn Resolve,
        storage: fn(TypeId, u32) -> Storage,
    ) -> Value {
        let capacity = address.wrapping_add(columns.capacity);
        if self.is_undefined(capacity, 4) {
            self.hide(object, address, self.types.get(id).size);
            return Value::Undefined;
        }
        let place = address.wrapping_add(columns.bytes);
        let count = self.number(capacity);
        if count > 0 {
            let len = self.row(columns).saturating_mul(count);
            resolve.storage(self.number(place), Some(len), storage(id, address));
        }
        let bytes = match count {
            0 => {
                self.hide(object, place, 4);
                Value::Undefined
            }
            _ => self.inward(place, 0, columns.opaque, object, resolve),
        };
        let bytes = Part {
            name: "bytes".into(),
            offset: place.wrapping_sub(object.start),
            size: 4,
            value: bytes,
        };
        let len = self.count("len", address.wrapping_add(columns.len), object);
        Value::Fields(vec![bytes, len, self.count("capacity", capacity, object)])
    }

    /// The fields of a map that keeps its entries in columns.
    pub(super) fn entries(
        &self,
        entries: (u32, TypeId),
        index: u32,
        address: u32,
        object: &mut ObjectBytes,
        resolve: &mut dyn Resolve,
    ) -> Value {
        let Shape::Columns(columns) = &self.types.get(entries.1).shape else {
            return Value::Opaque;
        };
        let at = address.wrapping_add(entries.0);
        let list = self.columns(entries.1, columns, at, object, resolve, Storage::Entries);
        let Value::Fields(mut parts) = list else {
            return list;
        };
        let place = address.wrapping_add(index);
        let header = self.number(place);
        if header != 0 {
            resolve.storage(header, None, Storage::Index);
        }
        parts.push(Part {
            name: "index_header".into(),
            offset: place.wrapping_sub(object.start),
            size: 4,
            value: self.inward(place, 0, columns.opaque, object, resolve),
        });
        Value::Fields(parts)
    }

    /// A pointer to what the container owns, which begins `before` bytes before it.
    fn inward(
        &self,
        place: u32,
        before: u32,
        child: TypeId,
        object: &mut ObjectBytes,
        resolve: &mut dyn Resolve,
    ) -> Value {
        self.keep(object, place, 4);
        let Some(address) = self.u32(place).filter(|&address| address != 0) else {
            return Value::Scalar("null".into());
        };
        let target = resolve.pointer(place, address.wrapping_sub(before), 0, child);
        let shown = resolve.shown(address);
        object.rewrite(place, shown);
        Value::Pointer(Pointer {
            address: shown,
            len: None,
            width: 0,
            target: match target {
                Target::Nothing => Target::Elsewhere,
                target => target,
            },
            text: None,
        })
    }

    fn count(&self, name: &str, address: u32, object: &mut ObjectBytes) -> Part {
        self.keep(object, address, 4);
        Part {
            name: name.into(),
            offset: address.wrapping_sub(object.start),
            size: 4,
            value: Value::Scalar(self.number(address).to_string()),
        }
    }

    fn capacity(&self, table: &HashTable, metadata: u32) -> u32 {
        let header = metadata.wrapping_sub(table.header);
        self.number(header.wrapping_add(table.capacity))
    }

    /// How many bytes a map asks for.
    fn table_size(&self, table: &HashTable, metadata: u32) -> u32 {
        let capacity = self.capacity(table, metadata);
        let (keys, values) = (self.types.get(table.keys.1), self.types.get(table.values.1));
        let align = |ty: &Type| if ty.size == 0 { 1 } else { ty.align };
        let after = |at: Option<u32>, ty: &Type| {
            at?.checked_next_multiple_of(align(ty))?
                .checked_add(ty.size.checked_mul(capacity)?)
        };
        let end = after(after(table.header.checked_add(capacity), keys), values);
        let widest = align(keys).max(align(values)).max(4);
        end.and_then(|end| end.checked_next_multiple_of(widest))
            .unwrap_or(u32::MAX)
    }

    /// Bytes of one element of a list of columns.
    fn row(&self, columns: &Columns) -> u32 {
        let sizes = columns.columns.iter();
        sizes.map(|column| self.types.get(column.ty).size).sum()
    }

    /// What a block of a container holds.
    pub(super) fn stored(
        &self,
        storage: Storage,
        address: u32,
        len: u32,
        resolve: &mut dyn Resolve,
    ) -> Option<Stored> {
        let mut object = ObjectBytes::new(address, len.min(MOST_BYTES));
        let (ty, value) = match storage {
            Storage::Slots(id, metadata) => {
                let Shape::Table(table) = &self.types.get(id).shape else {
                    return None;
                };
                self.slots(table, metadata, &mut object, resolve)
            }
            Storage::Columns(id, list) => {
                let Shape::Columns(columns) = &self.types.get(id).shape else {
                    return None;
                };
                let capacity = self.number(list.wrapping_add(columns.capacity));
                let len = self.number(list.wrapping_add(columns.len));
                let mut start = address;
                let mut parts = Vec::new();
                for column in &columns.columns {
                    let size = self.types.get(column.ty).size.saturating_mul(capacity);
                    parts.push(Part {
                        name: column.name.clone(),
                        offset: start.wrapping_sub(address),
                        size,
                        value: self.items(column.ty, start, capacity, &mut object, resolve, 1),
                    });
                    start = start.saturating_add(size);
                }
                (
                    format!("{len} of {capacity} elements"),
                    Value::Fields(parts),
                )
            }
            Storage::Entries(id, list) => {
                let Shape::Columns(columns) = &self.types.get(id).shape else {
                    return None;
                };
                self.pairs(columns, list, address, &mut object, resolve)
            }
            Storage::Index => (String::from("index of the keys"), Value::Opaque),
        };
        Some(Stored {
            ty,
            bytes: match value {
                Value::Opaque => String::new(),
                _ => shown_bytes(&object.bytes),
            },
            value,
        })
    }

    fn slots(
        &self,
        table: &HashTable,
        metadata: u32,
        object: &mut ObjectBytes,
        resolve: &mut dyn Resolve,
    ) -> (String, Value) {
        let header = metadata.wrapping_sub(table.header);
        let capacity = self.capacity(table, metadata);
        let keys = self.number(header.wrapping_add(table.keys.0));
        let values = self.number(header.wrapping_add(table.values.0));
        let key_size = self.types.get(table.keys.1).size;
        let value_size = self.types.get(table.values.1).size;
        let slots = self.bytes(metadata, capacity).unwrap_or(&[]);
        let removed = slots.iter().filter(|&&slot| slot == REMOVED).count();
        let used: Vec<u32> = (0..)
            .zip(slots)
            .filter(|&(_, slot)| slot & USED != 0)
            .map(|(slot, _)| slot)
            .collect();
        let mut parts = Vec::new();
        for (index, slot) in used.iter().enumerate() {
            let at = (
                keys.wrapping_add(slot.wrapping_mul(key_size)),
                values.wrapping_add(slot.wrapping_mul(value_size)),
            );
            if !self.pair(
                table.keys.1,
                Some(table.values.1),
                at,
                *slot,
                object,
                resolve,
                &mut parts,
            ) {
                parts.push(more(used.len() - index, at.0.wrapping_sub(object.start)));
                break;
            }
        }
        let mut ty = format!("{} of {capacity} slots", used.len());
        if removed > 0 {
            ty = format!("{ty}, {removed} removed");
        }
        (ty, Value::Fields(parts))
    }

    fn pairs(
        &self,
        columns: &Columns,
        list: u32,
        address: u32,
        object: &mut ObjectBytes,
        resolve: &mut dyn Resolve,
    ) -> (String, Value) {
        let capacity = self.number(list.wrapping_add(columns.capacity));
        let len = self.number(list.wrapping_add(columns.len)).min(capacity);
        let mut start = address;
        let mut found: [Option<(u32, TypeId, u32)>; 2] = [None, None];
        for column in &columns.columns {
            let size = self.types.get(column.ty).size;
            match column.name.as_str() {
                "key" => found[0] = Some((start, column.ty, size)),
                "value" => found[1] = Some((start, column.ty, size)),
                _ => {}
            }
            start = start.saturating_add(size.saturating_mul(capacity));
        }
        let mut parts = Vec::new();
        if let [Some((keys, key, key_size)), value] = found {
            for index in 0..len {
                let at = |start: u32, size: u32| start.wrapping_add(index.wrapping_mul(size));
                let places = (
                    at(keys, key_size),
                    value.map_or(0, |(values, _, size)| at(values, size)),
                );
                let value = value.map(|(_, ty, _)| ty);
                if !self.pair(key, value, places, index, object, resolve, &mut parts) {
                    let left = (len - index) as usize;
                    parts.push(more(left, places.0.wrapping_sub(object.start)));
                    break;
                }
            }
        }
        (format!("{len} of {capacity} entries"), Value::Fields(parts))
    }

    /// Adds an entry, by its key: the value alone where the key says everything, else both. Whether there was room.
    #[allow(clippy::too_many_arguments)]
    fn pair(
        &self,
        key: TypeId,
        value: Option<TypeId>,
        at: (u32, u32),
        number: u32,
        object: &mut ObjectBytes,
        resolve: &mut dyn Resolve,
        parts: &mut Vec<Part>,
    ) -> bool {
        if object.parts >= MOST_PARTS {
            return false;
        }
        let start = object.start;
        let read_key = self.value(key, at.0, object, resolve, 1);
        let has_value = value.is_some_and(|value| self.types.get(value).size > 0);
        let name = match &read_key {
            Value::Scalar(text) => format!("[{text}]"),
            Value::Pointer(Pointer {
                text: Some(text), ..
            }) => format!("[\"{text}\"]"),
            _ => format!("[{number}]"),
        };
        let part = |name: &str, address: u32, id: TypeId, value: Value| Part {
            name: name.to_string(),
            offset: address.wrapping_sub(start),
            size: self.types.get(id).size,
            value,
        };
        let says_all = matches!(read_key, Value::Scalar(_));
        parts.push(match value.filter(|_| has_value) {
            None => part(&name, at.0, key, read_key),
            Some(value) => {
                let read = self.value(value, at.1, object, resolve, 1);
                if says_all {
                    part(&name, at.1, value, read)
                } else {
                    let pair = vec![
                        part("key", at.0, key, read_key),
                        part("value", at.1, value, read),
                    ];
                    part(&name, at.0, key, Value::Fields(pair))
                }
            }
        });
        true
    }
}

fn more(count: usize, offset: u32) -> Part {
    Part {
        name: format!("{count} more"),
        offset,
        size: 0,
        value: Value::Opaque,
    }
}
