//@ killed-by: the_best_of_only_negative_scores_is_one_of_them
// Starts the search for a maximum at 0 instead of at an element.

//! Exercise 2: change data in place, and point into it.
//!
//! Nothing here is copied and nothing is allocated: every reference that comes in or goes out
//! points into memory that the caller owns.

use std::ffi::CStr;

/// One sample of a data set and the score that a model gave it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    pub id: u32,
    pub score: f32,
}

/// Exchanges the two values. Two `&mut` never point at the same one.
pub fn swap(a: &mut f32, b: &mut f32) {
    std::mem::swap(a, b);
}

/// Limits every gradient to the range from -limit to +limit, in place.
/// Returns how many of them were changed. `limit` is not negative.
pub fn clip(gradients: &mut [f32], limit: f32) -> usize {
    let mut changed = 0;
    for gradient in gradients {
        let clipped = gradient.clamp(-limit, limit);
        if clipped != *gradient {
            changed += 1;
        }
        *gradient = clipped;
    }
    changed
}

/// Returns a reference to the sample with the highest score; the first one if several have it;
/// `None` if there are no samples. It borrows `samples` for as long as it lives.
pub fn best(samples: &mut [Sample]) -> Option<&mut Sample> {
    let mut highest = 0.0;
    let mut winner = None;
    for sample in samples {
        if sample.score > highest {
            highest = sample.score;
            winner = Some(sample);
        }
    }
    winner
}

/// Returns the name without the zero byte that ends it, as a view of the same memory.
/// C libraries hand out names like this: a pointer, no length, a zero at the end.
pub fn class_name(text: &CStr) -> &[u8] {
    text.to_bytes()
}
