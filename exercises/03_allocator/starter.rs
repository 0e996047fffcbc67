//! Exercise 3: ask for memory, use it, hand it over.
//!
//! What a function returns belongs to the caller. It is freed when the caller drops it.

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

/// Returns every different word, in the order in which they first came. Nothing but the words and the
/// slice of them stays allocated.
pub fn vocabulary<'a>(words: impl Iterator<Item = &'a str>) -> Box<[String]> {
    // TODO: nobody knows how many words will come. Who owns a word, and what is left over at the end?
    let _ = words; // remove this line
    Box::new([])
}

/// Takes half of the largest batch, rounded down, and appends it as a batch of its own. If several are
/// the largest, it is the first of them. There is at least one batch.
pub fn halve_largest(batches: &mut Vec<usize>) {
    // TODO: the list may move when it grows. What may you still have in your hands then?
    let _ = batches; // remove this line
}
