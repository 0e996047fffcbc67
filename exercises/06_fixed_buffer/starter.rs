//! Exercise 6: signal processing without a heap.
//!
//! All memory is a buffer that somebody else owns. `Bump` hands it out from the front. What it
//! handed out comes back when a borrow ends, in the right order, because no other order compiles.

/// Why there is no result.
#[derive(Debug, PartialEq)]
pub enum Error {
    /// The buffer is too small.
    OutOfMemory,
    /// There is no median of nothing.
    NoSamples,
}

/// Hands out parts of a buffer, one after the other.
#[derive(Debug)]
pub struct Bump<'b> {
    rest: &'b mut [f32],
}

impl<'b> Bump<'b> {
    pub fn new(buffer: &'b mut [f32]) -> Bump<'b> {
        Bump { rest: buffer }
    }

    /// How many floats it can still hand out.
    pub fn left(&self) -> usize {
        self.rest.len()
    }

    /// Another bump over what is left. As long as it lives, this one cannot be used; when it is
    /// gone, everything that it handed out is free again.
    pub fn scratch(&mut self) -> Bump<'_> {
        Bump { rest: self.rest }
    }

    /// Returns the next `len` floats, whatever is in them. They live as long as the buffer, not
    /// only as long as this bump. Takes nothing if it fails.
    pub fn alloc(&mut self, len: usize) -> Result<&'b mut [f32], Error> {
        // TODO: split the rest in two. How do you get it out of `self`, and what stays there?
        let _ = len; // remove this line
        Err(Error::OutOfMemory)
    }
}

/// Returns the probabilities that belong to `logits`: exp(logit), divided by the sum of all.
/// The result is the start of `buffer`. `OutOfMemory` if it is too small.
pub fn softmax<'b>(buffer: &'b mut [f32], logits: &[f32]) -> Result<&'b mut [f32], Error> {
    // TODO: the result is in `buffer`. A float has `exp`.
    let _ = (buffer, logits); // remove this line
    Err(Error::OutOfMemory)
}

/// Returns the middle one of the sorted samples, or the mean of the two in the middle.
/// `NoSamples` without samples, `OutOfMemory` if there is no room for a copy of them.
/// Afterwards, as much is left as before.
pub fn median(bump: &mut Bump<'_>, samples: &[f32]) -> Result<f32, Error> {
    // TODO: sort a copy in scratch memory. Which of the sorts stays off the heap?
    let _ = (bump, samples); // remove this line
    Err(Error::OutOfMemory)
}

/// Returns a copy of the samples after `passes` rounds, in each of which every sample becomes the
/// mean of itself and its neighbors (one at the ends, two elsewhere) as they were before.
/// The result is allocated with `bump`; nothing else stays allocated.
/// `OutOfMemory` if there is not room for two copies; then nothing stays allocated.
pub fn smooth<'b>(
    bump: &mut Bump<'b>,
    samples: &[f32],
    passes: usize,
) -> Result<&'b mut [f32], Error> {
    // TODO: one copy stays, the other is scratch memory. What if there is room for one only?
    let _ = (bump, samples, passes); // remove this line
    Err(Error::OutOfMemory)
}
