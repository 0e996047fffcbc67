//! Zig's types, read back from what the compiler says of them in DWARF. Pure.

use std::collections::HashMap;

use gimli::constants;

use super::containers::{Columns, HashTable, Helpers};
use super::die::Die;
use super::packed::{self, BitField};

pub(crate) type TypeId = usize;

/// A type: how its bytes are read.
#[derive(Clone, Debug, PartialEq)]
pub struct Type {
    /// As the compiler writes it, with the full path of every container.
    pub name: String,
    /// In bytes.
    pub size: u32,
    /// In bytes.
    pub align: u32,
    pub shape: Shape,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    Void,
    Bool,
    Int {
        signed: bool,
    },
    Float,
    /// The value of each name.
    Enum(Vec<(i64, String)>),
    ErrorSet(Vec<(i64, String)>),
    Pointer {
        child: TypeId,
        /// `[*]T` and `[*c]T`: how many it points to is not known.
        many: bool,
        /// Ends at a zero, as in `[*:0]u8`.
        terminated: bool,
        optional: bool,
    },
    /// A pointer to code.
    Function,
    Slice {
        child: TypeId,
        optional: bool,
    },
    Array {
        child: TypeId,
        len: u32,
    },
    Struct(Vec<Field>),
    /// `packed struct`, by the bits of its fields.
    Packed(Vec<BitField>),
    /// `packed struct` whose bits are not told apart.
    Bits,
    Optional {
        payload: TypeId,
        /// Where the byte is that says whether there is a payload.
        some: u32,
    },
    ErrorUnion {
        error: (u32, TypeId),
        payload: (u32, TypeId),
    },
    Union {
        /// Where the tag is, and its type; a bare union has one in Debug builds only.
        tag: Option<(u32, TypeId)>,
        payload: u32,
        variants: Vec<Field>,
    },
    /// `std.mem.Allocator`.
    Allocator,
    /// `std.HashMapUnmanaged`.
    Table(HashTable),
    /// `std.MultiArrayList`.
    Columns(Columns),
    /// `std.array_hash_map.Custom`: a list of columns, and a table of where in it a key is.
    Entries {
        entries: (u32, TypeId),
        /// Where the pointer to that table is.
        index: u32,
    },
    /// Nothing is known of its insides.
    Opaque,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    pub name: String,
    pub offset: u32,
    pub ty: TypeId,
}

/// The types that somebody asked for, and what these are made of.
#[derive(Default)]
pub struct Types {
    list: Vec<Type>,
    known: HashMap<usize, TypeId>,
    pub(super) helpers: Helpers,
    /// The listings' sources, by their numbers in the debug information.
    sources: HashMap<u64, String>,
}

/// Deeper than any type of a program; a broken file must not exhaust the stack.
const DEEPEST: usize = 64;

impl Types {
    /// No types yet, of a program with these entries and these sources of its own.
    pub fn of(dies: &[Die<'_>], sources: HashMap<u64, String>) -> Types {
        Types {
            helpers: Helpers::find(dies),
            sources,
            ..Types::default()
        }
    }

    pub fn get(&self, id: TypeId) -> &Type {
        &self.list[id]
    }

    /// The type at an entry; what is missing is opaque.
    pub fn read(&mut self, dies: &[Die<'_>], index: Option<usize>) -> TypeId {
        self.read_at(dies, index, 0)
    }

    /// Adds a type that the program does not name.
    pub fn add(&mut self, name: &str, size: u32, align: u32, shape: Shape) -> TypeId {
        self.list.push(Type {
            name: name.to_string(),
            size,
            align: align.max(1),
            shape,
        });
        self.list.len() - 1
    }

    pub(super) fn read_at(
        &mut self,
        dies: &[Die<'_>],
        index: Option<usize>,
        depth: usize,
    ) -> TypeId {
        let Some((index, die)) = index.and_then(|index| Some((index, dies.get(index)?))) else {
            return self.add("void", 0, 1, Shape::Void);
        };
        if let Some(&id) = self.known.get(&index) {
            return id;
        }
        let name = die.name.unwrap_or("anyopaque");
        let size = die.size.unwrap_or(0);
        // The place is taken first: a type may hold a pointer to itself.
        let id = self.add(name, size, die.align.unwrap_or(0), Shape::Opaque);
        self.known.insert(index, id);
        if depth < DEEPEST {
            let (shape, size, align) = self.shape(dies, index, depth + 1);
            let ty = &mut self.list[id];
            ty.shape = shape;
            ty.size = size;
            if die.align.is_none() {
                ty.align = align.max(1);
            }
        }
        id
    }

    /// What an entry describes, its size and its alignment.
    fn shape(&mut self, dies: &[Die<'_>], index: usize, depth: usize) -> (Shape, u32, u32) {
        let die = &dies[index];
        let name = die.name.unwrap_or("");
        let size = die.size.unwrap_or(0);
        let natural = size.clamp(1, 16).next_power_of_two().min(16);
        match die.tag {
            constants::DW_TAG_base_type => {
                let shape = match die.encoding.map(gimli::DwAte) {
                    _ if size == 0 => Shape::Void,
                    _ if name == "anyopaque" => Shape::Opaque,
                    Some(constants::DW_ATE_boolean) => Shape::Bool,
                    Some(constants::DW_ATE_float) => Shape::Float,
                    Some(constants::DW_ATE_signed | constants::DW_ATE_signed_char) => {
                        Shape::Int { signed: true }
                    }
                    Some(_) => Shape::Int { signed: false },
                    None => Shape::Opaque,
                };
                (shape, size, natural)
            }
            constants::DW_TAG_pointer_type => (self.pointer(dies, index, false, depth), 4, 4),
            constants::DW_TAG_typedef => {
                // What it stands for may be in the making: a node that points to nodes. So its entry is read,
                // not its type.
                let optional = name.starts_with('?');
                let target = die.ty.and_then(|ty| Some((ty, dies.get(ty)?)));
                if let Some((target, entry)) = target {
                    if entry.tag == constants::DW_TAG_pointer_type {
                        return (self.pointer(dies, target, optional, depth), 4, 4);
                    }
                    if let Some(child) = slice_child(dies, target) {
                        let child = self.read_at(dies, child, depth);
                        return (Shape::Slice { child, optional }, 8, 4);
                    }
                }
                let target = self.read_at(dies, die.ty, depth);
                let target = self.get(target);
                (target.shape.clone(), target.size, target.align)
            }
            constants::DW_TAG_array_type => {
                let child = self.read_at(dies, die.ty, depth);
                let len = children(dies, index)
                    .find_map(|die| die.count)
                    .and_then(|count| u32::try_from(count).ok())
                    .unwrap_or(0);
                let element = self.get(child);
                let (align, size) = (element.align, element.size.saturating_mul(len));
                (Shape::Array { child, len }, size, align)
            }
            constants::DW_TAG_enumeration_type => {
                let names = children(dies, index)
                    .filter_map(|die| Some((die.value?, die.name?.to_string())))
                    .collect();
                let shape = if name == "anyerror" {
                    Shape::ErrorSet(names)
                } else {
                    Shape::Enum(names)
                };
                (shape, size, natural)
            }
            constants::DW_TAG_structure_type => (self.structure(dies, index, depth), size, natural),
            constants::DW_TAG_union_type => {
                let variants = self.fields(dies, index, depth);
                let shape = Shape::Union {
                    tag: None,
                    payload: 0,
                    variants,
                };
                (shape, size, natural)
            }
            _ => (Shape::Opaque, size, natural),
        }
    }

    fn pointer(&mut self, dies: &[Die<'_>], index: usize, optional: bool, depth: usize) -> Shape {
        let die = &dies[index];
        let name = die.name.unwrap_or("");
        let is_function = die
            .ty
            .and_then(|ty| dies.get(ty))
            .is_some_and(|ty| ty.tag == constants::DW_TAG_subroutine_type);
        if is_function {
            return Shape::Function;
        }
        Shape::Pointer {
            child: self.read_at(dies, die.ty, depth),
            many: name.starts_with("[*"),
            terminated: name.starts_with("[*:0]"),
            optional,
        }
    }

    fn structure(&mut self, dies: &[Die<'_>], index: usize, depth: usize) -> Shape {
        let name = dies[index].name.unwrap_or("");
        if name == "mem.Allocator" {
            return Shape::Allocator;
        }
        if let Some(child) = slice_child(dies, index) {
            let child = self.read_at(dies, child, depth);
            return Shape::Slice {
                child,
                optional: false,
            };
        }
        if let Some(shape) = self.container(dies, index, depth) {
            return shape;
        }
        let fields = self.fields(dies, index, depth);
        let field = |wanted: &str| fields.iter().find(|field| field.name == wanted);
        if fields.len() == 2 {
            if let (Some(payload), Some(some)) = (field("payload"), field("some"))
                && name.starts_with('?')
            {
                return Shape::Optional {
                    payload: payload.ty,
                    some: some.offset,
                };
            }
            if let (Some(error), Some(payload)) = (field("error"), field("payload"))
                && name.contains('!')
            {
                return Shape::ErrorUnion {
                    error: (error.offset, error.ty),
                    payload: (payload.offset, payload.ty),
                };
            }
            if let (Some(payload), Some(tag)) = (field("payload"), field("tag"))
                && let Shape::Union { variants, .. } = &self.get(payload.ty).shape
            {
                return Shape::Union {
                    tag: Some((tag.offset, tag.ty)),
                    payload: payload.offset,
                    variants: variants.clone(),
                };
            }
        }
        if fields.len() == 1 && fields[0].name == "bits" {
            let number = &self.get(fields[0].ty).name;
            let width = number.get(1..).and_then(|width| width.parse().ok());
            let source = dies[index].file.and_then(|file| self.sources.get(&file));
            let found = source
                .zip(width)
                .and_then(|(source, width)| packed::fields(source, dies[index].line, name, width));
            return found.map_or(Shape::Bits, Shape::Packed);
        }
        Shape::Struct(fields)
    }

    fn fields(&mut self, dies: &[Die<'_>], index: usize, depth: usize) -> Vec<Field> {
        let mut fields = Vec::new();
        for die in children(dies, index) {
            if die.tag == constants::DW_TAG_member {
                fields.push(Field {
                    name: die.name.unwrap_or("").to_string(),
                    offset: die.member,
                    ty: self.read_at(dies, die.ty, depth),
                });
            }
        }
        fields
    }
}

/// The type of the elements, if the entry is a slice's.
fn slice_child(dies: &[Die<'_>], index: usize) -> Option<Option<usize>> {
    let die = dies.get(index)?;
    if die.tag != constants::DW_TAG_structure_type || !die.name?.starts_with('[') {
        return None;
    }
    let pointer = children(dies, index).find(|child| child.name == Some("ptr"))?;
    let pointer = dies.get(pointer.ty?)?;
    (pointer.tag == constants::DW_TAG_pointer_type).then_some(pointer.ty)
}

/// The entries directly inside one.
pub(crate) fn children<'d, 'a>(
    dies: &'d [Die<'a>],
    index: usize,
) -> impl Iterator<Item = &'d Die<'a>> + use<'d, 'a> {
    child_indices(dies, index).map(move |child| &dies[child])
}

/// The indices of the entries directly inside one.
pub(crate) fn child_indices<'d>(
    dies: &'d [Die<'_>],
    index: usize,
) -> impl Iterator<Item = usize> + use<'d> {
    let end = dies.get(index).map_or(0, |die| die.end);
    let mut next = index + 1;
    std::iter::from_fn(move || {
        (next < end && next < dies.len()).then(|| {
            let child = next;
            next = dies[child].end.max(child + 1);
            child
        })
    })
}
