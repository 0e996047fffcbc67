//! Takes a step down: every frame, every variable in scope, every block. Pure.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use super::Recorder;
use super::allocators::allocator_name;
use super::heap::{HeapBlock, HeapBlockState};
use super::memory::{MemoryReader, UNDEFINED};
use super::stack::VariableInScope;
use super::statics::{EndedVariable, Static};
use super::world::World;
use crate::dwarf::functions::Variable;
use crate::names;
use crate::program::address_of;
use book_trace::model::{self, Object, ObjectKey, Statement, Step, Value};

/// Freed blocks that are shown although nothing points to them.
const FREED_SHOWN: usize = 4;
/// Calls that are shown. Of more, only the first and the last.
const MOST_CALLS: usize = 40;
const FIRST_CALLS: usize = 6;
const LAST_CALLS: usize = 16;

impl Recorder<'_> {
    /// Takes a step down, before the statement at `next`.
    pub(super) fn take_step(&mut self, memory: &[u8], next: Option<Statement>) {
        self.heap.end_below(self.stack_pointer(false));
        let variables = self.variables(memory);
        let reader = MemoryReader {
            memory,
            types: &self.program.types,
            writing: self.writing,
        };
        let mut world = self.world(memory, &variables, false);
        let mut objects: Vec<Object> = variables
            .iter()
            .map(|variable| {
                world.object(
                    &reader,
                    variable.key.clone(),
                    &variable.name,
                    variable.ty,
                    variable.address,
                )
            })
            .collect();
        let live: Vec<&HeapBlock> = (world.heap.blocks)
            .iter()
            .filter(|block| matches!(block.state, HeapBlockState::Live | HeapBlockState::Leaked))
            .collect();
        // A container may lie in a later block than its entries.
        let mut blocks: Vec<model::Block>;
        loop {
            let known = world.storages.len();
            blocks = live
                .iter()
                .map(|block| world.block(&reader, block))
                .collect();
            if world.storages.len() == known {
                break;
            }
        }
        let mut statics: BTreeMap<u32, Object> = BTreeMap::new();
        while let Some(number) = world.next_static(&statics) {
            let object = world.static_object(&reader, number);
            statics.insert(number, object);
        }
        let freed: Vec<&HeapBlock> = (world.heap.blocks)
            .iter()
            .filter(|block| block.state == HeapBlockState::Freed)
            .collect();
        for (index, block) in freed.iter().enumerate() {
            if index + FREED_SHOWN >= freed.len() || world.used_freed.contains(&block.id) {
                blocks.push(world.freed_block(&reader, block));
            }
        }
        // What is left of a fixed buffer goes with the call that had it.
        let stack_top = world.program.stack_top;
        let on_stack: BTreeSet<u32> = (world.heap.blocks.iter())
            .filter(|block| block.address < stack_top)
            .map(|block| block.id)
            .collect();
        blocks.retain(|block| block.inside.is_some() || !on_stack.contains(&block.id));
        blocks.sort_by_key(|block| block.id);
        let seen = std::mem::take(&mut world.seen);
        // What is divided into blocks is shown as these.
        for object in objects.iter_mut().chain(statics.values_mut()) {
            let key = Some(&object.key);
            if blocks.iter().any(|block| block.inside.as_ref() == key) {
                object.memory.value = Value::Opaque;
            }
        }
        let left_out = self.left_out();
        let mut frames = self.frames(&left_out);
        for (variable, object) in variables.iter().zip(objects.drain(..)) {
            frames[variable.frame].variables.push(object);
        }
        for variable in &variables {
            if !variable.borrowed {
                let label = format!("{} of {}", variable.name, variable.function);
                let grave = EndedVariable {
                    size: variable.size,
                    label,
                    key: variable.key.clone(),
                };
                self.statics.ended.insert(variable.address, grave);
            }
        }
        self.origins = seen;
        self.steps.push(Step {
            ran: self.ran,
            next,
            events: std::mem::take(&mut self.events),
            output: std::mem::take(&mut self.output),
            frames,
            gap: None,
            deep: (!left_out.is_empty()).then_some(model::DeepCalls {
                before: left_out.start,
                calls: left_out.len() as u32,
            }),
            statics: statics.into_values().collect(),
            blocks,
        });
    }

    /// The frames that are not shown: those in the middle of very many, by their indices.
    fn left_out(&self) -> Range<usize> {
        match self.calls() {
            calls if calls > MOST_CALLS => FIRST_CALLS..calls - LAST_CALLS,
            _ => 0..0,
        }
    }

    /// The number of the frame at an index.
    fn frame_number(&self, index: usize) -> u32 {
        let mut frames = self.calls.iter().flat_map(|call| &call.frames);
        frames.nth(index).map_or(0, |frame| frame.id)
    }

    /// The calls of the listing that are not left out, without their variables.
    fn frames(&self, left_out: &Range<usize>) -> Vec<model::Frame> {
        let mut frames = Vec::new();
        let mut index = 0;
        for call in &self.calls {
            let function = &self.traced(call.function).function;
            for frame in &call.frames {
                index += 1;
                if left_out.contains(&(index - 1)) {
                    continue;
                }
                let path = match frame.inlined {
                    Some(index) => &function.inlined[index].path,
                    None => &function.path,
                };
                frames.push(model::Frame {
                    id: frame.id,
                    function: names::function_name(path, &self.name),
                    at: frame.at.unwrap_or(Statement {
                        file: 0,
                        line: function.line,
                        deferred: None,
                    }),
                    variables: Vec::new(),
                });
            }
        }
        frames
    }

    /// The variables in scope that have been written, by frame.
    pub(super) fn variables(&self, memory: &[u8]) -> Vec<VariableInScope> {
        let reader = MemoryReader {
            memory,
            types: &self.program.types,
            writing: self.writing,
        };
        let mut found: Vec<VariableInScope> = Vec::new();
        let left_out = self.left_out();
        let mut index = 0;
        for call in &self.calls {
            let function = &self.traced(call.function).function;
            for frame in &call.frames {
                let (variables, path) = match frame.inlined {
                    Some(inlined) => {
                        let inlined = &function.inlined[inlined];
                        (&inlined.variables, &inlined.path)
                    }
                    None => (&function.variables, &function.path),
                };
                let Some(frame_base) = call.frame_base.filter(|_| !left_out.contains(&index))
                else {
                    index += 1;
                    continue;
                };
                let shown = match index < left_out.end {
                    true => index,
                    false => index - left_out.len(),
                };
                for variable in variables {
                    let Some(address) = address_of(variable.location, frame_base, &call.arguments)
                    else {
                        continue;
                    };
                    let size = self.program.types.get(variable.ty).size;
                    if !in_scope(variable, call.address) || reader.untouched(address, size) {
                        continue;
                    }
                    let written = self.traced(call.function).file.map_or("", |file| {
                        self.program.files[file].source.line(variable.line)
                    });
                    let is_constant = written.starts_with("const ");
                    found.push(VariableInScope {
                        copies: match is_constant && frame.inlined.is_none() {
                            true => frame_base..call.stack_pointer,
                            false => 0..0,
                        },
                        frame: shown,
                        key: ObjectKey::Variable(frame.id, variable.name.clone()),
                        name: variable.name.clone(),
                        function: names::function_name(path, &self.name),
                        ty: variable.ty,
                        address,
                        size,
                        borrowed: address >= call.stack_pointer,
                    });
                }
                index += 1;
            }
        }
        found
    }

    /// The lowest address of the stack that belongs to a call.
    fn stack_pointer(&self, returning: bool) -> u32 {
        match self.calls.last() {
            Some(call) if !returning => call.frame_base.unwrap_or(call.stack_pointer),
            Some(call) => call.stack_pointer,
            None => self.program.stack_top,
        }
    }

    pub(super) fn world<'w>(
        &'w mut self,
        memory: &'w [u8],
        variables: &'w [VariableInScope],
        returning: bool,
    ) -> World<'w> {
        let stack_pointer = self.stack_pointer(returning);
        let hidden = self.left_out();
        // Calls inside each other have rising numbers.
        let left_out = match hidden.is_empty() {
            true => 0..0,
            false => self.frame_number(hidden.start)..self.frame_number(hidden.end),
        };
        World {
            program: self.program,
            name: &self.name,
            heap: &self.heap,
            variables,
            statics: &mut self.statics,
            memory,
            stack_pointer,
            base: self.base,
            calls: &self.calls,
            left_out,
            is_quiet: false,
            origins: &self.origins,
            seen: HashMap::new(),
            used_statics: BTreeSet::new(),
            used_freed: BTreeSet::new(),
            hints: HashMap::new(),
            storages: HashMap::new(),
            copies: Vec::new(),
        }
    }

    /// How the reader knows an allocator.
    pub(super) fn allocator_name(&self, memory: &[u8], family: &str, context: u32) -> String {
        let variables = self.variables(memory);
        allocator_name(
            self.program,
            &variables,
            &self.heap,
            &self.name,
            family,
            context,
        )
    }

    /// Notes the globals of the listing's file: the variables are shown from the start.
    pub(super) fn find_globals(&mut self, memory: &mut [u8]) {
        let path = format!("{}.zig", self.name);
        for file in &self.program.files {
            if file.path != path {
                continue;
            }
            let mut globals: Vec<_> = (self.program.globals)
                .iter()
                .filter(|global| names::is_of(&global.path, &self.name))
                .collect();
            globals.sort_by_key(|global| global.line);
            for global in globals {
                let size = self.program.types.get(global.ty).size;
                let text = file.source.line(global.line);
                let range = global.address as usize..global.address.saturating_add(size) as usize;
                if text.ends_with("= undefined;")
                    && let Some(bytes) = memory.get_mut(range)
                    && bytes.iter().all(|&byte| byte == 0)
                {
                    // The linker keeps undefined globals with those that begin as zero.
                    bytes.fill(UNDEFINED);
                }
                self.statics.add(Static {
                    range: global.address..global.address.saturating_add(size),
                    ty: global.ty,
                    count: None,
                    name: global.name.clone(),
                    shown: 0,
                    always: text.contains("var ") && !text.starts_with("const "),
                });
            }
        }
    }
}

fn in_scope(variable: &Variable, address: u32) -> bool {
    variable.scope.is_empty() || variable.scope.iter().any(|scope| scope.contains(&address))
}
