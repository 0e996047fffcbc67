//! The types of values that functions return through a pointer. DWARF calls these functions `void`; what they
//! return is read from their source, and looked up by name. Pure.

use gimli::constants;

use super::die::Die;
use super::types::{Shape, TypeId, Types};
use crate::names;

/// Finds types by the names that programmers give them.
pub(crate) struct ByName<'d, 'a> {
    dies: &'d [Die<'a>],
    /// Entries that describe a type, by the name that the compiler gives it.
    named: Vec<(&'a str, usize)>,
}

impl<'d, 'a> ByName<'d, 'a> {
    pub(crate) fn new(dies: &'d [Die<'a>]) -> ByName<'d, 'a> {
        let named = dies
            .iter()
            .enumerate()
            .filter(|(_, die)| {
                matches!(
                    die.tag,
                    constants::DW_TAG_structure_type
                        | constants::DW_TAG_typedef
                        | constants::DW_TAG_array_type
                        | constants::DW_TAG_base_type
                        | constants::DW_TAG_pointer_type
                        | constants::DW_TAG_enumeration_type
                )
            })
            .filter_map(|(index, die)| Some((die.name?, index)))
            .collect();
        ByName { dies, named }
    }

    /// The type that the source calls `written`, in a function whose path is `function`, in the file `file`
    /// (without `.zig`).
    pub(crate) fn find(
        &self,
        types: &mut Types,
        written: &str,
        function: &str,
        file: &str,
    ) -> Option<TypeId> {
        if let Some((_, payload)) = split_error_union(written) {
            let payload = self.find(types, payload, function, file)?;
            let error = self.exact(types, "anyerror")?;
            let (size, align) = (types.get(payload).size, types.get(payload).align);
            let (payload_at, error_at) = if align >= 2 {
                (0, size.next_multiple_of(2))
            } else {
                (2, 0)
            };
            let shape = Shape::ErrorUnion {
                error: (error_at, error),
                payload: (payload_at, payload),
            };
            return Some(types.add(written, size + 2, align.max(2), shape));
        }
        if let Some(found) = self.plain(types, written, function, file) {
            return Some(found);
        }
        let payload = self.find(types, written.strip_prefix('?')?, function, file)?;
        let (size, align) = (types.get(payload).size, types.get(payload).align);
        let shape = match types.get(payload).shape {
            Shape::Slice { child, .. } => Shape::Slice {
                child,
                optional: true,
            },
            Shape::Pointer { .. } => return None,
            _ => Shape::Optional {
                payload,
                some: size,
            },
        };
        Some(types.add(written, size + 1, align, shape))
    }

    fn exact(&self, types: &mut Types, name: &str) -> Option<TypeId> {
        let (_, index) = self.named.iter().find(|(known, _)| *known == name)?;
        Some(types.read(self.dies, Some(*index)))
    }

    fn plain(
        &self,
        types: &mut Types,
        written: &str,
        function: &str,
        file: &str,
    ) -> Option<TypeId> {
        let container = function.rsplit_once('.').map_or("", |(before, _)| before);
        if matches!(written, "Self" | "@This()") {
            return self.exact(types, container);
        }
        let nested = format!("{}.{written}", names::type_name(container, file));
        let plain = written.trim_start_matches("std.");
        let (_, index) = self.named.iter().find(|(raw, _)| {
            let name = names::type_name(raw, file);
            name == written || name == plain || name == nested
        })?;
        Some(types.read(self.dies, Some(*index)))
    }
}

/// Splits `Errors!T` at its `!`.
fn split_error_union(written: &str) -> Option<(&str, &str)> {
    let mut depth = 0_i32;
    let at = written.char_indices().find(|&(_, character)| {
        match character {
            '(' | '{' | '[' => depth += 1,
            ')' | '}' | ']' => depth -= 1,
            _ => {}
        }
        depth == 0 && character == '!'
    })?;
    Some((&written[..at.0], &written[at.0 + 1..]))
}
