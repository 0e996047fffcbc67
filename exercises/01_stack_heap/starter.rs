//! Exercise 1: values, views and lifetimes.
//!
//! Nothing here needs the heap. Each function either returns a value (the caller gets a copy),
//! or a view (the caller gets a reference into memory that it already owns).

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
    // TODO: divide each score by the sum.
    scores
}

/// Returns a view of `len` samples that begins at index `start`, or `None` if it does not fit.
/// It borrows `samples` for as long as it lives.
pub fn window(samples: &mut [f32], start: usize, len: usize) -> Option<&mut [f32]> {
    // TODO: return a part of `samples`. Think of a `start` that is far too large.
    let _ = (samples, start, len); // remove this line
    None
}

/// Writes "sample-" and the number into `buffer` and returns the part that was written.
/// The text lives in the caller's buffer. `NoSpaceLeft` if it does not fit.
pub fn label(buffer: &mut [u8], id: u32) -> Result<&str, NoSpaceLeft> {
    // TODO: put the text into `buffer`, without the heap, and return the part that you filled.
    let _ = (buffer, id); // remove this line
    Err(NoSpaceLeft)
}

/// Returns a batch with the same gains and the same sample values that shares no memory with
/// `batch`: its samples are at the start of `storage`, which the caller owns.
/// `NoSpaceLeft` if `storage` is too small.
pub fn detached<'s>(batch: &Batch<'_>, storage: &'s mut [f32]) -> Result<Batch<'s>, NoSpaceLeft> {
    // TODO: check the room, copy the floats, and let the new batch borrow the copy.
    let _ = (batch, storage); // remove this line
    Err(NoSpaceLeft)
}
