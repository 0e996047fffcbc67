//! What a run leaves behind: found among the tool's own children and by a mark in the environment, and stopped.

use std::collections::BTreeSet;
use std::sync::Once;

use rustix::process::{Pid, Signal};

use super::children::LIVE;

/// Makes the tool the parent of all that its children leave behind, which would otherwise be the system's.
#[cfg(target_os = "linux")]
pub(super) fn adopt_orphans() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let _ = rustix::process::set_child_subreaper(Some(rustix::process::getpid()));
    });
}

#[cfg(not(target_os = "linux"))]
pub(super) fn adopt_orphans() {}

/// Kills what a run left behind and the tool has become the parent of, and what that leaves behind in turn: known by the
/// run's mark in the environment, or by its number. Whether there was anything.
#[cfg(target_os = "linux")]
pub(super) fn kill_orphans(marker: &str, number: u64) -> bool {
    let mut found = false;
    let mut killed: BTreeSet<i32> = BTreeSet::new();
    loop {
        let mut others = false;
        for id in children() {
            // A child that runs on purpose is waited for elsewhere.
            let is_own = LIVE
                .lock()
                .expect("no panic while locked")
                .contains(&id.cast_unsigned());
            let is_of_run = || is_marked(id, marker) || is_numbered(id, number);
            if is_own || killed.contains(&id) || !is_of_run() {
                continue;
            }
            let Some(pid) = Pid::from_raw(id) else {
                continue;
            };
            let _ = rustix::process::kill_process(pid, Signal::KILL);
            // Its own children become the tool's before it can be waited for.
            let _ = rustix::process::waitpid(Some(pid), rustix::process::WaitOptions::empty());
            killed.insert(id);
            (found, others) = (true, true);
        }
        if !others {
            return found;
        }
    }
}

#[cfg(not(target_os = "linux"))]
pub(super) fn kill_orphans(_marker: &str, _number: u64) -> bool {
    false
}

/// The processes whose parent is the tool.
#[cfg(target_os = "linux")]
fn children() -> Vec<i32> {
    let tasks = std::fs::read_dir("/proc/self/task").into_iter().flatten();
    let lists = tasks
        .flatten()
        .filter_map(|task| std::fs::read_to_string(task.path().join("children")).ok());
    lists
        .flat_map(|list| {
            let ids: Vec<i32> = list
                .split_whitespace()
                .filter_map(|id| id.parse().ok())
                .collect();
            ids
        })
        .collect()
}

/// Whether a process was started by the run with this mark, which is inherited in the environment.
#[cfg(target_os = "linux")]
fn is_marked(id: i32, marker: &str) -> bool {
    let wanted = format!("BOOK_RUN={marker}");
    let environment = std::fs::read(format!("/proc/{id}/environ")).unwrap_or_default();
    environment
        .split(|&byte| byte == 0)
        .any(|variable| variable == wanted.as_bytes())
}

/// Whether a process of the tool was started by the run with this number, by [`super::children::mark`].
#[cfg(target_os = "linux")]
fn is_numbered(id: i32, number: u64) -> bool {
    let limits = std::fs::read_to_string(format!("/proc/{id}/limits")).unwrap_or_default();
    let limit = limits
        .lines()
        .find_map(|line| line.strip_prefix("Max msgqueue size"))
        .and_then(|limits| limits.split_whitespace().next());
    limit.and_then(|limit| limit.parse().ok()) == Some(number)
}

/// Kills processes that left their group, by the mark that they inherited in their environment. Whether there
/// were any.
#[cfg(target_os = "linux")]
pub(super) fn kill_marked(marker: &str) -> bool {
    let mut found = false;
    let Ok(entries) = std::fs::read_dir("/proc") else {
        return found;
    };
    for entry in entries.flatten() {
        let Some(id) = entry
            .file_name()
            .to_str()
            .and_then(|name| name.parse::<i32>().ok())
        else {
            continue;
        };
        if is_marked(id, marker)
            && let Some(pid) = Pid::from_raw(id)
        {
            let _ = rustix::process::kill_process(pid, Signal::KILL);
            found = true;
        }
    }
    found
}

#[cfg(not(target_os = "linux"))]
pub(super) fn kill_marked(_marker: &str) -> bool {
    true
}
