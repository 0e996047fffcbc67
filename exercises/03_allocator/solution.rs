//! Exercise 3: ask for memory, use it, hand it over.
//!
//! What a function returns belongs to the caller. It is freed when the caller drops it.

/// Returns the tokens one after the other, with `separator` between them.
/// Allocates once, exactly what is returned.
pub fn join(tokens: &[&str], separator: &str) -> String {
    // Measures first and allocates once, like the loops of the Zig solution.
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
    // `filter(…).collect()` is shorter, but cannot know the number of scores in advance: it
    // grows the vector, and leaves room at its end.
    let high_count = scores.iter().filter(|&&score| score > threshold).count();
    let mut low = Vec::with_capacity(scores.len() - high_count);
    let mut high = Vec::with_capacity(high_count);
    for &score in scores {
        if score > threshold {
            high.push(score);
        } else {
            low.push(score);
        }
    }
    // No `errdefer`: on every way out of this function, what was not moved out is dropped.
    Parts { low, high }
}

/// Returns every different word, in the order in which they first came. Nothing but the words and the
/// slice of them stays allocated.
pub fn vocabulary<'a>(words: impl Iterator<Item = &'a str>) -> Box<[String]> {
    let mut list: Vec<String> = Vec::new();
    for word in words {
        if !list.iter().any(|own| own == word) {
            list.push(word.to_owned());
        }
    }
    // A vector has room for more; a boxed slice is exactly as long as its block.
    list.into_boxed_slice()
}

/// Takes half of the largest batch, rounded down, and appends it as a batch of its own. If several are
/// the largest, it is the first of them. There is at least one batch.
pub fn halve_largest(batches: &mut Vec<usize>) {
    // An index borrows nothing, so the list may grow while we have it.
    let mut largest = 0;
    for (i, &batch) in batches.iter().enumerate() {
        if batch > batches[largest] {
            largest = i;
        }
    }
    let half = batches[largest] / 2;
    batches.push(half);
    batches[largest] -= half;
}
