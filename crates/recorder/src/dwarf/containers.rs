//! The standard library's maps and lists of columns. The type of what they point to says nothing of what lies there:
//! the library keeps functions for debuggers, never called, whose parameters name the types. Pure.

use std::collections::HashMap;

use gimli::constants;

use super::die::Die;
use super::types::{Shape, TypeId, Types, child_indices, children};

/// `std.HashMapUnmanaged`: one allocation with a header, a byte for each slot, the keys and the values.
#[derive(Clone, Debug, PartialEq)]
pub struct HashTable {
    /// Where the map has the pointer to the slots' bytes, which follow the header.
    pub metadata: u32,
    /// Fields of the map that are shown beside it: their names and offsets.
    pub counts: Vec<(String, u32)>,
    /// Of the header, in bytes.
    pub header: u32,
    /// Where the header has the number of slots.
    pub capacity: u32,
    /// Where the header has the pointer to the keys, and their type.
    pub keys: (u32, TypeId),
    pub values: (u32, TypeId),
    /// What the slots' bytes are taken for: nothing is to be read through the pointer.
    pub bytes: TypeId,
}

/// `std.MultiArrayList`: an array for each field of its elements, in one allocation.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    /// Where the list has the pointer, its length and its capacity.
    pub bytes: u32,
    pub len: u32,
    pub capacity: u32,
    /// In the order of memory.
    pub columns: Vec<Column>,
    /// What the pointer is taken for.
    pub opaque: TypeId,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub name: String,
    pub ty: TypeId,
}

/// The entries that the library's functions for debuggers name, by the container's entry and the parameter.
#[derive(Default)]
pub(crate) struct Helpers(HashMap<usize, HashMap<String, usize>>);

impl Helpers {
    pub(crate) fn find(dies: &[Die<'_>]) -> Helpers {
        let mut found = HashMap::new();
        for (index, die) in dies.iter().enumerate() {
            if die.tag != constants::DW_TAG_subprogram || die.name != Some("dbHelper") {
                continue;
            }
            let parameters: HashMap<String, usize> = children(dies, index)
                .filter(|child| child.tag == constants::DW_TAG_formal_parameter)
                .filter_map(|child| Some((child.name?.to_string(), dies.get(child.ty?)?.ty?)))
                .collect();
            if let Some(container) = parameters.get("self") {
                found.insert(*container, parameters);
            }
        }
        Helpers(found)
    }

    fn get(&self, container: usize, parameter: &str) -> Option<usize> {
        self.0.get(&container)?.get(parameter).copied()
    }
}

/// The entry's member of a name.
fn member<'d, 'a>(dies: &'d [Die<'a>], index: usize, name: &str) -> Option<&'d Die<'a>> {
    children(dies, index).find(|die| die.tag == constants::DW_TAG_member && die.name == Some(name))
}

impl Types {
    /// The shape of a container that is kept in two places: here, and where it points to.
    pub(super) fn container(
        &mut self,
        dies: &[Die<'_>],
        index: usize,
        depth: usize,
    ) -> Option<Shape> {
        let name = dies[index].name?;
        if name.starts_with("hash_map.Custom(") {
            return self.table(dies, index, depth).map(Shape::Table);
        }
        if name.starts_with("multi_array_list.MultiArrayList(") {
            return self.columns(dies, index, depth).map(Shape::Columns);
        }
        if name.starts_with("array_hash_map.Custom(") {
            let entries = member(dies, index, "entries")?;
            let header = member(dies, index, "index_header")?;
            let columns = entries.ty?;
            member(dies, columns, "bytes")?;
            return Some(Shape::Entries {
                entries: (entries.member, self.read_at(dies, entries.ty, depth)),
                index: header.member,
            });
        }
        None
    }

    fn table(&mut self, dies: &[Die<'_>], index: usize, depth: usize) -> Option<HashTable> {
        let header = self.helpers.get(index, "hdr")?;
        let pointer = |name: &str| -> Option<(u32, Option<usize>)> {
            let member = member(dies, header, name)?;
            Some((member.member, dies.get(member.ty?)?.ty))
        };
        let (keys, values) = (pointer("keys")?, pointer("values")?);
        let counts = ["size", "available"].into_iter();
        Some(HashTable {
            metadata: member(dies, index, "metadata")?.member,
            counts: counts
                .filter_map(|name| Some((name.to_string(), member(dies, index, name)?.member)))
                .collect(),
            header: dies[header].size?,
            capacity: member(dies, header, "capacity")?.member,
            keys: (keys.0, self.read_at(dies, keys.1, depth)),
            values: (values.0, self.read_at(dies, values.1, depth)),
            bytes: self.add("anyopaque", 0, 1, Shape::Opaque),
        })
    }

    fn columns(&mut self, dies: &[Die<'_>], index: usize, depth: usize) -> Option<Columns> {
        let element = self.helpers.get(index, "child")?;
        let declared = self.helpers.get(index, "field")?;
        // As declared; the arrays lie by their alignment.
        let order: Vec<&str> = children(dies, declared)
            .filter(|die| die.tag == constants::DW_TAG_enumerator)
            .filter_map(|die| die.name)
            .collect();
        let mut columns: Vec<(u32, usize, Column)> = Vec::new();
        for child in child_indices(dies, element) {
            let die = &dies[child];
            let Some(name) = die.name.filter(|_| die.tag == constants::DW_TAG_member) else {
                continue;
            };
            let ty = self.read_at(dies, die.ty, depth);
            let align = die.align.unwrap_or(self.get(ty).align);
            let place = order.iter().position(|other| *other == name)?;
            let name = name.to_string();
            columns.push((align, place, Column { name, ty }));
        }
        columns.sort_by_key(|(align, place, _)| (u32::MAX - align, *place));
        Some(Columns {
            bytes: member(dies, index, "bytes")?.member,
            len: member(dies, index, "len")?.member,
            capacity: member(dies, index, "capacity")?.member,
            columns: columns.into_iter().map(|(_, _, column)| column).collect(),
            opaque: self.add("anyopaque", 0, 1, Shape::Opaque),
        })
    }
}
