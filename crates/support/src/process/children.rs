//! The children that run now: they end with the tool, however it ends.

use std::collections::BTreeSet;
use std::os::unix::process::CommandExt;
use std::process::Command;
use std::sync::{Mutex, Once};

use rustix::process::{Pid, Resource, Rlimit, Signal, getrlimit, kill_process_group, setrlimit};

/// The process groups that run now.
pub(super) static LIVE: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());

/// Stops every child when the tool is interrupted or terminated, then ends it with status 130.
pub fn stop_children_when_interrupted() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Another handler (that of `serve`) may be there already: then it ends the tool.
        let _ = ctrlc::set_handler(|| {
            stop_children();
            let hooks = HOOKS
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            hooks.iter().for_each(|hook| hook());
            std::process::exit(130);
        });
    });
}

/// What else is to be done when the tool is interrupted or terminated, such as restoring a terminal.
static HOOKS: Mutex<Vec<fn()>> = Mutex::new(Vec::new());

/// Calls `hook` when the tool is interrupted or terminated, before it ends.
pub fn when_interrupted(hook: fn()) {
    HOOKS
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
        .push(hook);
}

/// Kills every child that runs now.
pub fn stop_children() {
    // A panicking thread may hold the lock; the children have to go all the same.
    let live = LIVE
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    for group in live
        .iter()
        .filter_map(|&id| Pid::from_raw(id.cast_signed()))
    {
        let _ = kill_process_group(group, Signal::KILL);
    }
}

/// The system sends a signal when the time is up, and stops the program for good a little later.
pub(super) fn limit_processor_time(command: &mut Command, seconds: u64) {
    let limit = Rlimit {
        current: Some(seconds),
        maximum: Some(seconds + 2),
    };
    // SAFETY: the closure makes one system call and touches no memory of the parent, which is what may be
    // done between fork and exec.
    unsafe {
        command.pre_exec(move || {
            setrlimit(Resource::Cpu, limit)?;
            Ok(())
        });
    }
}

/// Marks all that a command starts by a limit that no listing comes to: what it may keep in queues of messages, in bytes. A
/// program that starts another with an empty environment loses a variable there, but not its limits.
#[cfg(target_os = "linux")]
pub(super) fn mark(command: &mut Command, number: u64) {
    let limit = Rlimit {
        current: Some(number),
        maximum: getrlimit(Resource::Msgqueue).maximum,
    };
    // SAFETY: the closure makes one system call and touches no memory of the parent, which is what may be
    // done between fork and exec.
    unsafe {
        command.pre_exec(move || {
            // Where the limit is lower still, the variable has to do.
            let _ = setrlimit(Resource::Msgqueue, limit);
            Ok(())
        });
    }
}

#[cfg(not(target_os = "linux"))]
pub(super) fn mark(_command: &mut Command, _number: u64) {}

/// The number by which this process was marked, if it is part of a run itself.
#[cfg(target_os = "linux")]
pub(super) fn own_mark() -> Option<u64> {
    getrlimit(Resource::Msgqueue).current
}

#[cfg(not(target_os = "linux"))]
pub(super) fn own_mark() -> Option<u64> {
    None
}

#[cfg(target_os = "linux")]
pub(super) fn die_with_parent(command: &mut Command) {
    // SAFETY: the closure makes one system call and touches no memory of the parent, which is what may be
    // done between fork and exec.
    unsafe {
        command.pre_exec(|| {
            rustix::process::set_parent_process_death_signal(Some(Signal::KILL))?;
            Ok(())
        });
    }
}

#[cfg(not(target_os = "linux"))]
pub(super) fn die_with_parent(_command: &mut Command) {}
