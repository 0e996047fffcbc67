//! Interprets an instrumented program, and takes down what its hooks tell. Depends on `wasmi`.

use std::sync::atomic::AtomicBool;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use wasmi::{
    Caller, Config, Engine, Error, Linker, Memory, Module, Store, StoreLimits, StoreLimitsBuilder,
};

use super::{Excess, Limits, Recorder};
use crate::program::InstrumentedProgram;
use crate::slices;
use crate::wasi::{self, System};
use book_trace::model::{End, Trace};

/// Calls inside each other.
const DEEPEST: usize = 2_000;

/// A program, ready to run any number of times.
pub struct Machine<'p> {
    program: &'p InstrumentedProgram,
    engine: Engine,
    module: Module,
}

struct RecordingHost<'p> {
    recorder: Option<Recorder<'p>>,
    memory: Option<Memory>,
    limits: StoreLimits,
    /// The program's entry that is to run.
    selected: u32,
    system: System,
    /// The name of the error that the entry returned.
    failed: Option<String>,
    /// When it is stopped.
    deadline: Option<Instant>,
}

impl wasi::Host for RecordingHost<'_> {
    fn system(&mut self) -> &mut System {
        &mut self.system
    }

    fn print(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let recorder = self
            .recorder
            .as_mut()
            .ok_or_else(|| Error::new("the recorder is gone"))?;
        recorder.print(bytes);
        match recorder.excess {
            Some(_) => Err(Error::new("a limit is passed")),
            None => Ok(()),
        }
    }
}

impl<'p> Machine<'p> {
    /// # Errors
    ///
    /// When the module is broken.
    pub fn new(program: &'p InstrumentedProgram) -> Result<Machine<'p>> {
        let mut config = Config::default();
        config
            .consume_fuel(true)
            .set_max_recursion_depth(DEEPEST)
            .ignore_custom_sections(true);
        let engine = Engine::new(&config);
        let module =
            Module::new(&engine, &program.wasm).context("the instrumented module is not valid")?;
        Ok(Machine {
            program,
            engine,
            module,
        })
    }

    /// Runs entry `selected`, which is the listing `name`, for example `03_allocator/caller_owns`.
    ///
    /// # Errors
    ///
    /// When it is not a program for this host, or never comes to a statement of the listing. One that passes a limit is
    /// stopped: its trace says why.
    pub fn record(&self, selected: u32, name: &str, limits: Limits) -> Result<Trace> {
        self.record_until(selected, name, limits, &AtomicBool::new(false))
    }

    /// The same, for somebody who may want it no more: they set `canceled`.
    ///
    /// # Errors
    ///
    /// As [`Machine::record`], and when it is canceled.
    pub fn record_until(
        &self,
        selected: u32,
        name: &str,
        limits: Limits,
        canceled: &AtomicBool,
    ) -> Result<Trace> {
        let host = RecordingHost {
            recorder: Some(Recorder::new(self.program, name, limits)),
            memory: None,
            limits: StoreLimitsBuilder::new().memory_size(limits.memory).build(),
            selected,
            system: System::new(&[]),
            failed: None,
            deadline: limits.time.map(|time| Instant::now() + time),
        };
        let mut store = Store::new(&self.engine, host);
        store.limiter(|host| &mut host.limits);
        store.set_fuel(limits.fuel)?;
        let mut linker = Linker::new(&self.engine);
        wasi::link(&mut linker, &mut store, &self.module)?;
        hooks(&mut linker)?;
        let instance = linker
            .instantiate_and_start(&mut store, &self.module)
            .context("the module cannot be started")?;
        let memory = instance
            .get_memory(&store, "memory")
            .context("the module exports no memory")?;
        store.data_mut().memory = Some(memory);
        let start = (instance.get_func(&store, "_start")).context("the module has no start")?;
        let stopped = match slices::call(&mut store, &start, limits.fuel, canceled) {
            Ok(()) => None,
            Err(error) if error.i32_exit_status() == Some(0) => None,
            Err(error) => Some(error),
        };
        finish(store, memory, stopped, self.program, name, limits)
    }
}

/// What is left to say when the program has ended.
fn finish(
    mut store: Store<RecordingHost<'_>>,
    memory: Memory,
    stopped: Option<Error>,
    program: &InstrumentedProgram,
    name: &str,
    limits: Limits,
) -> Result<Trace> {
    let recorder = store
        .data_mut()
        .recorder
        .take()
        .context("the recorder is gone")?;
    let full = || format!("the stack is full, {} calls deep", recorder.calls());
    let reason = match (&stopped, recorder.excess) {
        (_, Some(Excess::Steps)) => Some(format!(
            "it takes more than {} steps, and a diagram follows no more",
            limits.seen
        )),
        (_, Some(Excess::Output)) => Some(format!(
            "it prints more than {} bytes, and a diagram shows no more",
            limits.output
        )),
        (_, Some(Excess::Time)) => Some(format!(
            "after {} s it was not at its end, and a diagram follows no longer",
            limits.time.unwrap_or_default().as_secs()
        )),
        (None, None) => None,
        (Some(error), None) => match error.as_trap_code() {
            Some(wasmi::TrapCode::OutOfFuel) => Some(format!(
                "it runs too long, more than {} instructions",
                limits.fuel
            )),
            Some(wasmi::TrapCode::StackOverflow) => Some(full()),
            Some(wasmi::TrapCode::MemoryOutOfBounds) if recorder.is_stack_full() => Some(full()),
            Some(wasmi::TrapCode::MemoryOutOfBounds) => {
                Some("it used memory that it does not have".to_string())
            }
            Some(_) => Some("the program stopped itself".to_string()),
            None => match error.i32_exit_status() {
                Some(status) => Some(format!("exit status {status}")),
                None => bail!("the program cannot be run: {error}"),
            },
        },
    };
    let failed = store.data_mut().failed.take();
    let (steps, end) = recorder.finish(memory.data_mut(&mut store), reason);
    if steps.is_empty() {
        bail!("it never comes to a statement of the listing");
    }
    let mut trace = Trace {
        name: name.to_string(),
        files: program.files.iter().map(|file| file.path.clone()).collect(),
        steps,
        end: match failed {
            Some(error) => End::Error(error),
            None => end.unwrap_or(End::Returned),
        },
    };
    trace.keep_used_files();
    Ok(trace)
}

/// Runs `act` with the recorder and the program's memory.
fn with<R>(
    caller: &mut Caller<'_, RecordingHost<'_>>,
    act: impl FnOnce(&mut Recorder<'_>, &mut [u8]) -> R,
) -> Result<R, Error> {
    let memory = match caller.data().memory {
        Some(memory) => memory,
        None => caller
            .get_export("memory")
            .and_then(wasmi::Extern::into_memory)
            .ok_or_else(|| Error::new("the module exports no memory"))?,
    };
    let mut recorder = caller
        .data_mut()
        .recorder
        .take()
        .ok_or_else(|| Error::new("the recorder is gone"))?;
    let result = act(&mut recorder, memory.data_mut(&mut *caller));
    let deadline = caller.data().deadline;
    if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
        recorder.excess.get_or_insert(Excess::Time);
    }
    let excess = recorder.excess.is_some();
    caller.data_mut().recorder = Some(recorder);
    if excess {
        return Err(Error::new("a limit is passed"));
    }
    Ok(result)
}

fn hooks<'p>(linker: &mut Linker<RecordingHost<'p>>) -> Result<()> {
    const HOST: &str = crate::instrument::HOST;
    linker.func_wrap(
        HOST,
        "selected",
        |caller: Caller<'_, RecordingHost<'p>>| -> i32 { caller.data().selected.cast_signed() },
    )?;
    linker.func_wrap(
        HOST,
        "argument",
        |mut caller: Caller<'_, RecordingHost<'p>>, bits: i64| {
            if let Some(recorder) = &mut caller.data_mut().recorder {
                recorder.argument(bits.cast_unsigned());
            }
        },
    )?;
    linker.func_wrap(
        HOST,
        "enter",
        |mut caller: Caller<'_, RecordingHost<'p>>, function: i32, stack_pointer: i32| {
            with(&mut caller, |recorder, memory| {
                recorder.enter(
                    memory,
                    function.cast_unsigned(),
                    stack_pointer.cast_unsigned(),
                );
            })
        },
    )?;
    linker.func_wrap(
        HOST,
        "leave",
        |mut caller: Caller<'_, RecordingHost<'p>>, function: i32| {
            with(&mut caller, |recorder, memory| {
                recorder.leave(memory, function.cast_unsigned());
            })
        },
    )?;
    linker.func_wrap(
        HOST,
        "line",
        |mut caller: Caller<'_, RecordingHost<'p>>, row: i32, frame_base: i32| {
            with(&mut caller, |recorder, memory| {
                recorder.reach(memory, row.cast_unsigned(), frame_base.cast_unsigned());
            })
        },
    )?;
    linker.func_wrap(
        HOST,
        "panicked",
        |mut caller: Caller<'_, RecordingHost<'p>>, text: i32, len: i32| {
            with(&mut caller, |recorder, memory| {
                let text = slice(memory, text, len).to_vec();
                recorder.panicked(String::from_utf8_lossy(&text).into_owned());
            })
        },
    )?;
    linker.func_wrap(
        HOST,
        "failed",
        |mut caller: Caller<'_, RecordingHost<'p>>, text: i32, len: i32| -> Result<(), Error> {
            let name = with(&mut caller, |_, memory| {
                String::from_utf8_lossy(slice(memory, text, len)).into_owned()
            })?;
            caller.data_mut().failed = Some(format!("error.{name}"));
            Ok(())
        },
    )?;
    Ok(())
}

fn slice(memory: &[u8], address: i32, len: i32) -> &[u8] {
    let start = address.cast_unsigned() as usize;
    let len = len.cast_unsigned() as usize;
    start
        .checked_add(len)
        .and_then(|end| memory.get(start..end))
        .unwrap_or(&[])
}
