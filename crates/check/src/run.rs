//! Runs one built listing and says what happened.

use std::sync::LazyLock;

use anyhow::Result;
use regex::Regex;

use super::observation::{Observation, Reality};
use book_listing::Listing;
use book_support::process::{End, Spec};

/// The most that a listing may print, in bytes, before it is stopped. The trace of an overflowing stack, the
/// longest that a listing has reason to print, takes less.
const OUTPUT_LIMIT: usize = 4 << 20;

/// How a leak begins to be reported, in a program and in a test.
static LEAK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^(?:error\((?:SafeAllocator|DebugAllocator)\): |\[(?:SafeAllocator|DebugAllocator)\] \(err\): ).*leaked").unwrap()
});

/// One listing, ready to run.
pub struct Run<'a> {
    pub spec: Spec,
    pub listing: &'a Listing,
    /// Whether an exit with this status is a panic.
    pub is_panic: &'a dyn Fn(i32) -> bool,
}

/// Runs it, within its limits.
///
/// # Errors
///
/// When it cannot be started.
pub fn observe_run(run: &Run<'_>, normalized: impl Fn(&str) -> String) -> Result<Observation> {
    let timeout = run.listing.declaration.timeout;
    let finished = run
        .spec
        .clone()
        .clean_environment()
        .timeout(timeout)
        .output_limit(OUTPUT_LIMIT)
        .run()?;
    let text = match std::str::from_utf8(&finished.output) {
        Ok(text) => text.to_string(),
        Err(error) => {
            let reality = Reality::NotUtf8(error.valid_up_to());
            return Ok(Observation {
                reality,
                output: normalized(&finished.text()),
            });
        }
    };
    let is_test = run.listing.declaration.expectation.is_test();
    let reality = match finished.end {
        End::TimedOut => Reality::TimedOut(timeout.as_secs()),
        End::Hoarded => unreachable!("listings run without a limit on memory"),
        End::Flooded => Reality::Flooded(OUTPUT_LIMIT),
        _ if finished.left_children => Reality::LeftChildren,
        End::Signaled(_) => Reality::Panicked,
        End::Exited(status) if (run.is_panic)(status) => Reality::Panicked,
        End::Exited(0) if is_test => Reality::TestsPassed,
        End::Exited(_) if is_test => Reality::TestsFailed,
        End::Exited(0) if LEAK.is_match(&text) => Reality::Leaked,
        End::Exited(0) => Reality::Ran,
        End::Exited(status) => Reality::Failed(status),
    };
    Ok(Observation {
        reality,
        output: normalized(&text),
    })
}
