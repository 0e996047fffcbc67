//! A recorded execution as text. Pure.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{labels, sentence};
use crate::model::{Key, Memory, Object, Step, Trace, Value, letters};
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
        render_step(&mut out, step);
        out.push('\n');
    }
    out
}

fn render_step(out: &mut String, step: &Step) {
    let mut line = |depth: usize, text: String| {
        writeln!(out, "  {}{text}", "  ".repeat(depth)).expect("a string takes all");
    };
    for frame in &step.frames {
        line(0, format!("{} (line {})", frame.function, frame.at.line));
        for variable in &frame.variables {
            object(&mut line, 1, step, variable);
            inside(&mut line, 2, step, &variable.key);
        }
    }
    let loose: Vec<_> = (step.blocks.iter())
        .filter(|block| block.inside.is_none())
        .collect();
    if !loose.is_empty() {
        line(0, "heap".into());
    }
    for found in loose {
        block(&mut line, 1, step, found.id);
    }
    if !step.statics.is_empty() {
        line(0, "static".into());
    }
    for object_at in &step.statics {
        object(&mut line, 1, step, object_at);
        inside(&mut line, 2, step, &object_at.key);
    }
}

fn object(line: &mut dyn FnMut(usize, String), depth: usize, step: &Step, object: &Object) {
    let name = match object.name.as_str() {
        "" => "literal",
        name => name,
    };
    memory(line, depth, step, name, &object.memory);
}

fn memory(
    line: &mut dyn FnMut(usize, String),
    depth: usize,
    step: &Step,
    name: &str,
    memory: &Memory,
) {
    line(
        depth,
        format!(
            "{name}: {} = {}   [0x{:08x}, {} bytes, align {}: {}]",
            memory.ty,
            labels::value(step, &memory.value),
            memory.address,
            memory.size,
            memory.align,
            memory.bytes
        ),
    );
}

fn block(line: &mut dyn FnMut(usize, String), depth: usize, step: &Step, id: u32) {
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
        Value::Opaque => line(
            depth,
            format!(
                "{name}: {} bytes at 0x{:08x}",
                block.memory.size, block.memory.address
            ),
        ),
        _ => memory(line, depth, step, &name, &block.memory),
    }
    inside(line, depth + 1, step, &Key::Block(id));
}

fn inside(line: &mut dyn FnMut(usize, String), depth: usize, step: &Step, key: &Key) {
    for inner in &step.blocks {
        if inner.inside.as_ref() == Some(key) && depth < 12 {
            block(line, depth, step, inner.id);
        }
    }
}
