//! A recorded execution as text. Pure.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{labels, sentence};
use crate::model::{Memory, Object, ObjectKey, Step, Trace, Value, letters};
use crate::text;

/// All steps, or the one asked for (counted from 1). `sources` are by the paths of [`Trace::files`].
pub fn render(trace: &Trace, sources: &BTreeMap<String, String>, only: Option<usize>) -> String {
    let mut out = String::new();
    for (index, step) in trace.steps.iter().enumerate() {
        if only.is_some_and(|only| only != index + 1) {
            continue;
        }
        writeln!(out, "step {} of {}", index + 1, trace.steps.len()).expect("a string takes all");
        writeln!(out, "  {}", sentence::of_step(trace, index)).expect("a string takes all");
        if let Some(next) = &step.next
            && let Some(source) = trace
                .files
                .get(next.file)
                .and_then(|file| sources.get(file))
            && let Some(line) = source.lines().nth((next.line as usize).wrapping_sub(1))
        {
            writeln!(out, "  {:>4} | {}", next.line, line.trim_end()).expect("a string takes all");
        }
        let mut line = |depth: usize, text: String| {
            writeln!(out, "  {}{text}", "  ".repeat(depth)).expect("a string takes all");
        };
        render_step(&mut line, step, Detail::Bytes);
        out.push('\n');
    }
    out
}

/// A step at a glance, counted from 1: a line for each frame, variable and block, without types, addresses and bytes.
pub fn glance(trace: &Trace, step: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = |depth: usize, text: String| {
        lines.push(format!("{}{text}", "  ".repeat(depth)));
    };
    if let Some(step) = trace.steps.get(step.wrapping_sub(1)) {
        render_step(&mut line, step, Detail::Values);
    }
    lines
}

/// How much is said of a piece of memory.
#[derive(Clone, Copy)]
enum Detail {
    Values,
    /// Its type, its address and its bytes too.
    Bytes,
}

/// What lines are given to, with their depth.
type Lines<'a> = &'a mut dyn FnMut(usize, String);

fn render_step(line: Lines<'_>, step: &Step, detail: Detail) {
    for (index, frame) in step.frames.iter().enumerate() {
        if let Some(deep) = step.deep.filter(|deep| deep.before == index) {
            line(0, format!("… {} more calls", deep.calls));
        }
        line(0, format!("{} (line {})", frame.function, frame.at.line));
        for variable in &frame.variables {
            object(line, 1, step, detail, variable);
            inside(line, 2, step, detail, &variable.key);
        }
    }
    let loose: Vec<_> = (step.blocks.iter())
        .filter(|block| block.inside.is_none())
        .collect();
    if !loose.is_empty() {
        line(0, "heap".into());
    }
    for found in loose {
        block(line, 1, step, detail, found.id);
    }
    if !step.statics.is_empty() {
        line(0, "static".into());
    }
    for object_at in &step.statics {
        object(line, 1, step, detail, object_at);
        inside(line, 2, step, detail, &object_at.key);
    }
}

fn object(line: Lines<'_>, depth: usize, step: &Step, detail: Detail, object: &Object) {
    let name = match object.name.as_str() {
        "" => "literal",
        name => name,
    };
    memory(line, depth, step, detail, name, &object.memory);
}

fn memory(line: Lines<'_>, depth: usize, step: &Step, detail: Detail, name: &str, memory: &Memory) {
    let value = labels::value(step, &memory.value);
    if matches!(detail, Detail::Values) {
        return line(depth, format!("{name} = {value}"));
    }
    line(
        depth,
        format!(
            "{name}: {} = {value}   [0x{:08x}, {} bytes, align {}: {}]",
            memory.ty, memory.address, memory.size, memory.align, memory.bytes
        ),
    );
}

fn block(line: Lines<'_>, depth: usize, step: &Step, detail: Detail, id: u32) {
    let Some(block) = step.blocks.iter().find(|block| block.id == id) else {
        return;
    };
    let name = format!(
        "{} ({} of {}{})",
        letters(block.id),
        text::state(block.state),
        block.allocator,
        block
            .serves
            .as_ref()
            .map_or(String::new(), |by| format!(" for {by}"))
    );
    match block.memory.value {
        Value::Opaque if matches!(detail, Detail::Values) => {
            line(depth, format!("{name}: {} bytes", block.memory.size));
        }
        Value::Opaque => line(
            depth,
            format!(
                "{name}: {} bytes at 0x{:08x}",
                block.memory.size, block.memory.address
            ),
        ),
        _ => memory(line, depth, step, detail, &name, &block.memory),
    }
    inside(line, depth + 1, step, detail, &ObjectKey::Block(id));
}

fn inside(line: Lines<'_>, depth: usize, step: &Step, detail: Detail, key: &ObjectKey) {
    for inner in &step.blocks {
        if inner.inside.as_ref() == Some(key) && depth < 12 {
            block(line, depth, step, detail, inner.id);
        }
    }
}
