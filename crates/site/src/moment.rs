//! When the book is made. `SOURCE_DATE_EPOCH`, as other tools know it, is for those who want the same bytes on another
//! day.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};

/// The last second of the year 9999, after which dates have no usual form.
const LAST: u64 = 253_402_300_799;

/// Seconds since 1970 began.
///
/// # Errors
///
/// When `SOURCE_DATE_EPOCH` is not a number of seconds, or the clock is before 1970.
pub(crate) fn now() -> Result<u64> {
    let Some(given) = std::env::var_os("SOURCE_DATE_EPOCH") else {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .context("the clock says that it is before 1970\n  hint: set the clock")?;
        return Ok(since.as_secs());
    };
    let given = given.to_string_lossy();
    match given.parse() {
        Ok(seconds) if seconds <= LAST => Ok(seconds),
        _ => bail!(
            "SOURCE_DATE_EPOCH is `{given}`, which is no number of seconds from 0 to {LAST} (the end of the year 9999)\n  \
             hint: for example SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)"
        ),
    }
}
