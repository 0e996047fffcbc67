//! What a reader calls an allocator. Pure.

use super::heap::Heap;
use super::stack::VariableInScope;
use crate::dwarf::types::{Shape, TypeId, Types};
use crate::names;
use crate::program::InstrumentedProgram;
use book_trace::model;

/// How the reader knows the allocator whose state is at `context`.
pub(super) fn allocator_name(
    program: &InstrumentedProgram,
    variables: &[VariableInScope],
    heap: &Heap,
    name: &str,
    family: &str,
    context: u32,
) -> String {
    match family {
        // On this target the one is the other.
        "heap.PageAllocator" | "heap.BrkAllocator" => return "page_allocator".into(),
        "heap.CAllocator" => return "c_allocator".into(),
        _ => {}
    }
    if let Some(named) = (program.named)
        .iter()
        .find(|named| named.range.contains(&context))
    {
        return named.name.clone();
    }
    for variable in variables
        .iter()
        .filter(|variable| !variable.borrowed)
        .chain(variables)
    {
        if variable.range().contains(&context)
            && let Some(path) = field_path(
                &program.types,
                variable.ty,
                context - variable.address,
                family,
            )
        {
            return format!("{}{path}", variable.name);
        }
    }
    for global in &program.globals {
        let size = program.types.get(global.ty).size;
        if (global.address..global.address.saturating_add(size)).contains(&context)
            && let Some(path) =
                field_path(&program.types, global.ty, context - global.address, family)
        {
            return format!("{}{path}", global.name);
        }
    }
    let short = names::type_name(family, name);
    match heap.at(context) {
        Some(block) => format!("{short} in block {}", model::letters(block.id)),
        None => short,
    }
}

/// The fields that lead from a value to the one of type `family` at an offset: empty for the value itself.
fn field_path(types: &Types, ty: TypeId, offset: u32, family: &str) -> Option<String> {
    let ty = types.get(ty);
    if ty.name == family && offset == 0 {
        return Some(String::new());
    }
    let Shape::Struct(fields) = &ty.shape else {
        return None;
    };
    let field = fields.iter().find(|field| {
        let size = types.get(field.ty).size;
        field.offset <= offset && offset < field.offset.saturating_add(size)
    })?;
    let rest = field_path(types, field.ty, offset - field.offset, family)?;
    Some(format!(".{}{rest}", field.name))
}
