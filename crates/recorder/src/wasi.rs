//! The system that a program meets wherever the tool runs it: as much of WASI as listings use. A folder that is empty and
//! cannot be written, no network, and nothing that differs from run to run. `theme/js/wasi.js` gives the same answers to the same calls, but there
//! time is the reader's and chance is true; a table of cases holds the two to each other. Depends on `wasmi`.

use wasmi::{Caller, Error, Extern, ExternType, Func, Linker, Module, Store, Val, ValType};

const WASI: &str = "wasi_snapshot_preview1";

/// Answers to calls, by the numbers of the interface.
const SUCCESS: i32 = 0;
/// No such file is open. It is the answer to every call that is not here, too.
const BAD_DESCRIPTOR: i32 = 8;
/// An address is not in the program's memory.
const FAULT: i32 = 21;
const INVALID: i32 = 28;
/// There is no file of this name.
const NO_ENTRY: i32 = 44;
const NO_SEEK: i32 = 70;
/// The folder cannot be written.
const NOT_CAPABLE: i32 = 76;

/// How long it takes to look at the clock, in nanoseconds.
const LOOK: u64 = 1_000_000;
/// How exact the clock says that it is, in nanoseconds.
const RESOLUTION: u64 = 1000;

/// What the system knows between two calls.
pub(crate) struct System {
    /// Each as `NAME=value`, with a zero at its end.
    variables: Vec<Vec<u8>>,
    /// Nanoseconds since the program began.
    time: u64,
    chance: u64,
}

impl System {
    /// A system with these variables in its environment, each as `NAME=value`.
    pub(crate) fn new(variables: &[&str]) -> System {
        System {
            variables: variables
                .iter()
                .map(|variable| format!("{variable}\0").into_bytes())
                .collect(),
            time: 0,
            chance: 0x9e37_79b9_7f4a_7c15,
        }
    }
}

/// Who runs a program.
pub(crate) trait Host {
    /// The system of this run.
    fn system(&mut self) -> &mut System;

    /// Takes what the program prints, on whichever of its two outputs.
    ///
    /// # Errors
    ///
    /// When it has printed enough: then it is stopped.
    fn print(&mut self, bytes: &[u8]) -> Result<(), Error>;
}

/// Why a call does not succeed.
enum CallFailure {
    Answer(i32),
    /// The program is stopped.
    Stop(Error),
}

/// Answers every import of `module`: the calls of [`system`], and all others with a refusal.
///
/// # Errors
///
/// When a name is defined already.
pub(crate) fn link<T: Host>(
    linker: &mut Linker<T>,
    store: &mut Store<T>,
    module: &Module,
) -> Result<(), Error> {
    for import in module.imports() {
        if let ExternType::Func(kind) = import.ty() {
            let types = kind.results().to_vec();
            let name = import.name().to_string();
            let refuse = Func::new(&mut *store, kind.clone(), move |_, given, results| {
                for (result, kind) in results.iter_mut().zip(&types) {
                    *result = match kind {
                        ValType::I32 => Val::I32(refusal(&name, given)),
                        other => Val::default_for_ty(*other),
                    };
                }
                Ok(())
            });
            linker.define(import.module(), import.name(), refuse)?;
        }
    }
    linker.allow_shadowing(true);
    system(linker)
}

/// What a call is told that does nothing here. Whoever asks for a file is in a folder that is empty, and cannot be
/// written.
fn refusal(name: &str, given: &[Val]) -> i32 {
    const CREATES: i32 = 1;
    match name {
        "path_open" if matches!(given.get(4), Some(Val::I32(flags)) if flags & CREATES != 0) => {
            NOT_CAPABLE
        }
        "path_open"
        | "path_filestat_get"
        | "path_filestat_set_times"
        | "path_readlink"
        | "path_rename"
        | "path_unlink_file"
        | "path_remove_directory" => NO_ENTRY,
        "path_create_directory" | "path_link" | "path_symlink" => NOT_CAPABLE,
        _ => BAD_DESCRIPTOR,
    }
}

/// Does `work` with the program's memory and with whoever runs it, and says how that went.
fn answer<T: Host>(
    caller: &mut Caller<'_, T>,
    work: impl FnOnce(&mut [u8], &mut T) -> Result<(), CallFailure>,
) -> Result<i32, Error> {
    let Some(Extern::Memory(memory)) = caller.get_export("memory") else {
        return Err(Error::new("the module exports no memory"));
    };
    let (bytes, host) = memory.data_and_store_mut(caller);
    match work(bytes, host) {
        Ok(()) => Ok(SUCCESS),
        Err(CallFailure::Answer(number)) => Ok(number),
        Err(CallFailure::Stop(error)) => Err(error),
    }
}

/// The bytes at an address.
fn bytes(memory: &mut [u8], address: u32, length: u32) -> Result<&mut [u8], CallFailure> {
    let start = address as usize;
    start
        .checked_add(length as usize)
        .and_then(|end| memory.get_mut(start..end))
        .ok_or(CallFailure::Answer(FAULT))
}

fn put(memory: &mut [u8], address: u32, value: &[u8]) -> Result<(), CallFailure> {
    bytes(memory, address, length(value))?.copy_from_slice(value);
    Ok(())
}

fn get<const N: usize>(memory: &mut [u8], address: u32) -> Result<[u8; N], CallFailure> {
    let mut value = [0; N];
    value.copy_from_slice(bytes(memory, address, N as u32)?);
    Ok(value)
}

fn word(memory: &mut [u8], address: u32) -> Result<u32, CallFailure> {
    get(memory, address).map(u32::from_le_bytes)
}

/// The length of what fits into a program's memory, which has addresses of 32 bits.
fn length(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX)
}

/// The address of an entry of a list.
fn entry(list: u32, size: u32, index: u32) -> Result<u32, CallFailure> {
    size.checked_mul(index)
        .and_then(|offset| list.checked_add(offset))
        .ok_or(CallFailure::Answer(FAULT))
}

/// Prints what `count` vectors of an address and a length tell. How many bytes that are.
fn print<T: Host>(
    memory: &mut [u8],
    host: &mut T,
    vectors: u32,
    count: u32,
) -> Result<u32, CallFailure> {
    let mut total: u32 = 0;
    for index in 0..count {
        let vector = entry(vectors, 8, index)?;
        let (text, size) = (word(memory, vector)?, word(memory, entry(vector, 4, 1)?)?);
        host.print(bytes(memory, text, size)?)
            .map_err(CallFailure::Stop)?;
        total = total.saturating_add(size);
    }
    Ok(total)
}

/// When the first of `count` subscriptions is due that wait for a clock, in nanoseconds, and the name that it has for
/// itself.
fn soonest(
    memory: &mut [u8],
    now: u64,
    subscriptions: u32,
    count: u32,
) -> Result<(u64, [u8; 8]), CallFailure> {
    const SIZE: u32 = 48;
    const KIND: u32 = 8;
    const TIME: u32 = 24;
    const FLAGS: u32 = 40;
    let mut first: Option<(u64, [u8; 8])> = None;
    for index in 0..count {
        let at = entry(subscriptions, SIZE, index)?;
        // If it is in the memory as a whole, so is each of its parts.
        bytes(memory, at, SIZE)?;
        if get(memory, at + KIND)? != [0] {
            return Err(CallFailure::Answer(BAD_DESCRIPTOR));
        }
        let time = u64::from_le_bytes(get(memory, at + TIME)?);
        let [flags] = get(memory, at + FLAGS)?;
        let is_absolute = flags & 1 != 0;
        let due = if is_absolute {
            time
        } else {
            now.saturating_add(time)
        };
        if first.is_none_or(|(before, _)| due < before) {
            first = Some((due, get(memory, at)?));
        }
    }
    first.ok_or(CallFailure::Answer(INVALID))
}

/// The calls that have an answer of their own.
fn system<T: Host>(linker: &mut Linker<T>) -> Result<(), Error> {
    linker.func_wrap(
        WASI,
        "args_sizes_get",
        |mut caller: Caller<'_, T>, count: u32, size: u32| {
            answer(&mut caller, |memory, _| {
                put(memory, count, &[0; 4])?;
                put(memory, size, &[0; 4])
            })
        },
    )?;
    linker.func_wrap(WASI, "args_get", |_: Caller<'_, T>, _: u32, _: u32| SUCCESS)?;
    linker.func_wrap(
        WASI,
        "environ_sizes_get",
        |mut caller: Caller<'_, T>, count: u32, size: u32| {
            answer(&mut caller, |memory, host| {
                let variables = &host.system().variables;
                let total: usize = variables.iter().map(Vec::len).sum();
                put(memory, count, &(variables.len() as u32).to_le_bytes())?;
                put(memory, size, &(total as u32).to_le_bytes())
            })
        },
    )?;
    linker.func_wrap(
        WASI,
        "environ_get",
        |mut caller: Caller<'_, T>, list: u32, buffer: u32| {
            answer(&mut caller, |memory, host| {
                let mut at = buffer;
                for (index, variable) in (0..).zip(&host.system().variables) {
                    put(memory, entry(list, 4, index)?, &at.to_le_bytes())?;
                    put(memory, at, variable)?;
                    at = entry(at, 1, length(variable))?;
                }
                Ok(())
            })
        },
    )?;
    linker.func_wrap(
        WASI,
        "clock_res_get",
        |mut caller: Caller<'_, T>, _: u32, at: u32| {
            answer(&mut caller, |memory, _| {
                put(memory, at, &RESOLUTION.to_le_bytes())
            })
        },
    )?;
    linker.func_wrap(
        WASI,
        "clock_time_get",
        |mut caller: Caller<'_, T>, _: u32, _: u64, at: u32| {
            answer(&mut caller, |memory, host| {
                let time = &mut host.system().time;
                *time = time.saturating_add(LOOK);
                put(memory, at, &time.to_le_bytes())
            })
        },
    )?;
    linker.func_wrap(
        WASI,
        "random_get",
        |mut caller: Caller<'_, T>, at: u32, count: u32| {
            answer(&mut caller, |memory, host| {
                let state = &mut host.system().chance;
                for byte in bytes(memory, at, count)? {
                    *state ^= *state << 13;
                    *state ^= *state >> 7;
                    *state ^= *state << 17;
                    *byte = *state as u8;
                }
                Ok(())
            })
        },
    )?;
    linker.func_wrap(
        WASI,
        "poll_oneoff",
        |mut caller: Caller<'_, T>, subscriptions: u32, events: u32, count: u32, happened: u32| {
            // Whoever sleeps has slept.
            answer(&mut caller, |memory, host| {
                let time = &mut host.system().time;
                let (due, name) = soonest(memory, *time, subscriptions, count)?;
                *time = due.max(*time);
                put(memory, events, &[0; 32])?;
                put(memory, events, &name)?;
                put(memory, happened, &1_u32.to_le_bytes())
            })
        },
    )?;
    linker.func_wrap(
        WASI,
        "fd_write",
        |mut caller: Caller<'_, T>, fd: u32, vectors: u32, count: u32, written: u32| {
            answer(&mut caller, |memory, host| {
                if !matches!(fd, 1 | 2) {
                    return Err(CallFailure::Answer(BAD_DESCRIPTOR));
                }
                let total = print(memory, host, vectors, count)?;
                put(memory, written, &total.to_le_bytes())
            })
        },
    )?;
    // The outputs are streams: no place in them can be written to.
    linker.func_wrap(
        WASI,
        "fd_pwrite",
        |_: Caller<'_, T>, fd: u32, _: u32, _: u32, _: u64, _: u32| {
            if matches!(fd, 1 | 2) {
                NO_SEEK
            } else {
                BAD_DESCRIPTOR
            }
        },
    )?;
    linker.func_wrap(
        WASI,
        "proc_exit",
        |_: Caller<'_, T>, status: i32| -> Result<(), Error> { Err(Error::i32_exit(status)) },
    )?;
    Ok(())
}
