//! Records an execution: the hooks of an instrumented program call the [`Recorder`], which keeps the stack and
//! the heap in its books and takes down a step at each statement. Pure but for [`host`], which interprets the
//! program.

mod allocators;
mod containers;
mod heap;
pub mod host;
mod kept;
mod late;
mod memory;
mod packed;
mod returned;
mod scalar;
mod stack;
mod statics;
mod step;
mod world;

use std::collections::HashMap;
use std::time::Duration;

use super::names;
use super::program::{InstrumentedProgram, Traced};
use super::role::{Operation, Role};
use super::writing::Writing;
use book_toolchain::zig_output::{Addresses, without_block_addresses};
use book_trace::model::{End, Event, EventKind, Statement, Step};
use heap::{Heap, Request};
use kept::KeptSteps;
use late::FreedBytes;
use stack::{Call, CallFrame};

/// What an execution may cost.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Steps that are kept: the first, and of a program that takes more, the last.
    pub steps: usize,
    /// Statements, calls and returns after which the program is stopped.
    pub seen: usize,
    /// Units of work of the interpreter, about one an instruction.
    pub fuel: u64,
    /// In bytes.
    pub memory: usize,
    /// In bytes.
    pub output: usize,
    /// After which the program is stopped. What the book records has none: it must not depend on the machine.
    pub time: Option<Duration>,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            steps: 1_000,
            seen: 20_000,
            fuel: 200_000_000,
            memory: 256 << 20,
            output: 64 << 10,
            time: None,
        }
    }
}

/// Why recording went no further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Excess {
    /// More steps than [`Limits`] allow.
    Steps,
    /// More output than [`Limits`] allow.
    Output,
    /// A longer run than [`Limits`] allow, by the clock.
    Time,
}

/// How much of the stack below a new frame is marked as never written.
const FRESH: u32 = 16 << 10;

/// Takes down the run of one program: the machine tells it of every call and line, and it reads the memory.
pub struct Recorder<'p> {
    program: &'p InstrumentedProgram,
    limits: Limits,
    /// The listing's file without `.zig`, for names.
    name: String,
    calls: Vec<Call>,
    arguments: Vec<u64>,
    heap: Heap,
    late: FreedBytes,
    writing: Writing,
    steps: KeptSteps,
    events: Vec<Event>,
    output: String,
    printed: usize,
    ran: Option<Statement>,
    next_frame: u32,
    /// The stack pointer when the listing's first function was called.
    base: u32,
    statics: statics::Statics,
    /// What each pointer in memory pointed to when it was last seen: by its place.
    origins: HashMap<u32, world::PointerOrigin>,
    panic: Option<String>,
    /// Set when a limit is passed.
    pub excess: Option<Excess>,
}

impl<'p> Recorder<'p> {
    /// For a run that has not begun. `name` is the listing's file without `.zig`.
    pub fn new(program: &'p InstrumentedProgram, name: &str, limits: Limits) -> Recorder<'p> {
        Recorder {
            program,
            limits,
            name: name.to_string(),
            calls: Vec::new(),
            arguments: Vec::new(),
            heap: Heap::default(),
            late: FreedBytes::default(),
            writing: program.writing(name),
            steps: KeptSteps::new(limits.steps),
            events: Vec::new(),
            output: String::new(),
            printed: 0,
            ran: None,
            next_frame: 1,
            base: 0,
            statics: statics::Statics::default(),
            origins: HashMap::new(),
            panic: None,
            excess: None,
        }
    }

    fn traced(&self, function: usize) -> &'p Traced {
        &self.program.functions[function]
    }

    /// Whether the listing runs now.
    fn is_active(&self) -> bool {
        self.calls.iter().any(|call| !call.frames.is_empty())
    }

    /// The statement that the listing is at.
    fn place(&self) -> Option<Statement> {
        self.calls
            .iter()
            .rev()
            .flat_map(|call| call.frames.iter().rev())
            .find_map(|frame| frame.at)
    }

    /// The listing's calls that have not returned.
    pub fn calls(&self) -> usize {
        self.calls.iter().map(|call| call.frames.len()).sum()
    }

    /// Whether the last call has no room for its variables: its frame would begin below the first address.
    pub fn is_stack_full(&self) -> bool {
        self.calls.last().is_some_and(|call| {
            let has_no_frame = |base: u32| base > call.stack_pointer;
            !call.frames.is_empty() && call.frame_base.is_none_or(has_no_frame)
        })
    }

    fn line(&self) -> u32 {
        self.place().map_or(0, |place| place.line)
    }

    fn take_heap_events(&mut self) {
        let events = self.heap.take_events();
        self.events.extend(events);
    }

    /// Notes which freed blocks the listing has written to.
    fn see_late_writes(&mut self, memory: &[u8]) {
        if !self.is_active() || self.heap.is_busy() {
            return;
        }
        let line = self.line();
        for block in self.late.written(&self.heap, memory) {
            self.heap.write_after_free(block, line);
        }
        self.take_heap_events();
    }

    fn next_frame(&mut self) -> u32 {
        self.next_frame += 1;
        self.next_frame - 1
    }

    /// Hook: a parameter of the function about to be entered, or the result of the one about to be left.
    pub fn argument(&mut self, bits: u64) {
        self.arguments.push(bits);
    }

    /// Hook: a function is entered.
    pub fn enter(&mut self, memory: &mut [u8], function: u32, stack_pointer: u32) {
        let arguments = std::mem::take(&mut self.arguments);
        let function = function as usize;
        if function >= self.program.functions.len() {
            return;
        }
        let traced = self.traced(function);
        self.see_late_writes(memory);
        let mut call = Call {
            function,
            arguments,
            stack_pointer,
            frame_base: None,
            address: 0,
            frames: Vec::new(),
        };
        if traced.file.is_some() {
            if self.is_active() {
                let what = EventKind::Call {
                    function: names::function_name(&traced.function.path, &self.name),
                };
                let line = self.line();
                self.events.push(Event { line, what });
            }
            if self.next_frame == 1 {
                self.base = stack_pointer;
                self.find_globals(memory);
            }
            let id = self.next_frame();
            call.frames.push(CallFrame::new(id, None));
            let from = stack_pointer.saturating_sub(FRESH);
            for address in from..stack_pointer {
                if let Some(byte) = memory.get_mut(address as usize) {
                    *byte = memory::poison(address);
                }
            }
            self.late.keep(&self.heap, memory);
        }
        if let Role::Operation(operation, family) = &traced.role
            && self.is_active()
        {
            let request = self.request(memory, *operation, family, &call);
            self.heap.begin(request);
        }
        self.calls.push(call);
    }

    /// What an allocator is asked for, from the parameters of its vtable's function.
    fn request(
        &mut self,
        memory: &[u8],
        operation: Operation,
        family: &str,
        call: &Call,
    ) -> Request {
        let from = call.arguments.len().saturating_sub(operation.parameters());
        let parameter =
            |index: usize| call.arguments.get(from + index).copied().unwrap_or(0) as u32;
        let context = parameter(0);
        let name = self.allocator_name(memory, family, context);
        let owner = self.heap.owner(family, context, &name);
        let element =
            self.calls
                .iter()
                .rev()
                .find_map(|call| match self.traced(call.function).role {
                    Role::Typed(element) => element,
                    _ => None,
                });
        // Whoever asks through the interface's methods says what for; an allocator asks for bytes.
        let asked_by_allocator = self
            .calls
            .iter()
            .rev()
            .find(|call| !matches!(self.traced(call.function).role, Role::Typed(None)))
            .is_some_and(|call| matches!(self.traced(call.function).role, Role::Operation(..)));
        let element = element.filter(|_| !asked_by_allocator);
        let (address, len, align) = match operation {
            Operation::Alloc => (0, parameter(1), parameter(2)),
            _ => (parameter(1), parameter(2), parameter(3)),
        };
        Request {
            operation,
            owner,
            address,
            len,
            align: 1_u32.checked_shl(align).unwrap_or(1),
            new_len: match operation {
                Operation::Resize | Operation::Remap => parameter(4),
                _ => 0,
            },
            element,
            element_name: element
                .map(|element| names::type_name(&self.program.types.get(element).name, &self.name)),
            line: self.line(),
        }
    }

    /// Hook: a function returns.
    pub fn leave(&mut self, memory: &mut [u8], function: u32) {
        let result = std::mem::take(&mut self.arguments).first().copied();
        let function = function as usize;
        let Some(index) = self
            .calls
            .iter()
            .rposition(|call| call.function == function)
        else {
            return;
        };
        self.calls.truncate(index + 1);
        let traced = self.traced(function);
        if traced.file.is_some() {
            self.see_late_writes(memory);
        }
        let was_active = self.is_active();
        if let Role::Operation(..) = traced.role
            && was_active
        {
            if let Some(fresh) = self.heap.end(result.unwrap_or(1) as u32)
                && let Some(bytes) = memory.get_mut(fresh.start as usize..fresh.end as usize)
            {
                bytes.fill(memory::UNDEFINED);
            }
            self.take_heap_events();
            if !self.heap.is_busy() {
                self.late.keep(&self.heap, memory);
            }
        }
        let line = self.line();
        let Some(call) = self.calls.pop() else { return };
        if matches!(traced.role, Role::Reset | Role::Deinit) && was_active {
            let parameters = if traced.function.path.ends_with("ArenaAllocator.reset") {
                2
            } else {
                1
            };
            let from = call.arguments.len().saturating_sub(parameters);
            let context = call.arguments.get(from).copied().unwrap_or(0) as u32;
            if traced.role == Role::Reset {
                self.heap.reset(context, line);
            } else {
                self.heap.report_leaks(Some(context), line);
            }
            self.take_heap_events();
            self.late.keep(&self.heap, memory);
        }
        if !call.frames.is_empty() && call.frames[0].inlined.is_none() {
            // Each return is seen alone, even when one statement waits for several.
            let returned = self
                .events
                .iter()
                .any(|event| matches!(event.what, EventKind::Return { .. }));
            if returned {
                self.calls.push(call.clone());
                let place = call.frames.last().and_then(|frame| frame.at);
                self.take_step(memory, place);
                self.ran = place;
                self.calls.pop();
            }
            self.ran = call.frames.last().and_then(|frame| frame.at).or(self.ran);
            let value = self.returned(memory, &call, result);
            self.events.push(Event {
                line,
                what: EventKind::Return {
                    function: names::function_name(&traced.function.path, &self.name),
                    value,
                },
            });
            if !self.is_active() {
                self.heap.report_leaks(None, 0);
                self.take_heap_events();
                self.take_step(memory, None);
            }
        }
    }

    /// Hook: a line begins. Whether the program may go on.
    pub fn reach(&mut self, memory: &mut [u8], row: u32, frame_base: u32) -> bool {
        let Some(row_at) = self.program.rows.get(row as usize) else {
            return true;
        };
        self.see_late_writes(memory);
        let Some(call) = self.calls.last_mut() else {
            return true;
        };
        if call.function != row_at.function as usize {
            return true;
        }
        if call.frame_base.is_none() {
            call.frame_base = Some(frame_base);
        }
        let before = std::mem::replace(&mut call.address, row_at.address);
        if row_at.address < before {
            self.forget_ended(memory, before, row_at.address);
        }
        self.follow_inlined(&row_at.inlined);
        let file = &self.program.files[row_at.file];
        let line = file.source.statement(row_at.line);
        if file.source.only_closes(line) {
            return true;
        }
        let place = Statement {
            file: row_at.file,
            line,
            deferred: file.source.deferred(line),
        };
        let frame = self
            .calls
            .last_mut()
            .and_then(|call| call.frames.last_mut());
        let Some(frame) = frame else { return true };
        let again = file.source.loops(line) && frame.seen.contains(&row);
        if frame.at == Some(place) && !again {
            frame.seen.insert(row);
            return true;
        }
        frame.seen.clear();
        frame.seen.insert(row);
        frame.at = Some(place);
        if self.steps.seen() >= self.limits.seen {
            self.excess = Some(Excess::Steps);
            return false;
        }
        self.take_step(memory, Some(place));
        self.ran = Some(place);
        true
    }

    /// Makes the inlined frames of the current call those of a row.
    fn follow_inlined(&mut self, inlined: &[usize]) {
        let Some(call) = self.calls.last() else {
            return;
        };
        let traced = self.traced(call.function);
        let own = usize::from(
            call.frames
                .first()
                .is_some_and(|frame| frame.inlined.is_none()),
        );
        let same = call.frames[own..]
            .iter()
            .zip(inlined)
            .take_while(|(frame, wanted)| frame.inlined == Some(**wanted))
            .count();
        let name = |index: usize| {
            let call = &traced.function.inlined[index];
            names::function_name(&call.path, &self.name)
        };
        let mut events = Vec::new();
        for frame in call.frames[own + same..].iter().rev() {
            if let Some(index) = frame.inlined {
                events.push(EventKind::Return {
                    function: name(index),
                    value: None,
                });
            }
        }
        for &index in &inlined[same..] {
            events.push(EventKind::Call {
                function: name(index),
            });
        }
        let kept = own + same;
        let fresh: Vec<CallFrame> = inlined[same..]
            .iter()
            .map(|&index| CallFrame::new(self.next_frame(), Some(index)))
            .collect();
        let line = self.line();
        self.events
            .extend(events.into_iter().map(|what| Event { line, what }));
        if let Some(call) = self.calls.last_mut() {
            call.frames.truncate(kept);
            call.frames.extend(fresh);
        }
    }

    /// A loop goes round: what its body declared is not there until it is declared again.
    fn forget_ended(&mut self, memory: &mut [u8], from: u32, to: u32) {
        let Some(call) = self.calls.last() else {
            return;
        };
        let Some(frame_base) = call.frame_base else {
            return;
        };
        let function = &self.traced(call.function).function;
        let inlined = function.inlined.iter().flat_map(|call| &call.variables);
        for variable in function.variables.iter().chain(inlined) {
            if variable.is_parameter && variable.scope.is_empty() {
                continue;
            }
            let within = |at: u32| variable.scope.iter().any(|scope| scope.contains(&at));
            let born = self.born(call.function, variable);
            let ended = born.is_some_and(|born| born > to && born <= from)
                || !variable.scope.is_empty() && within(from) && !within(to);
            if let crate::dwarf::die::Location::Frame(_) = variable.location
                && ended
                && let Some(address) =
                    super::program::address_of(variable.location, frame_base, &call.arguments)
            {
                let size = self.program.types.get(variable.ty).size;
                for at in address..address.saturating_add(size) {
                    if let Some(byte) = memory.get_mut(at as usize) {
                        *byte = memory::poison(at);
                    }
                }
            }
        }
    }

    /// The address of the instruction that begins a variable's declaration.
    fn born(&self, function: usize, variable: &crate::dwarf::functions::Variable) -> Option<u32> {
        self.program
            .rows
            .iter()
            .filter(|row| row.function as usize == function && row.line == variable.line)
            .filter(|row| {
                variable.scope.is_empty()
                    || variable
                        .scope
                        .iter()
                        .any(|scope| scope.contains(&row.address))
            })
            .map(|row| row.address)
            .min()
            .or_else(|| variable.scope.iter().map(|scope| scope.start).min())
    }

    /// Hook: the program panics.
    pub fn panicked(&mut self, message: String) {
        // What follows the first line are traces of the stack, which there are none of here.
        let first = message.lines().next().unwrap_or_default();
        self.panic = Some(without_block_addresses(first, Addresses::Short).into_owned());
    }

    /// The program prints.
    pub fn print(&mut self, bytes: &[u8]) {
        if !self.is_active() {
            return;
        }
        self.printed += bytes.len();
        if self.printed > self.limits.output {
            self.excess = Some(Excess::Output);
            return;
        }
        self.output.push_str(&String::from_utf8_lossy(bytes));
    }

    /// The program has ended.
    pub fn finish(
        mut self,
        memory: &mut [u8],
        stopped: Option<String>,
    ) -> (Vec<Step>, Option<End>) {
        if !self.is_active() {
            // What comes after the listing's last function is the check of what its allocator gave out.
            let end = match self.panic.take() {
                Some(message) => Some(End::Panic(message)),
                None => stopped.map(End::Stopped),
            };
            return (self.steps.into_steps(), end);
        }
        self.see_late_writes(memory);
        self.heap.stop();
        self.take_heap_events();
        self.take_step(memory, None);
        let end = match self.panic.take() {
            Some(message) => End::Panic(message),
            None => End::Stopped(stopped.unwrap_or_else(|| "the program stopped".into())),
        };
        (self.steps.into_steps(), Some(end))
    }
}
