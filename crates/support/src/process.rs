//! Runs other programs, and makes sure that they end: the only user of `std::process::Command`.
//!
//! A child gets a process group of its own, one pipe for standard output and standard error together (as on
//! a terminal), and limits on its time and its output. Whatever it leaves behind is stopped and reported.
//! Interrupting the tool, or killing it, stops its children too.

mod children;
mod orphans;

use std::ffi::{OsStr, OsString};
use std::io::Read;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process_group, test_kill_process_group};

use children::{LIVE, die_with_parent, limit_processor_time, mark, own_mark};
pub use children::{stop_children, stop_children_when_interrupted, when_interrupted};
use orphans::{adopt_orphans, kill_marked, kill_orphans};

/// How long a pipe may stay open after the child has ended and its group was killed.
const DRAIN: Duration = Duration::from_millis(300);
/// How long it may stay open once nobody is left who could hold it.
const LONG_DRAIN: Duration = Duration::from_secs(10);

/// How often the memory of a program with a limit is looked at: what it can fill meanwhile is too little to hurt.
const LOOK: Duration = Duration::from_millis(10);
/// What every program with a clean environment finds in it.
const PLAIN: [(&str, &str); 3] = [
    ("PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"),
    ("LANG", "C.UTF-8"),
    ("TERM", "dumb"),
];

/// A program to run.
#[derive(Clone, Debug)]
pub struct Spec {
    program: OsString,
    arguments: Vec<OsString>,
    folder: Option<PathBuf>,
    environment: Vec<(OsString, OsString)>,
    /// What it gets of the tool's own environment: everything, or only these variables.
    inherited: Option<Vec<&'static str>>,
    timeout: Duration,
    output_limit: usize,
    memory_limit: Option<u64>,
    /// The most processor time that it may take, in seconds.
    processor_limit: Option<u64>,
    /// Set from another thread when nobody wants the result any more.
    canceled: Option<Arc<AtomicBool>>,
}

/// How a program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProcessEnd {
    /// With this status.
    Exited(i32),
    /// Stopped by a signal of this number: 6 is an abort, 11 a segmentation fault.
    Signaled(i32),
    /// It took longer than it may, and was stopped.
    TimedOut,
    /// Stopped because it printed more than its limit.
    Flooded,
    /// Stopped because it used more memory than its limit.
    Hoarded,
    /// Stopped because nobody wants the result any more.
    Canceled,
}

/// What a program did.
#[derive(Clone, Debug)]
pub struct Finished {
    /// How it ended.
    pub end: ProcessEnd,
    /// Standard output and standard error in the order in which they were written.
    pub output: Vec<u8>,
    /// Standard output alone, if [`Spec::run_split`] ran it; then `output` is standard error.
    pub stdout: Vec<u8>,
    /// Whether it left processes behind; they have been stopped.
    pub left_children: bool,
}

/// Whether a program brings this signal upon itself: by an abort, a bad instruction, an access to memory that it
/// does not have. The others come from outside, or from a system that is short of memory.
pub fn is_crash(signal: i32) -> bool {
    [
        Signal::ABORT,
        Signal::SEGV,
        Signal::BUS,
        Signal::ILL,
        Signal::FPE,
        Signal::TRAP,
    ]
    .iter()
    .any(|crash| crash.as_raw() == signal)
}

/// Whether a compiler or linker says that it found no room to write.
pub fn is_disk_full(text: &str) -> bool {
    [
        "No space left on device",
        "NoSpaceLeft",
        "Disk quota exceeded",
        "DiskQuota",
        // Zig's linker writes by way of a map of the file, and where there is no room for a page of it, this happens.
        "terminated with signal BUS",
    ]
    .iter()
    .any(|words| text.contains(words))
}

/// The program that a shell would start under this name.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}

impl Finished {
    /// Whether it exited with status 0.
    pub fn success(&self) -> bool {
        self.end == ProcessEnd::Exited(0)
    }

    /// Whether it was stopped at its [`Spec::processor_limit`].
    pub fn ran_out_of_processor_time(&self) -> bool {
        self.end == ProcessEnd::Signaled(Signal::XCPU.as_raw())
    }

    /// All that it printed; what is not UTF-8 is replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.output).into_owned()
    }
}

impl Spec {
    /// The program by its path or its name on PATH, without arguments.
    pub fn new(program: impl AsRef<OsStr>) -> Spec {
        Spec {
            program: program.as_ref().to_os_string(),
            arguments: Vec::new(),
            folder: None,
            environment: Vec::new(),
            inherited: None,
            timeout: Duration::from_secs(600),
            output_limit: 64 << 20,
            memory_limit: None,
            processor_limit: None,
            canceled: None,
        }
    }

    /// One more argument.
    pub fn arg(mut self, argument: impl AsRef<OsStr>) -> Spec {
        self.arguments.push(argument.as_ref().to_os_string());
        self
    }

    /// More arguments.
    pub fn args<T: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = T>) -> Spec {
        self.arguments.extend(
            arguments
                .into_iter()
                .map(|argument| argument.as_ref().to_os_string()),
        );
        self
    }

    /// The folder that it runs in; without it, that of the tool.
    pub fn folder(mut self, folder: impl AsRef<Path>) -> Spec {
        self.folder = Some(folder.as_ref().to_path_buf());
        self
    }

    /// A variable of its environment.
    pub fn env(mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Spec {
        self.environment
            .push((name.as_ref().to_os_string(), value.as_ref().to_os_string()));
        self
    }

    /// An environment made from nothing but what is the same on every machine: what somebody has set outside must
    /// not decide what a compiler or a listing does.
    pub fn clean_environment(mut self) -> Spec {
        self.inherited.get_or_insert_default();
        self
    }

    /// A clean environment with these variables of the tool's own, where they are set.
    pub fn inherit(mut self, names: &[&'static str]) -> Spec {
        self.inherited.get_or_insert_default().extend(names);
        self
    }

    /// How long it may run before it is stopped.
    pub fn timeout(mut self, timeout: Duration) -> Spec {
        self.timeout = timeout;
        self
    }

    /// The most that it may print, in bytes.
    pub fn output_limit(mut self, bytes: usize) -> Spec {
        self.output_limit = bytes;
        self
    }

    /// The most memory that it may use, in bytes: what it has touched, not what it has reserved. Watched where the
    /// system tells, which is on Linux.
    pub fn memory_limit(mut self, bytes: u64) -> Spec {
        self.memory_limit = Some(bytes);
        self
    }

    /// The most processor time that it may take, in seconds: on a busy machine a limit that means the same as on a quiet
    /// one.
    pub fn processor_limit(mut self, seconds: u64) -> Spec {
        self.processor_limit = Some(seconds);
        self
    }

    /// Stops it as soon as `canceled` is set, from whichever thread.
    pub fn canceled_by(mut self, canceled: Arc<AtomicBool>) -> Spec {
        self.canceled = Some(canceled);
        self
    }

    /// The command as it was asked for, attached to nothing yet.
    fn base(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments);
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        }
        if let Some(inherited) = &self.inherited {
            command.env_clear().envs(PLAIN);
            for name in inherited {
                if let Some(value) = std::env::var_os(name) {
                    command.env(name, value);
                }
            }
        }
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    fn command(&self) -> Command {
        let mut command = self.base();
        command
            .stdin(Stdio::null())
            .process_group(0)
            .env("NO_COLOR", "1");
        die_with_parent(&mut command);
        if let Some(seconds) = self.processor_limit {
            limit_processor_time(&mut command, seconds);
        }
        command
    }

    /// Runs it to its end, or stops it at its limits.
    ///
    /// # Errors
    ///
    /// When it cannot be started.
    pub fn run(&self) -> Result<Finished> {
        self.run_command(self.command(), false)
    }

    /// Runs it with standard output and standard error kept apart.
    ///
    /// # Errors
    ///
    /// When it cannot be started.
    pub fn run_split(&self) -> Result<Finished> {
        self.run_command(self.command(), true)
    }

    /// Runs it on this terminal, with its input, and waits for it as long as it takes: whoever sits there can stop it.
    /// It has no limits.
    ///
    /// # Errors
    ///
    /// When it cannot be started.
    pub fn run_attached(&self) -> Result<ExitStatus> {
        self.base()
            .status()
            .map_err(|error| self.cannot_start(&error))
    }

    fn cannot_start(&self, error: &std::io::Error) -> anyhow::Error {
        let hint = match error.kind() {
            std::io::ErrorKind::PermissionDenied => {
                "\n  hint: what is built has to run where it is: if the disk is mounted `noexec`, have the repository on another"
            }
            _ => "",
        };
        anyhow::anyhow!(
            "cannot start {}: {error}{hint}",
            self.program.to_string_lossy()
        )
    }

    fn run_command(&self, mut command: Command, split: bool) -> Result<Finished> {
        stop_children_when_interrupted();
        adopt_orphans();
        let marker = format!(
            "{}.{:?}.{:?}",
            std::process::id(),
            std::thread::current().id(),
            Instant::now()
        );
        command.env("BOOK_RUN", &marker);
        static RUNS: AtomicU64 = AtomicU64::new(1);
        // By the number that this process was given itself are marked all that it starts otherwise.
        let own = own_mark();
        let next = || RUNS.fetch_add(1, Ordering::Relaxed);
        let number = std::iter::repeat_with(next).find(|number| Some(*number) != own);
        let number = number.expect("numbers do not end");
        mark(&mut command, number);
        let (reader, writer) = std::io::pipe().context("cannot make a pipe")?;
        if split {
            command.stdout(Stdio::piped()).stderr(writer);
        } else {
            command
                .stdout(writer.try_clone().context("cannot share a pipe")?)
                .stderr(writer);
        }
        let mut child = {
            let mut live = LIVE.lock().expect("no panic while locked");
            let child = command.spawn().map_err(|error| self.cannot_start(&error))?;
            live.insert(child.id());
            child
        };
        // The command holds the pipe's writing end, and with it open the pipe never ends.
        drop(command);
        let group = Pid::from_child(&child);
        let chunks = drain(reader);
        let split_chunks = child.stdout.take().map(drain);
        let deadline = Instant::now() + self.timeout;

        let mut output = Vec::new();
        let mut stdout = Vec::new();
        let mut stopped = None;
        let mut status = None;
        let mut closed = false;
        let mut next_look = Instant::now();
        while status.is_none() {
            if let Some(chunks) = &split_chunks {
                stdout.extend(chunks.try_iter().flatten());
            }
            match (
                closed,
                chunks.recv_timeout(Duration::from_millis(if closed { 1 } else { 20 })),
            ) {
                (false, Ok(chunk)) => output.extend(chunk),
                (false, Err(RecvTimeoutError::Disconnected)) => closed = true,
                (true, _) => std::thread::sleep(Duration::from_millis(1)),
                _ => {}
            }
            let is_canceled = |canceled: &Arc<AtomicBool>| canceled.load(Ordering::Relaxed);
            if output.len() + stdout.len() > self.output_limit {
                stopped = Some(ProcessEnd::Flooded);
            } else if self.canceled.as_ref().is_some_and(is_canceled) {
                stopped = Some(ProcessEnd::Canceled);
            } else if Instant::now() >= deadline {
                stopped = Some(ProcessEnd::TimedOut);
            } else if let Some(limit) = self.memory_limit
                && Instant::now() >= next_look
            {
                next_look = Instant::now() + LOOK;
                if memory_used(child.id()).is_some_and(|used| used > limit) {
                    stopped = Some(ProcessEnd::Hoarded);
                }
            }
            if stopped.is_some() {
                let _ = kill_process_group(group, Signal::KILL);
                status = Some(child.wait().context("cannot wait for a child")?);
            } else {
                status = child.try_wait().context("cannot wait for a child")?;
            }
        }
        let mut left_children = test_kill_process_group(group).is_ok();
        if left_children {
            let _ = kill_process_group(group, Signal::KILL);
        }
        LIVE.lock()
            .expect("no panic while locked")
            .remove(&child.id());

        // A pipe that stays open is held by somebody who left the group, or the machine is busy.
        let mut closed = |within: Duration| {
            let until = Instant::now() + within;
            let output_closed = collect(&chunks, &mut output, until);
            split_chunks
                .as_ref()
                .is_none_or(|chunks| collect(chunks, &mut stdout, until))
                && output_closed
        };
        // Whoever left the group and closed the pipe as well is found among the tool's own children.
        left_children |= kill_orphans(&marker, number);
        if !closed(DRAIN) {
            left_children |= kill_marked(&marker);
            closed(LONG_DRAIN);
        }
        output.truncate(self.output_limit);
        let end = stopped.unwrap_or_else(|| match status.expect("the loop ended") {
            status if status.code().is_some() => {
                ProcessEnd::Exited(status.code().unwrap_or_default())
            }
            status => ProcessEnd::Signaled(status.signal().unwrap_or_default()),
        });
        // What a stopped program left behind is the tool's doing, not its own.
        let left_children = left_children && stopped.is_none();
        Ok(Finished {
            end,
            output,
            stdout,
            left_children,
        })
    }
}

/// Opens an address or a file in the reader's browser, and waits for what opens it. Whether that worked.
pub fn open_in_browser(address: &str) -> bool {
    let opener = match std::env::consts::OS {
        "macos" => "open",
        _ => "xdg-open",
    };
    let opened = Spec::new(opener).arg(address).run_attached();
    opened.is_ok_and(|status| status.success())
}

/// The bytes of memory that a process has touched, in the machine's memory or swapped out, where the system tells.
fn memory_used(id: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let kibibytes = |key: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(key))?;
        line.split_whitespace().next()?.parse::<u64>().ok()
    };
    Some((kibibytes("VmRSS:")? + kibibytes("VmSwap:").unwrap_or(0)) << 10)
}

/// Reads a pipe to its end on a thread of its own.
fn drain(mut reader: impl Read + Send + 'static) -> mpsc::Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::sync_channel(16);
    std::thread::spawn(move || {
        let mut buffer = vec![0; 64 << 10];
        loop {
            match reader.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => {
                    if sender.send(buffer[..count].to_vec()).is_err() {
                        break;
                    }
                }
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(_) => break,
            }
        }
    });
    receiver
}

/// Takes what is left in a pipe, until it ends or time is up. Whether it ended.
fn collect(chunks: &mpsc::Receiver<Vec<u8>>, into: &mut Vec<u8>, until: Instant) -> bool {
    loop {
        match chunks.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(chunk) => into.extend(chunk),
            Err(RecvTimeoutError::Disconnected) => return true,
            Err(RecvTimeoutError::Timeout) => return false,
        }
    }
}

#[cfg(test)]
mod tests;
