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
    // It may assume that the two are not one: `&mut` promises that. In Zig, `std.mem.swap` asks for
    // the same promise with `noalias`, and nobody checks it.
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
    // `reduce` hands over the references themselves. `max_by` would return the last of equals.
    samples.iter_mut().reduce(|winner, sample| {
        if sample.score > winner.score {
            sample
        } else {
            winner
        }
    })
}

/// Returns the name without the zero byte that ends it, as a view of the same memory.
/// C libraries hand out names like this: a pointer, no length, a zero at the end.
pub fn class_name(text: &CStr) -> &[u8] {
    text.to_bytes()
}
