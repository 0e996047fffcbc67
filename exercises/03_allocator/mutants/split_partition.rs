//@ killed-by: split_allocates_twice_and_no_more_than_the_scores_need
// Uses `partition`, which grows two vectors of unknown length.

//! Exercise 3: ask for memory, use it, hand it over.
//!
//! What a function returns belongs to the caller. It is freed when the caller drops it.

/// Returns the scores that are greater than `threshold`, in their order.
/// Allocates once, exactly what is returned.
pub fn above(scores: &[f32], threshold: f32) -> Vec<f32> {
    let count = scores.iter().filter(|&&score| score > threshold).count();
    let mut result = Vec::with_capacity(count);
    result.extend(scores.iter().filter(|&&score| score > threshold));
    result
}

/// Returns the tokens one after the other, with `separator` between them.
/// Allocates once, exactly what is returned.
pub fn join(tokens: &[&str], separator: &str) -> String {
    tokens.join(separator)
}

/// The scores on the two sides of a threshold.
#[derive(Debug, PartialEq)]
pub struct Parts {
    pub low: Vec<f32>,
    pub high: Vec<f32>,
}

/// Splits the scores: `high` gets those greater than `threshold`, `low` the others, in their order.
/// Allocates twice, together as many floats as there are scores.
pub fn split(scores: &[f32], threshold: f32) -> Parts {
    let (high, low) = scores.iter().copied().partition(|&score| score > threshold);
    Parts { low, high }
}
