//! The programs beside this file, built and recorded, and ways to look at what was recorded.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use book_recorder::Limits;
use book_recorder::build::{TraceBuilder, TraceEntry, TracedProgram};
use book_recorder::program::InstrumentedProgram;
use book_recorder::record::host::Machine;
use book_support::project::Project;
use book_toolchain as toolchain;
use book_trace::model::{
    Block, EventKind, Frame, Object, ObjectKey, Part, Step, Target, Trace, Value,
};
use book_trace::render::labels;

use crate::support;

pub const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/trace");
pub const LIMITS: Limits = Limits {
    steps: 1_000,
    seen: 20_000,
    fuel: 20_000_000,
    memory: 256 << 20,
    output: 64 << 10,
    time: None,
};

/// The programs, compiled together once.
pub struct Fixtures {
    pub built: TracedProgram,
    pub sources: BTreeMap<String, String>,
    pub program: InstrumentedProgram,
}

pub fn build(names: &[&str], folder: &'static str) -> Fixtures {
    let project = Project::find(&support::repository()).expect("the repository");
    let zig = toolchain::zig::find_or_install(&project).expect("Zig");
    let mut files = BTreeMap::new();
    let mut entries = Vec::new();
    for file in std::fs::read_dir(format!("{FOLDER}/01_traced")).expect("the programs") {
        let name = file
            .expect("a file")
            .file_name()
            .into_string()
            .expect("UTF-8");
        let path = format!("01_traced/{name}");
        let stem = name.trim_end_matches(".zig").to_string();
        files.insert(
            path.clone(),
            std::fs::read(format!("{FOLDER}/{path}")).expect("a file"),
        );
        if stem != "support" && (names.is_empty() || names.contains(&stem.as_str())) {
            entries.push(TraceEntry {
                is_test: stem == "tests",
                name: stem,
                path,
                test: None,
            });
        }
    }
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    let builder = TraceBuilder {
        zig: &zig.path,
        work: project.work(),
        name: folder,
        waiting: &|| {},
    };
    let built = builder.build(&entries, &files).expect("the programs build");
    assert_eq!(built.broken, []);
    let sources = files
        .into_iter()
        .map(|(path, bytes)| (path, String::from_utf8(bytes).expect("UTF-8")))
        .collect();
    let program = read(&built, &sources).expect("the program can be read");
    Fixtures {
        built,
        sources,
        program,
    }
}

pub fn read(
    built: &TracedProgram,
    sources: &BTreeMap<String, String>,
) -> anyhow::Result<InstrumentedProgram> {
    InstrumentedProgram::read(&built.wasm, &built.root.to_string_lossy(), sources)
}

pub static FIXTURES: LazyLock<Fixtures> = LazyLock::new(|| build(&[], "trace-tests"));

impl Fixtures {
    pub fn record(&self, name: &str) -> anyhow::Result<Trace> {
        let index = self
            .built
            .entries
            .iter()
            .position(|entry| entry.name == name)
            .expect("a program of this name");
        let machine = Machine::new(&self.program)?;
        machine.record(index as u32, &format!("01_traced/{name}"), LIMITS)
    }
}

pub fn record(name: &str) -> Trace {
    FIXTURES.record(name).expect("it can be recorded")
}

/// The first step that is about to run a line with this text.
pub fn before<'t>(trace: &'t Trace, line: &str) -> &'t Step {
    trace
        .steps
        .iter()
        .find(|step| {
            step.next.is_some_and(|next| {
                let source = &FIXTURES.sources[&trace.files[next.file]];
                let text = source.lines().nth(next.line as usize - 1);
                text.is_some_and(|text| text.contains(line))
            })
        })
        .unwrap_or_else(|| panic!("no step before `{line}`"))
}

pub fn last(trace: &Trace) -> &Step {
    trace.steps.last().expect("a step")
}

pub fn top(step: &Step) -> &Frame {
    step.frames.last().expect("a frame")
}

pub fn variable<'s>(step: &'s Step, name: &str) -> &'s Object {
    top(step)
        .variables
        .iter()
        .find(|object| object.name == name)
        .unwrap_or_else(|| panic!("no variable `{name}`"))
}

pub fn shown(step: &Step, name: &str) -> String {
    labels::value(step, &variable(step, name).memory.value)
}

pub fn target<'s>(step: &'s Step, name: &str) -> &'s Target {
    match &variable(step, name).memory.value {
        Value::Pointer(pointer) => &pointer.target,
        other => panic!("`{name}` is no pointer: {other:?}"),
    }
}

pub fn part<'v>(value: &'v Value, name: &str) -> &'v Value {
    match value {
        Value::Fields(parts) | Value::Items(parts) => {
            let found = parts.iter().find(|part: &&Part| part.name == name);
            &found.unwrap_or_else(|| panic!("no part `{name}`")).value
        }
        other => panic!("{other:?} has no parts"),
    }
}

pub fn block(step: &Step, id: u32) -> &Block {
    step.blocks
        .iter()
        .find(|block| block.id == id)
        .expect("a block")
}

/// The block that a variable points to.
pub fn pointed<'s>(step: &'s Step, name: &str) -> &'s Block {
    match target(step, name) {
        Target::Object(ObjectKey::Block(id), _) | Target::Freed(ObjectKey::Block(id), _) => {
            block(step, *id)
        }
        other => panic!("`{name}` points to {other:?}"),
    }
}

pub fn events(trace: &Trace) -> Vec<&EventKind> {
    trace
        .steps
        .iter()
        .flat_map(|step| step.events.iter().map(|event| &event.what))
        .collect()
}
