//! What was measured, and how time is.

use std::fs;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::{BenchRow, seconds};

/// The rows measured so far, and which are wanted.
#[derive(Debug)]
pub struct BenchRows {
    only: Vec<String>,
    pub rows: Vec<BenchRow>,
}

impl BenchRows {
    pub fn new(only: Vec<String>) -> BenchRows {
        BenchRows {
            only,
            rows: Vec::new(),
        }
    }

    /// Whether a row of this name is to be measured.
    pub fn wants(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        let is_named = |only: &String| name.contains(&only.to_lowercase());
        self.only.is_empty() || self.only.iter().any(is_named)
    }

    /// Whether one of these rows is.
    pub fn wants_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.wants(name))
    }

    /// A row with a time of the clock, and the most seconds that it may be.
    pub fn within(&mut self, name: &str, time: Duration, most: f64) {
        let met = time.as_secs_f64() <= most;
        self.add(name, seconds(time), &format!("{most} s or less"), Some(met));
    }

    pub fn add(&mut self, name: &str, measured: String, budget: &str, met: Option<bool>) {
        eprintln!("{name}: {measured}");
        self.rows.push(BenchRow {
            name: name.into(),
            measured,
            budget: budget.into(),
            met,
        });
    }
}

/// What some work gives, and how long it takes on the clock.
///
/// # Errors
///
/// What the work fails with.
pub fn timed<T>(work: impl FnOnce() -> Result<T>) -> Result<(Duration, T)> {
    let started = Instant::now();
    let value = work()?;
    Ok((started.elapsed(), value))
}

/// The median of `count` runs.
pub fn median(count: usize, mut work: impl FnMut(usize) -> Result<Duration>) -> Result<Duration> {
    let mut times = (0..count).map(&mut work).collect::<Result<Vec<_>>>()?;
    times.sort();
    Ok(times[times.len() / 2])
}

/// The most memory, in megabytes, that this process has held: the checks run in it, the compilers do not.
pub fn peak_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .unwrap_or_default();
    line.split_whitespace()
        .next()
        .and_then(|number| number.parse::<u64>().ok())
        .unwrap_or(0)
        / 1024
}

/// The processor time of this process and of all children that have ended, with theirs: what a compiler took, however busy
/// the machine was.
///
/// # Panics
///
/// Where there is no `/proc`: times of processors are measured on Linux.
pub fn processor_time() -> Duration {
    /// Of the columns behind the name in parentheses: in user mode and in the system, then those of the children. In
    /// hundredths of a second.
    const OWN_AND_CHILDREN: [usize; 4] = [11, 12, 13, 14];
    let stat = fs::read_to_string("/proc/self/stat").expect("Linux tells of this process");
    let (_, columns) = stat.rsplit_once(") ").expect("its name is in parentheses");
    let columns: Vec<&str> = columns.split(' ').collect();
    let ticks = OWN_AND_CHILDREN.map(|column| columns[column].parse::<u64>().expect("a number"));
    Duration::from_millis(ticks.iter().sum::<u64>() * 10)
}
