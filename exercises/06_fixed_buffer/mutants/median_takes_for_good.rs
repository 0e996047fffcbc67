//@ killed-by: median_leaves_as_much_as_before
// Takes the copy from the bump itself, which takes nothing back.

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
        if len > self.rest.len() {
            return Err(Error::OutOfMemory);
        }
        let (given, rest) = std::mem::take(&mut self.rest).split_at_mut(len);
        self.rest = rest;
        Ok(given)
    }
}

/// Returns the probabilities that belong to `logits`: exp(logit), divided by the sum of all.
/// The result is the start of `buffer`. `OutOfMemory` if it is too small.
pub fn softmax<'b>(buffer: &'b mut [f32], logits: &[f32]) -> Result<&'b mut [f32], Error> {
    let result = Bump::new(buffer).alloc(logits.len())?;

    let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for (probability, logit) in result.iter_mut().zip(logits) {
        *probability = (logit - largest).exp();
        sum += *probability;
    }
    for probability in result.iter_mut() {
        *probability /= sum;
    }
    Ok(result)
}

/// Returns the middle one of the sorted samples, or the mean of the two in the middle.
/// `NoSamples` without samples, `OutOfMemory` if there is no room for a copy of them.
/// Afterwards, as much is left as before.
pub fn median(bump: &mut Bump<'_>, samples: &[f32]) -> Result<f32, Error> {
    if samples.is_empty() {
        return Err(Error::NoSamples);
    }
    let sorted = bump.alloc(samples.len())?;
    sorted.copy_from_slice(samples);
    sorted.sort_unstable_by(f32::total_cmp);

    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 {
        Ok(sorted[middle])
    } else {
        Ok((sorted[middle - 1] + sorted[middle]) / 2.0)
    }
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
    if bump.left() / 2 < samples.len() {
        return Err(Error::OutOfMemory);
    }
    let result = bump.alloc(samples.len())?;
    let mut scratch = bump.scratch();
    let before = scratch.alloc(samples.len())?;

    result.copy_from_slice(samples);
    for _ in 0..passes {
        before.copy_from_slice(result);
        for (i, mean) in result.iter_mut().enumerate() {
            let neighborhood = &before[i.saturating_sub(1)..before.len().min(i + 2)];
            *mean = neighborhood.iter().sum::<f32>() / neighborhood.len() as f32;
        }
    }
    Ok(result)
}
