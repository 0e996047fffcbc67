//! Why a function of a program is traced: as a listing's own, or as one that manages memory. Pure.

use super::dwarf::functions::{DwarfFunction, Variable};
use super::dwarf::types::{Shape, TypeId, Types};

/// The index of a file in [`super::program::InstrumentedProgram::files`].
pub type FileId = usize;

/// Why a function is traced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// A listing's own.
    Listing,
    /// Listing code was inlined into it.
    Carrier,
    /// A function of some allocator's vtable; the allocator's path, for example `heap.ArenaAllocator`.
    Operation(Operation, String),
    /// A method of `std.mem.Allocator`: it knows the type of the elements.
    Typed(Option<TypeId>),
    /// Takes back everything an allocator gave out.
    Reset,
    /// The end of an allocator that reports leaks.
    Deinit,
}

/// A function of the interface `std.mem.Allocator`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Gives out a new block.
    Alloc,
    /// Changes a block's size, and never its place.
    Resize,
    /// Changes a block's size, and where it must, its place.
    Remap,
    /// Takes a block back.
    Free,
}

impl Operation {
    /// How many WebAssembly parameters the vtable's function takes; one for the trace of errors may precede
    /// them.
    pub fn parameters(self) -> usize {
        match self {
            Operation::Alloc => 4,
            Operation::Resize | Operation::Remap => 6,
            Operation::Free => 5,
        }
    }
}

/// Why a function is to be traced, if it is.
pub(crate) fn role(
    types: &Types,
    function: &DwarfFunction,
    file: Option<FileId>,
    has_rows: bool,
) -> Option<Role> {
    if let Some(operation) = operation(types, function) {
        let allocator = function.path.rsplit_once('.')?.0;
        return Some(Role::Operation(operation, allocator.to_string()));
    }
    if file.is_some() {
        return Some(Role::Listing);
    }
    if has_rows {
        return Some(Role::Carrier);
    }
    match function.path.as_str() {
        "heap.ArenaAllocator.reset" | "heap.FixedBufferAllocator.reset" => Some(Role::Reset),
        "heap.SafeAllocator.deinit" => Some(Role::Deinit),
        path if path.starts_with("mem.Allocator.") => Some(Role::Typed(element(types, function))),
        _ => None,
    }
}

/// Which function of an allocator's vtable this is, by its parameters.
fn operation(types: &Types, function: &DwarfFunction) -> Option<Operation> {
    let name = |ty: TypeId| types.get(ty).name.as_str();
    let parameters: Vec<&str> = function
        .variables
        .iter()
        .filter(|variable| variable.is_parameter)
        .map(|variable| name(variable.ty))
        .collect();
    match (parameters.as_slice(), name(function.returns)) {
        (["*anyopaque", "usize", "mem.Alignment", "usize"], "?[*]u8") => Some(Operation::Alloc),
        (["*anyopaque", "[]u8", "mem.Alignment", "usize", "usize"], "bool") => {
            Some(Operation::Resize)
        }
        (["*anyopaque", "[]u8", "mem.Alignment", "usize", "usize"], "?[*]u8") => {
            Some(Operation::Remap)
        }
        (["*anyopaque", "[]u8", "mem.Alignment", "usize"], "void") => Some(Operation::Free),
        _ => None,
    }
}

/// The type of the elements that a method of `std.mem.Allocator` handles.
fn element(types: &Types, function: &DwarfFunction) -> Option<TypeId> {
    let inlined = function
        .inlined
        .iter()
        .flat_map(|call| call.variables.iter());
    let mut variables: Vec<&Variable> = function.variables.iter().chain(inlined).collect();
    variables.retain(|variable| {
        matches!(
            variable.name.as_str(),
            "ptr" | "old_mem" | "allocation" | "m" | "new_buf"
        )
    });
    variables
        .into_iter()
        .find_map(|variable| match types.get(variable.ty).shape {
            Shape::Pointer { child, .. } | Shape::Slice { child, .. } => Some(child),
            _ => None,
        })
}

/// A first, cheap look at a function's path: what is no allocator's is not read further.
pub(crate) fn may_matter(path: &str) -> bool {
    path.starts_with("mem.Allocator.")
        || path.starts_with("heap.")
        || path.starts_with("testing.FailingAllocator.")
}
