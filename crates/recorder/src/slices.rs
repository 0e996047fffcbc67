//! Interprets a program in slices, between which it can be called off. Depends on `wasmi`.

use std::sync::atomic::{AtomicBool, Ordering};

use wasmi::{Error, Func, ResumableCall, Store};

/// Instructions of a slice: some hundredths of a second.
const SLICE: u64 = 2_000_000;

/// Calls `start`, which takes and returns nothing, with so much fuel in all. When `canceled` is set, it ends with an error.
pub(crate) fn call<T>(
    store: &mut Store<T>,
    start: &Func,
    fuel: u64,
    canceled: &AtomicBool,
) -> Result<(), Error> {
    let mut left = fuel;
    let mut refuel = |store: &mut Store<T>, needed: u64| {
        let fresh = needed.max(SLICE).min(left);
        left -= fresh;
        let fuel = store.get_fuel()? + fresh;
        store.set_fuel(fuel)?;
        Ok::<bool, Error>(fuel >= needed)
    };
    store.set_fuel(0)?;
    refuel(store, 0)?;
    let mut state = start.call_resumable(&mut *store, &[], &mut [])?;
    loop {
        let paused = match state {
            ResumableCall::Finished => return Ok(()),
            ResumableCall::HostTrap(trap) => return Err(trap.into_host_error()),
            ResumableCall::OutOfFuel(paused) => paused,
        };
        if canceled.load(Ordering::Relaxed) {
            return Err(Error::new("nobody wants it any more"));
        }
        if !refuel(store, paused.required_fuel())? {
            return Err(wasmi::TrapCode::OutOfFuel.into());
        }
        state = paused.resume(&mut *store, &mut [])?;
    }
}
