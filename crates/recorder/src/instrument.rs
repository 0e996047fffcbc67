//! Rewrites a module so that it tells the host what it does: calls to the hooks it imports are spliced into
//! the bodies of chosen functions. Nothing else of the module changes, so every index stays what it was.
//! Pure.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};
use wasm_encoder::{BlockType, Encode, Instruction, SectionId};
use wasmparser::{BinaryReader, Operator, OperatorsReader, ValType};

use super::dwarf::die::Location;
use super::wasm::{WasmFunction, WasmModule};

/// The module that the hooks are imported from.
pub(crate) const HOST: &str = "trace";

/// The indices of the hooks among the imported functions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hooks {
    /// `enter(function, stack_pointer)`, after an `argument` for each parameter.
    enter: u32,
    /// `argument(bits)`: a parameter or a result.
    argument: u32,
    /// `line(row, frame_base)`.
    line: u32,
    /// `leave(function)`, after an `argument` if there is a result.
    leave: u32,
}

impl Hooks {
    /// Finds the hooks among a module's imports.
    ///
    /// # Errors
    ///
    /// When one is missing: then the module was not built for tracing.
    pub(crate) fn of(module: &WasmModule<'_>) -> Result<Hooks> {
        let find = |name: &str| {
            module
                .imports
                .get(&(HOST, name))
                .copied()
                .with_context(|| format!("it does not import the hook `{HOST}.{name}`"))
        };
        Ok(Hooks {
            enter: find("enter")?,
            argument: find("argument")?,
            line: find("line")?,
            leave: find("leave")?,
        })
    }
}

/// What to do to one function.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// Which of the functions that the module defines.
    pub function: usize,
    /// What the hooks call it.
    pub number: u32,
    pub frame_base: Location,
    /// Addresses of instructions, counted from the start of the code section, and what the hook calls them.
    pub rows: Vec<(u32, u32)>,
}

/// The module with hooks, and without debug information.
///
/// # Errors
///
/// When the code cannot be read.
pub(crate) fn instrument(module: &WasmModule<'_>, hooks: Hooks, plans: &[Plan]) -> Result<Vec<u8>> {
    let mut code = Vec::new();
    let mut copied = 0;
    let section = &module.bytes[module.code.clone()];
    let mut plans: Vec<&Plan> = plans.iter().collect();
    plans.sort_by_key(|plan| plan.function);
    for pair in plans.windows(2) {
        if pair[0].function == pair[1].function {
            bail!("a function is instrumented twice");
        }
    }
    for plan in plans {
        let function = module
            .functions
            .get(plan.function)
            .context("a function has no code")?;
        let header = function.header as usize;
        code.extend_from_slice(section.get(copied..header).context("broken code section")?);
        let body = rewrite(module, function, hooks, plan)?;
        body.encode(&mut code);
        copied = function.body.end as usize;
    }
    code.extend_from_slice(section.get(copied..).context("broken code section")?);

    let mut out = Vec::with_capacity(module.bytes.len());
    let mut at = 0;
    let mut skip: Vec<_> = module.custom.clone();
    skip.push(module.code_header..module.code.end);
    skip.sort_by_key(|range| range.start);
    for range in skip {
        out.extend_from_slice(
            module
                .bytes
                .get(at..range.start)
                .context("broken sections")?,
        );
        if range.start == module.code_header {
            out.push(SectionId::Code.into());
            code.encode(&mut out);
        }
        at = range.end;
    }
    out.extend_from_slice(module.bytes.get(at..).context("broken sections")?);
    Ok(out)
}

/// The global that the linker keeps the stack pointer in.
const STACK_POINTER: u32 = 0;

/// The body with its hooks. It is wrapped in a block, so that a branch out of the function passes the hook
/// that stands after it.
fn rewrite(
    module: &WasmModule<'_>,
    function: &WasmFunction,
    hooks: Hooks,
    plan: &Plan,
) -> Result<Vec<u8>> {
    let body = module.body(function);
    let base = function.body.start;
    let start = (function.start - base) as usize;
    // For each instruction, where a hook for it goes: past the opening of blocks, into the loop that it is
    // the head of.
    let mut boundaries: BTreeMap<usize, usize> = BTreeMap::new();
    let mut opened = Vec::new();
    let mut returns = BTreeSet::new();
    let mut operators = OperatorsReader::new(BinaryReader::new(
        body.get(start..).context("broken function body")?,
        0,
    ));
    let mut last = start;
    while !operators.eof() {
        let (operator, at) = operators
            .read_with_offset()
            .context("broken function body")?;
        last = start + usize::try_from(at)?;
        opened.push(last);
        if !matches!(operator, Operator::Block { .. } | Operator::Loop { .. }) {
            boundaries.extend(opened.drain(..).map(|at| (at, last)));
        }
        if matches!(operator, Operator::Return) {
            returns.insert(last);
        }
    }

    let spare = function.params.len() as u32 + function.locals;
    let leave = leave(function, hooks, plan, spare)?;
    let mut rows: Vec<(usize, u32)> = plan
        .rows
        .iter()
        .filter_map(|&(address, number)| {
            let at = usize::try_from(address.checked_sub(base)?).ok()?;
            Some((*boundaries.get(&at)?, number))
        })
        .collect();
    rows.sort_unstable();
    let mut rows = rows.into_iter().peekable();

    let mut out = Vec::with_capacity(body.len() * 2);
    let groups_at = (function.local_groups_at - base) as usize;
    let result = function.results.first();
    (function.local_groups + u32::from(result.is_some())).encode(&mut out);
    out.extend_from_slice(body.get(groups_at..start).context("broken function body")?);
    if let Some(result) = result {
        1_u32.encode(&mut out);
        value_type(*result)?.encode(&mut out);
    }
    for (index, &ty) in function.params.iter().enumerate() {
        argument(&mut out, hooks, index as u32, ty)?;
    }
    constant(&mut out, plan.number);
    Instruction::GlobalGet(STACK_POINTER).encode(&mut out);
    Instruction::Call(hooks.enter).encode(&mut out);
    let block = match result {
        Some(result) => BlockType::Result(value_type(*result)?),
        None => BlockType::Empty,
    };
    Instruction::Block(block).encode(&mut out);
    let mut copied = start;
    for &at in boundaries.keys() {
        out.extend_from_slice(&body[copied..at]);
        copied = at;
        while let Some(&(_, number)) = rows.peek().filter(|(row, _)| *row == at) {
            rows.next();
            constant(&mut out, number);
            match plan.frame_base {
                Location::InLocal(local) => Instruction::LocalGet(local).encode(&mut out),
                Location::InGlobal(global) => Instruction::GlobalGet(global).encode(&mut out),
                _ => constant(&mut out, 0),
            }
            Instruction::Call(hooks.line).encode(&mut out);
        }
        if returns.contains(&at) {
            out.extend_from_slice(&leave);
        }
        if at == last {
            Instruction::End.encode(&mut out);
            out.extend_from_slice(&leave);
        }
    }
    out.extend_from_slice(&body[copied..]);
    Ok(out)
}

/// What a function does before it returns: the result, if there is one, stays on the operand stack.
fn leave(function: &WasmFunction, hooks: Hooks, plan: &Plan, spare: u32) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    match function.results.as_slice() {
        [] => {}
        [result] => {
            Instruction::LocalTee(spare).encode(&mut out);
            argument(&mut out, hooks, spare, *result)?;
        }
        _ => bail!("a function has several results"),
    }
    constant(&mut out, plan.number);
    Instruction::Call(hooks.leave).encode(&mut out);
    Ok(out)
}

/// Tells the host what is in a local, as 64 bits.
fn argument(out: &mut Vec<u8>, hooks: Hooks, local: u32, ty: ValType) -> Result<()> {
    let convert: &[Instruction<'_>] = match ty {
        ValType::I32 => &[Instruction::I64ExtendI32U],
        ValType::F32 => &[Instruction::I32ReinterpretF32, Instruction::I64ExtendI32U],
        ValType::F64 => &[Instruction::I64ReinterpretF64],
        ValType::I64 => &[],
        _ => bail!("a function takes or returns a vector or a reference"),
    };
    Instruction::LocalGet(local).encode(out);
    for instruction in convert {
        instruction.encode(out);
    }
    Instruction::Call(hooks.argument).encode(out);
    Ok(())
}

fn constant(out: &mut Vec<u8>, value: u32) {
    Instruction::I32Const(value.cast_signed()).encode(out);
}

fn value_type(ty: ValType) -> Result<wasm_encoder::ValType> {
    Ok(match ty {
        ValType::I32 => wasm_encoder::ValType::I32,
        ValType::I64 => wasm_encoder::ValType::I64,
        ValType::F32 => wasm_encoder::ValType::F32,
        ValType::F64 => wasm_encoder::ValType::F64,
        _ => bail!("a function takes or returns a vector or a reference"),
    })
}
