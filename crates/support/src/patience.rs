//! How long the tool waits for what a reader wrote, as the reader says who has a slow machine.

use std::sync::OnceLock;
use std::time::Duration;

static TIMES: OnceLock<f64> = OnceLock::new();

/// Makes every limit that is [`patient`] this many times as long; once, before anything runs.
pub fn set(times: f64) {
    let _ = TIMES.set(times);
}

/// The limit on something that takes as long as the machine is slow.
pub fn patient(limit: Duration) -> Duration {
    limit.mul_f64(TIMES.get().copied().unwrap_or(1.0))
}
