//@ killed-by: scores_that_cancel_out_become_equal_scores
// Looks at the scores instead of their sum, which is what the division needs.

//! Exercise 1: values, views and lifetimes.
//!
//! Nothing here needs the heap. Each function either returns a value (the caller gets a copy),
//! or a view (the caller gets a reference into memory that it already owns).

use std::io::{Cursor, Write};

/// The memory that the caller lent is too small.
#[derive(Debug, PartialEq)]
pub struct NoSpaceLeft;

/// Two gains and the samples they apply to. A copy of this struct copies the gains, but only the
/// pointer and the length of `samples`: both copies then look at the same floats.
#[derive(Debug, Clone, Copy)]
pub struct Batch<'a> {
    pub gains: [f32; 2],
    pub samples: &'a [f32],
}

/// Returns the scores divided by their sum, so that they add up to 1.
/// If the sum is 0, every score becomes 0.25.
/// The result is a value: the caller's array does not change.
pub fn normalized(scores: [f32; 4]) -> [f32; 4] {
    let sum: f32 = scores.iter().sum();
    if scores == [0.0; 4] {
        return [0.25; 4];
    }
    scores.map(|score| score / sum)
}

/// Returns a view of `len` samples that begins at index `start`, or `None` if it does not fit.
/// It borrows `samples` for as long as it lives.
pub fn window(samples: &mut [f32], start: usize, len: usize) -> Option<&mut [f32]> {
    samples.get_mut(start..start.checked_add(len)?)
}

/// Writes "sample-" and the number into `buffer` and returns the part that was written.
/// The text lives in the caller's buffer. `NoSpaceLeft` if it does not fit.
pub fn label(buffer: &mut [u8], id: u32) -> Result<&str, NoSpaceLeft> {
    let mut cursor = Cursor::new(&mut *buffer);
    write!(cursor, "sample-{id}").map_err(|_| NoSpaceLeft)?;
    let written = cursor.position() as usize;
    Ok(str::from_utf8(&buffer[..written]).expect("only ASCII was written"))
}

/// Returns a batch with the same gains and the same sample values that shares no memory with
/// `batch`: its samples are at the start of `storage`, which the caller owns.
/// `NoSpaceLeft` if `storage` is too small.
pub fn detached<'s>(batch: &Batch<'_>, storage: &'s mut [f32]) -> Result<Batch<'s>, NoSpaceLeft> {
    let samples = storage.get_mut(..batch.samples.len()).ok_or(NoSpaceLeft)?;
    samples.copy_from_slice(batch.samples);
    Ok(Batch {
        gains: batch.gains,
        samples,
    })
}
