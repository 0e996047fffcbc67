//! Runs a module as the page does, in an interpreter: as much of WASI as the book's programs use, no files, no
//! network, nothing that differs from run to run. `theme/js/wasi.js` is the same for a browser.

use anyhow::{Context, Result};
use wasmi::{
    Caller, Config, Engine, Error, Extern, ExternType, Func, Instance, Linker, Module, Store,
    TrapCode, Val,
};

/// Instructions that a program may take. None of the book's needs a tenth of it.
const FUEL: u64 = 1_000_000_000;
/// The most that a program may print, in bytes: what the page allows.
const MOST: usize = 200_000;

const WASI: &str = "wasi_snapshot_preview1";
const SUCCESS: i32 = 0;
const BAD_DESCRIPTOR: i32 = 8;
const NO_SEEK: i32 = 70;

/// How a program ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
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

struct Host {
    variable: Vec<u8>,
    printed: Vec<u8>,
    /// Nanoseconds.
    time: u64,
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
        let module = Module::new(&engine, module).context("Zig wrote no sound module")?;
        Ok(Runnable { engine, module })
    }

    /// Runs the listing of this name. What it printed, and how it ended.
    ///
    /// # Errors
    ///
    /// When the module cannot be run at all.
    pub fn run(&self, listing: &str) -> Result<(String, End)> {
        let host = Host {
            variable: format!("LISTING={listing}\0").into_bytes(),
            printed: Vec::new(),
            time: 0,
        };
        let mut store = Store::new(&self.engine, host);
        store.set_fuel(FUEL)?;
        let instance = self.instance(&mut store)?;
        let start = instance.get_typed_func::<(), ()>(&store, "_start")?;
        let end = match start.call(&mut store, ()) {
            Ok(()) => End::Exited(0),
            Err(error) => ended(&error, &store),
        };
        let printed = String::from_utf8_lossy(&store.data().printed).into_owned();
        Ok((printed, end))
    }

    fn instance(&self, store: &mut Store<Host>) -> Result<Instance> {
        let mut linker = Linker::new(&self.engine);
        // A call that is not in `system` answers that the file is not open.
        for import in self.module.imports() {
            if let ExternType::Func(kind) = import.ty() {
                let refuse = Func::new(&mut *store, kind.clone(), |_, _, results| {
                    if let [result] = results {
                        *result = Val::I32(BAD_DESCRIPTOR);
                    }
                    Ok(())
                });
                linker.define(import.module(), import.name(), refuse)?;
            }
        }
        linker.allow_shadowing(true);
        system(&mut linker)?;
        Ok(linker.instantiate_and_start(store, &self.module)?)
    }
}

fn ended(error: &Error, store: &Store<Host>) -> End {
    if let Some(status) = error.i32_exit_status() {
        return End::Exited(status);
    }
    if error.as_trap_code() == Some(TrapCode::OutOfFuel) || store.data().printed.len() > MOST {
        return End::Stopped;
    }
    End::Trapped(error.to_string())
}

/// What `work` makes of the program's memory and of the host.
fn with(caller: &mut Caller<'_, Host>, work: impl FnOnce(&mut [u8], &mut Host) -> i32) -> i32 {
    let Some(Extern::Memory(memory)) = caller.get_export("memory") else {
        return BAD_DESCRIPTOR;
    };
    let (bytes, host) = memory.data_and_store_mut(caller);
    work(bytes, host)
}

fn put(memory: &mut [u8], address: i32, bytes: &[u8]) {
    let start = address.cast_unsigned() as usize;
    if let Some(place) = memory.get_mut(start..start.saturating_add(bytes.len())) {
        place.copy_from_slice(bytes);
    }
}

fn word(memory: &[u8], address: i32) -> usize {
    let start = address.cast_unsigned() as usize;
    let bytes = memory.get(start..).and_then(|rest| rest.first_chunk());
    bytes.map_or(0, |bytes| u32::from_le_bytes(*bytes) as usize)
}

fn length(bytes: &[u8]) -> [u8; 4] {
    u32::try_from(bytes.len()).unwrap_or(0).to_le_bytes()
}

fn system(linker: &mut Linker<Host>) -> Result<()> {
    linker.func_wrap(
        WASI,
        "environ_sizes_get",
        |mut caller: Caller<'_, Host>, count: i32, size: i32| {
            with(&mut caller, |memory, host| {
                put(memory, count, &1_u32.to_le_bytes());
                put(memory, size, &length(&host.variable));
                SUCCESS
            })
        },
    )?;
    linker.func_wrap(
        WASI,
        "environ_get",
        |mut caller: Caller<'_, Host>, list: i32, buffer: i32| {
            with(&mut caller, |memory, host| {
                put(memory, list, &buffer.to_le_bytes());
                put(memory, buffer, &host.variable);
                SUCCESS
            })
        },
    )?;
    linker.func_wrap(
        WASI,
        "args_sizes_get",
        |mut caller: Caller<'_, Host>, count: i32, size: i32| {
            with(&mut caller, |memory, _| {
                put(memory, count, &[0; 4]);
                put(memory, size, &[0; 4]);
                SUCCESS
            })
        },
    )?;
    linker.func_wrap(WASI, "args_get", |_: Caller<'_, Host>, _: i32, _: i32| {
        SUCCESS
    })?;
    linker.func_wrap(
        WASI,
        "clock_res_get",
        |mut caller: Caller<'_, Host>, _: i32, at: i32| {
            with(&mut caller, |memory, _| {
                put(memory, at, &1000_u64.to_le_bytes());
                SUCCESS
            })
        },
    )?;
    linker.func_wrap(
        WASI,
        "clock_time_get",
        |mut caller: Caller<'_, Host>, _: i32, _: i64, at: i32| {
            with(&mut caller, |memory, host| {
                // A millisecond passes between two looks at the clock.
                host.time += 1_000_000;
                put(memory, at, &host.time.to_le_bytes());
                SUCCESS
            })
        },
    )?;
    linker.func_wrap(
        WASI,
        "random_get",
        |mut caller: Caller<'_, Host>, at: i32, count: i32| {
            with(&mut caller, |memory, host| {
                let bytes: Vec<u8> = (0..count.clamp(0, 1 << 16))
                    .map(|index| (host.time.wrapping_mul(31) as u8).wrapping_add(index as u8))
                    .collect();
                put(memory, at, &bytes);
                SUCCESS
            })
        },
    )?;
    linker.func_wrap(
        WASI,
        "poll_oneoff",
        |mut caller: Caller<'_, Host>, _: i32, events: i32, _: i32, happened: i32| {
            // Whoever sleeps has slept.
            with(&mut caller, |memory, host| {
                host.time += 1_000_000_000;
                put(memory, events, &[0; 32]);
                put(memory, happened, &1_u32.to_le_bytes());
                SUCCESS
            })
        },
    )?;
    linker.func_wrap(
        WASI,
        "fd_pwrite",
        |_: Caller<'_, Host>, fd: i32, _: i32, _: i32, _: i64, _: i32| {
            if matches!(fd, 1 | 2) {
                NO_SEEK
            } else {
                BAD_DESCRIPTOR
            }
        },
    )?;
    linker.func_wrap(
        WASI,
        "fd_write",
        |mut caller: Caller<'_, Host>, fd: i32, list: i32, count: i32, written: i32| {
            let result = with(&mut caller, |memory, host| {
                if !matches!(fd, 1 | 2) {
                    return BAD_DESCRIPTOR;
                }
                let before = host.printed.len();
                for index in 0..count.clamp(0, 1024) {
                    let vector = list.wrapping_add(8 * index);
                    let start = word(memory, vector);
                    let end = start.saturating_add(word(memory, vector.wrapping_add(4)));
                    host.printed.extend(memory.get(start..end).unwrap_or(&[]));
                }
                let total = length(&host.printed[before..]);
                put(memory, written, &total);
                SUCCESS
            });
            if caller.data().printed.len() > MOST {
                return Err(Error::new("it printed too much"));
            }
            Ok(result)
        },
    )?;
    linker.func_wrap(
        WASI,
        "proc_exit",
        |_: Caller<'_, Host>, status: i32| -> Result<(), Error> { Err(Error::i32_exit(status)) },
    )?;
    Ok(())
}
