//! Runs a module as the page does, in an interpreter. Depends on `wasmi`.

use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result};
use wasmi::{
    Config, Engine, Error, Linker, Module, Store, StoreLimits, StoreLimitsBuilder, TrapCode,
};

use crate::slices;
use crate::wasi::{self, System};

/// Instructions that a program may take. None of the book's needs a tenth of it.
const FUEL: u64 = 1_000_000_000;
/// The most that a program may print, in bytes: what the page allows.
const MOST: usize = 200_000;

/// The most memory that a program may have, in bytes.
const MEMORY: usize = 512 << 20;

/// How a program ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RunEnd {
    /// Of itself, with this status.
    Exited(i32),
    /// What the machine says: after a panic, `unreachable`.
    Trapped(String),
    /// It was stopped: it runs for ever, or prints too much.
    Stopped,
}

/// A module, ready to be run again and again.
pub struct Runnable {
    engine: Engine,
    module: Module,
}

struct RunningHost {
    system: System,
    printed: Vec<u8>,
    limits: StoreLimits,
}

impl wasi::Host for RunningHost {
    fn system(&mut self) -> &mut System {
        &mut self.system
    }

    fn print(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.printed.extend_from_slice(bytes);
        if self.printed.len() > MOST {
            return Err(Error::new("it printed too much"));
        }
        Ok(())
    }
}

impl Runnable {
    /// Reads a module.
    ///
    /// # Errors
    ///
    /// When it is none.
    pub fn new(module: &[u8]) -> Result<Runnable> {
        let mut config = Config::default();
        config.consume_fuel(true);
        let engine = Engine::new(&config);
        let module = Module::new(&engine, module).context("it is no sound WebAssembly module")?;
        Ok(Runnable { engine, module })
    }

    /// Runs the listing of this name. What it printed, and how it ended.
    ///
    /// # Errors
    ///
    /// When the module cannot be run at all.
    pub fn run(&self, listing: &str) -> Result<(String, RunEnd)> {
        self.run_until(listing, &AtomicBool::new(false))
    }

    /// The same, for somebody who may want it no more: they set `canceled`, and it ends as if stopped.
    ///
    /// # Errors
    ///
    /// As [`Runnable::run`].
    pub fn run_until(&self, listing: &str, canceled: &AtomicBool) -> Result<(String, RunEnd)> {
        let host = RunningHost {
            system: System::new(&[&format!("LISTING={listing}")]),
            printed: Vec::new(),
            limits: StoreLimitsBuilder::new().memory_size(MEMORY).build(),
        };
        let mut store = Store::new(&self.engine, host);
        store.limiter(|host| &mut host.limits);
        store.set_fuel(FUEL)?;
        let mut linker = Linker::new(&self.engine);
        wasi::link(&mut linker, &mut store, &self.module)?;
        let instance = linker.instantiate_and_start(&mut store, &self.module)?;
        let start = (instance.get_func(&store, "_start")).context("the module has no start")?;
        let end = match slices::call(&mut store, &start, FUEL, canceled) {
            Ok(()) => RunEnd::Exited(0),
            Err(_) if canceled.load(Ordering::Relaxed) => RunEnd::Stopped,
            Err(error) => ended(&error, &store),
        };
        let printed = String::from_utf8_lossy(&store.data().printed).into_owned();
        Ok((printed, end))
    }
}

fn ended(error: &Error, store: &Store<RunningHost>) -> RunEnd {
    if let Some(status) = error.i32_exit_status() {
        return RunEnd::Exited(status);
    }
    if error.as_trap_code() == Some(TrapCode::OutOfFuel) || store.data().printed.len() > MOST {
        return RunEnd::Stopped;
    }
    RunEnd::Trapped(error.to_string())
}
