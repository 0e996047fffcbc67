//! Reads the parts of a WebAssembly module that tracing needs: its functions, its imports and its debug
//! sections, with the offsets that DWARF counts from. Pure; trusts nothing of what it reads.

use std::collections::BTreeMap;
use std::ops::Range;

use anyhow::{Context, Result, bail};
use wasmparser::{Operator, Parser, Payload, TypeRef, ValType};

/// A module, borrowed from its bytes.
pub struct WasmModule<'a> {
    /// The whole file.
    pub bytes: &'a [u8],
    /// The code section's content: after its id and size. DWARF counts addresses from its start.
    pub code: Range<usize>,
    /// Where the code section's id stands.
    pub code_header: usize,
    /// Functions that the module defines, in order.
    pub functions: Vec<WasmFunction>,
    /// Imported functions: `(module, name)` to index.
    pub imports: BTreeMap<(&'a str, &'a str), u32>,
    /// Debug sections by name, for example `.debug_info`.
    pub debug: BTreeMap<&'a str, &'a [u8]>,
    /// Custom sections, to be left out of what runs: the file's ranges, with their headers.
    pub custom: Vec<Range<usize>>,
    /// Where the stack begins, to grow down; what the program holds from its start on lies above.
    pub stack_top: u32,
    /// How much memory it starts with, in bytes.
    pub memory: u32,
    /// Functions in the table that calls through pointers go by: index in the table, index of the function.
    pub table: Vec<(u32, u32)>,
}

/// A function that the module defines. Offsets count from the code section's start, like DWARF's.
#[derive(Clone, Debug)]
pub struct WasmFunction {
    /// In their order.
    pub params: Vec<ValType>,
    /// In their order; Zig's functions have one at most.
    pub results: Vec<ValType>,
    /// Where the size before the body stands.
    pub header: u32,
    /// From the count of local declarations to after the final `end`.
    pub body: Range<u32>,
    /// Where the first instruction stands.
    pub start: u32,
    /// The number of declared locals, parameters not counted.
    pub locals: u32,
    /// The number of groups that declare them, and where the first group stands.
    pub local_groups: u32,
    /// The offset of the first of these groups.
    pub local_groups_at: u32,
}

impl<'a> WasmModule<'a> {
    /// Reads a module.
    ///
    /// # Errors
    ///
    /// When `bytes` are no module, or one that uses more than a Zig program does.
    pub fn read(bytes: &'a [u8]) -> Result<WasmModule<'a>> {
        let mut module = WasmModule {
            bytes,
            code: 0..0,
            code_header: 0,
            functions: Vec::new(),
            imports: BTreeMap::new(),
            debug: BTreeMap::new(),
            custom: Vec::new(),
            stack_top: 0,
            memory: 0,
            table: Vec::new(),
        };
        let mut types: Vec<Option<(Vec<ValType>, Vec<ValType>)>> = Vec::new();
        let mut declared: Vec<u32> = Vec::new();
        let mut section_end = 8;
        for payload in Parser::new(0).parse_all(bytes) {
            let payload = payload.context("it is no WebAssembly module")?;
            match &payload {
                Payload::Version { encoding, .. } if *encoding != wasmparser::Encoding::Module => {
                    bail!("it is a WebAssembly component, not a module");
                }
                Payload::TypeSection(reader) => {
                    for group in reader.clone() {
                        for ty in group?.into_types() {
                            types.push(match ty.composite_type.inner {
                                wasmparser::CompositeInnerType::Func(ty) => {
                                    Some((ty.params().to_vec(), ty.results().to_vec()))
                                }
                                _ => None,
                            });
                        }
                    }
                }
                Payload::ImportSection(reader) => {
                    let mut index = 0;
                    for import in reader.clone().into_imports() {
                        let import = import?;
                        if let TypeRef::Func(_) = import.ty {
                            module.imports.insert((import.module, import.name), index);
                            index += 1;
                        }
                    }
                }
                Payload::FunctionSection(reader) => {
                    for ty in reader.clone() {
                        declared.push(ty?);
                    }
                }
                Payload::MemorySection(reader) => {
                    for memory in reader.clone() {
                        let bytes = memory?.initial.saturating_mul(64 << 10);
                        module.memory = u32::try_from(bytes).unwrap_or(u32::MAX);
                    }
                }
                Payload::GlobalSection(reader) => {
                    // The linker's first global is the stack pointer.
                    if let Some(global) = reader.clone().into_iter().next() {
                        let mut value = global?.init_expr.get_operators_reader();
                        if let Operator::I32Const { value } = value.read()? {
                            module.stack_top = value.cast_unsigned();
                        }
                    }
                }
                Payload::ElementSection(reader) => {
                    for element in reader.clone() {
                        read_element(&mut module.table, element?)?;
                    }
                }
                Payload::CodeSectionStart {
                    unchecked_range, ..
                } => {
                    module.code = file_range(unchecked_range)?;
                    if module.code.end > bytes.len() {
                        bail!("its code is cut off");
                    }
                    module.code_header = section_end;
                }
                Payload::CodeSectionEntry(body) => {
                    let index = module.functions.len();
                    let (params, results) = declared
                        .get(index)
                        .and_then(|&ty| types.get(ty as usize)?.clone())
                        .context("a function has no type")?;
                    let function = read_function(&module, body, params, results)?;
                    module.functions.push(function);
                }
                Payload::CustomSection(reader) => {
                    module
                        .custom
                        .push(section_end..file_offset(reader.range().end)?);
                    if reader.name().starts_with(".debug_") {
                        module.debug.insert(reader.name(), reader.data());
                    }
                }
                _ => {}
            }
            if let Some((_, range)) = payload.as_section() {
                section_end = file_offset(range.end)?;
            }
        }
        if declared.len() != module.functions.len() {
            bail!(
                "it declares {} functions and has {}",
                declared.len(),
                module.functions.len()
            );
        }
        Ok(module)
    }

    /// The index of the function that this module defines as its `index`-th, imports counted.
    pub fn function_index(&self, index: usize) -> u32 {
        self.imports.len() as u32 + index as u32
    }

    /// The bytes of a function's body, from its declarations of locals on.
    pub fn body(&self, function: &WasmFunction) -> &'a [u8] {
        let start = self.code.start;
        &self.bytes[start + function.body.start as usize..start + function.body.end as usize]
    }
}

fn read_element(table: &mut Vec<(u32, u32)>, element: wasmparser::Element<'_>) -> Result<()> {
    let wasmparser::ElementKind::Active { offset_expr, .. } = element.kind else {
        return Ok(());
    };
    let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
        return Ok(());
    };
    if let wasmparser::ElementItems::Functions(functions) = element.items {
        for (index, function) in (value.cast_unsigned()..).zip(functions) {
            table.push((index, function?));
        }
    }
    Ok(())
}

fn read_function(
    module: &WasmModule<'_>,
    body: &wasmparser::FunctionBody<'_>,
    params: Vec<ValType>,
    results: Vec<ValType>,
) -> Result<WasmFunction> {
    let base = module.code.start;
    let range = body.range();
    let offset = |at: u64| -> Result<u32> {
        let at = file_offset(at)?;
        u32::try_from(
            at.checked_sub(base)
                .context("a body outside the code section")?,
        )
        .context("the code section is too large")
    };
    let mut locals: u32 = 0;
    let mut reader = body.get_locals_reader()?;
    let local_groups = reader.get_count();
    // The groups follow their count.
    let local_groups_at = offset(reader.original_position())?;
    for _ in 0..local_groups {
        let (count, _) = reader.read()?;
        locals = locals.checked_add(count).context("too many locals")?;
    }
    let header = module
        .functions
        .last()
        .map_or_else(|| first_body(module), |previous| Ok(previous.body.end))?;
    Ok(WasmFunction {
        params,
        results,
        header,
        body: offset(range.start)?..offset(range.end)?,
        start: offset(reader.original_position())?,
        locals,
        local_groups,
        local_groups_at,
    })
}

fn file_offset(at: u64) -> Result<usize> {
    usize::try_from(at).context("the file is too large")
}

fn file_range(range: &Range<u64>) -> Result<Range<usize>> {
    Ok(file_offset(range.start)?..file_offset(range.end)?)
}

/// Where the first body's size stands: after the section's count of functions.
fn first_body(module: &WasmModule<'_>) -> Result<u32> {
    let bytes = &module.bytes[module.code.clone()];
    let length = bytes
        .iter()
        .position(|byte| byte & 0x80 == 0)
        .context("the code section is empty")?;
    Ok(length as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_a_module_is_refused_with_a_reason() {
        for bytes in [
            &b""[..],
            b"\0asm",
            b"MZ\x90\0\x03\0\0\0",
            b"\0asm\x0d\0\x01\0",
        ] {
            let Err(error) = WasmModule::read(bytes) else {
                panic!("{bytes:?} was read")
            };
            assert!(!error.to_string().is_empty());
        }
    }
}
