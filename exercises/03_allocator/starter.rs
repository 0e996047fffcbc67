//! Exercise 3: ask for memory, use it, hand it over.
//!
//! What a function returns belongs to the caller. It is freed when the caller drops it.

/// Returns the scores that are greater than `threshold`, in their order.
/// Allocates once, exactly what is returned.
pub fn above(scores: &[f32], threshold: f32) -> Vec<f32> {
    // TODO: two passes. Count, allocate, fill.
    let _ = (scores, threshold); // remove this line
    Vec::new()
}

/// Returns the tokens one after the other, with `separator` between them.
/// Allocates once, exactly what is returned.
pub fn join(tokens: &[&str], separator: &str) -> String {
    // TODO: measure first, by hand or with a method that does.
    let _ = (tokens, separator); // remove this line
    String::new()
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
    // TODO: two vectors, each as large as it has to be.
    let _ = (scores, threshold); // remove this line
    Parts {
        low: Vec::new(),
        high: Vec::new(),
    }
}
