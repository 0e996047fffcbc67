//! Traces as files. Pure.
//!
//! # Schema, version 3
//!
//! JSON, one table row or step a line, so that a difference reads well. Most of a step is as it was in the
//! step before: what repeats is written once, in a table, and referred to by its index.
//!
//! | key | what |
//! |---|---|
//! | `version` | the version of this schema and of what is recorded |
//! | `name` | what was run: `03_allocator/caller_owns` |
//! | `files` | its source files, relative to the listings folder |
//! | `end` | how it ended: `{"kind": "returned"}`, or `error`, `panic`, `stopped` with a `text` |
//! | `memory` | pieces of memory: `[type, address, size, align, value, bytes]` |
//! | `frames` | calls: `[id, function, place, [[name, memory], …]]` |
//! | `statics` | static objects: `[number, name, memory]` |
//! | `blocks` | blocks: `[id, memory, element, allocator, serves, inside, state, line]` |
//! | `steps` | `{gap, ran, next, events, output, frames, deep, statics, blocks}`; what is empty is left out |
//!
//! A *place* is `[file, line]`, and `"defer"` or `"errdefer"` third when the statement was deferred. A
//! *value* is `"undefined"`, `"opaque"`, `{"is": text}`, `{"text": …}`, `{"pointer": …}`, `{"fields": parts}`
//! or `{"items": parts}`; a part is `{n: name, o: offset, s: size, v: value}`. A pointer is `{a: address, len,
//! w: bytes viewed, to: target, t: text viewed}`, and its target `{"at": [key, offset]}`, `{"freed": [key,
//! offset]}`, `{"gone": name}`, `"elsewhere"` or `"nothing"`. A *key* is `{"v": [frame, name]}`, `{"s":
//! number}` or `{"b": block}`. *Bytes* are hexadecimal: `??` is undefined, `..` padding, `~~` a number that
//! the compiler chooses. A block's *state* is `"live"`, `"freed"`, `"written"` (freed, then written to) or
//! `"leaked"`. Events are those of [`super::model::EventKind`], each with the line that made it happen; what a call
//! returned is a value. Of a program that takes very many steps a *gap* `{steps, output}` tells how many were not kept
//! before one, and of very many calls `deep`, `{before, calls}`, how many are left out before which frame.
//!
//! Version 1 had no `"written"`, and returned values as text; version 2 had nothing of what freed blocks hold.
//!
//! Addresses, sizes and alignments are of a 32-bit run, in bytes.

#![warn(missing_docs)]

use std::collections::HashMap;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use super::VERSION;
use super::model::{
    Block, BlockState, DeepCalls, Deferred, End, Event, Frame, Gap, Memory, Object, ObjectKey,
    Statement, Step, Trace, Value,
};

#[derive(Serialize, Deserialize)]
struct SnapshotFile {
    version: u32,
    name: String,
    files: Vec<String>,
    end: End,
    memory: Vec<MemoryRow>,
    frames: Vec<FrameRow>,
    statics: Vec<StaticRow>,
    blocks: Vec<BlockRow>,
    steps: Vec<StepRow>,
}

type MemoryRow = (String, u32, u32, u32, Value, String);
type FrameRow = (u32, String, PlaceRow, Vec<(String, usize)>);
type StaticRow = (u32, String, usize);
type BlockRow = (
    u32,
    usize,
    Option<String>,
    String,
    Option<String>,
    Option<ObjectKey>,
    BlockState,
    u32,
);

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum PlaceRow {
    Plain(usize, u32),
    Deferred(usize, u32, Deferred),
}

#[derive(Serialize, Deserialize)]
struct StepRow {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    gap: Option<Gap>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ran: Option<PlaceRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    next: Option<PlaceRow>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    events: Vec<Event>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    output: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    frames: Vec<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    deep: Option<DeepCalls>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    statics: Vec<usize>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    blocks: Vec<usize>,
}

/// A table that holds each row once. Rows are told apart by how they are written.
struct UniqueRows<T> {
    rows: Vec<T>,
    known: HashMap<String, usize>,
}

impl<T: Serialize> UniqueRows<T> {
    fn new() -> UniqueRows<T> {
        UniqueRows {
            rows: Vec::new(),
            known: HashMap::new(),
        }
    }

    fn add(&mut self, row: T) -> usize {
        let text = line(&row);
        *self.known.entry(text).or_insert_with(|| {
            self.rows.push(row);
            self.rows.len() - 1
        })
    }
}

fn line(row: &impl Serialize) -> String {
    serde_json::to_string(row).expect("rows are plain data")
}

/// Writes a trace.
pub fn write(trace: &Trace) -> String {
    let mut memory: UniqueRows<MemoryRow> = UniqueRows::new();
    let mut frames: UniqueRows<FrameRow> = UniqueRows::new();
    let mut statics: UniqueRows<StaticRow> = UniqueRows::new();
    let mut blocks: UniqueRows<BlockRow> = UniqueRows::new();
    let steps: Vec<StepRow> = trace
        .steps
        .iter()
        .map(|step| StepRow {
            gap: step.gap.clone(),
            deep: step.deep,
            ran: step.ran.as_ref().map(place_row),
            next: step.next.as_ref().map(place_row),
            events: step.events.clone(),
            output: step.output.clone(),
            frames: step
                .frames
                .iter()
                .map(|frame| {
                    let variables = frame
                        .variables
                        .iter()
                        .map(|object| (object.name.clone(), memory.add(memory_row(&object.memory))))
                        .collect();
                    frames.add((
                        frame.id,
                        frame.function.clone(),
                        place_row(&frame.at),
                        variables,
                    ))
                })
                .collect(),
            statics: step
                .statics
                .iter()
                .map(|object| {
                    let number = match object.key {
                        ObjectKey::Static(number) => number,
                        _ => 0,
                    };
                    let row = memory.add(memory_row(&object.memory));
                    statics.add((number, object.name.clone(), row))
                })
                .collect(),
            blocks: step
                .blocks
                .iter()
                .map(|block| {
                    let row = memory.add(memory_row(&block.memory));
                    blocks.add((
                        block.id,
                        row,
                        block.element.clone(),
                        block.allocator.clone(),
                        block.serves.clone(),
                        block.inside.clone(),
                        block.state,
                        block.line,
                    ))
                })
                .collect(),
        })
        .collect();
    let mut out = String::from("{\n");
    out.push_str(&format!("\"version\":{VERSION},\n"));
    out.push_str(&format!("\"name\":{},\n", line(&trace.name)));
    out.push_str(&format!("\"files\":{},\n", line(&trace.files)));
    out.push_str(&format!("\"end\":{},\n", line(&trace.end)));
    table(&mut out, "memory", &memory.rows);
    table(&mut out, "frames", &frames.rows);
    table(&mut out, "statics", &statics.rows);
    table(&mut out, "blocks", &blocks.rows);
    table(&mut out, "steps", &steps);
    out.truncate(out.len() - 2);
    out.push_str("\n}\n");
    out
}

fn table(out: &mut String, name: &str, rows: &[impl Serialize]) {
    let rows: Vec<String> = rows.iter().map(line).collect();
    out.push_str(&format!("\"{name}\":[\n{}\n],\n", rows.join(",\n")));
}

fn place_row(place: &Statement) -> PlaceRow {
    match place.deferred {
        Some(deferred) => PlaceRow::Deferred(place.file, place.line, deferred),
        None => PlaceRow::Plain(place.file, place.line),
    }
}

fn memory_row(memory: &Memory) -> MemoryRow {
    (
        memory.ty.clone(),
        memory.address,
        memory.size,
        memory.align,
        memory.value.clone(),
        memory.bytes.clone(),
    )
}

/// Reads a trace that [`write()`] wrote.
///
/// # Errors
///
/// When it is no trace, or one of another version.
pub fn read(text: &str) -> Result<Trace> {
    #[derive(Deserialize)]
    struct Head {
        version: u32,
    }
    let head: Head = serde_json::from_str(text).context("it is no trace")?;
    if head.version != VERSION {
        bail!(
            "it is a trace of version {}, and this tool reads version {VERSION}",
            head.version
        );
    }
    let file: SnapshotFile = serde_json::from_str(text).context("it is no trace")?;
    let memory = |row: usize| -> Result<Memory> {
        let (ty, address, size, align, value, bytes) =
            file.memory.get(row).context("a row is missing")?.clone();
        Ok(Memory {
            ty,
            address,
            size,
            align,
            value,
            bytes,
        })
    };
    let steps = file
        .steps
        .iter()
        .map(|step| {
            Ok(Step {
                gap: step.gap.clone(),
                deep: step.deep,
                ran: step.ran.as_ref().map(place),
                next: step.next.as_ref().map(place),
                events: step.events.clone(),
                output: step.output.clone(),
                frames: step
                    .frames
                    .iter()
                    .map(|&row| {
                        let (id, function, at, variables) =
                            file.frames.get(row).context("a row is missing")?;
                        let variables = variables
                            .iter()
                            .map(|(name, row)| {
                                Ok(Object {
                                    key: ObjectKey::Variable(*id, name.clone()),
                                    name: name.clone(),
                                    memory: memory(*row)?,
                                })
                            })
                            .collect::<Result<_>>()?;
                        Ok(Frame {
                            id: *id,
                            function: function.clone(),
                            at: place(at),
                            variables,
                        })
                    })
                    .collect::<Result<_>>()?,
                statics: step
                    .statics
                    .iter()
                    .map(|&row| {
                        let (number, name, row) =
                            file.statics.get(row).context("a row is missing")?;
                        Ok(Object {
                            key: ObjectKey::Static(*number),
                            name: name.clone(),
                            memory: memory(*row)?,
                        })
                    })
                    .collect::<Result<_>>()?,
                blocks: step
                    .blocks
                    .iter()
                    .map(|&row| {
                        let (id, row, element, allocator, serves, inside, state, line) =
                            file.blocks.get(row).context("a row is missing")?.clone();
                        Ok(Block {
                            id,
                            memory: memory(row)?,
                            element,
                            allocator,
                            serves,
                            inside,
                            state,
                            line,
                        })
                    })
                    .collect::<Result<_>>()?,
            })
        })
        .collect::<Result<_>>()?;
    Ok(Trace {
        name: file.name,
        files: file.files,
        steps,
        end: file.end,
    })
}

fn place(row: &PlaceRow) -> Statement {
    match row {
        PlaceRow::Plain(file, line) => Statement {
            file: *file,
            line: *line,
            deferred: None,
        },
        PlaceRow::Deferred(file, line, deferred) => Statement {
            file: *file,
            line: *line,
            deferred: Some(*deferred),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_a_trace_is_refused_with_a_reason() {
        for (text, reason) in [
            ("", "it is no trace"),
            ("{}", "it is no trace"),
            (
                "{\"version\":0}",
                "it is a trace of version 0, and this tool reads version 3",
            ),
            ("{\"version\":3}", "it is no trace"),
        ] {
            assert_eq!(read(text).unwrap_err().to_string(), reason);
        }
    }
}
