//@ killed-by: compile-error E0507
// Moves the field out of a borrowed struct, which would leave the data set with a hole; in Zig
// the same line compiles and makes two owners.

//! Exercise 4: a struct that owns memory.
//!
//! Whoever has a `Dataset` owns its three allocations. They are freed when it is dropped: there
//! is no `deinit` to write and none to call.

/// There is not one label for each sample.
#[derive(Debug, PartialEq)]
pub struct LengthMismatch;

/// Labeled samples with a name. Owns all three.
#[derive(Debug)]
pub struct Dataset {
    pub name: String,
    pub samples: Vec<f32>,
    pub labels: Vec<u8>,
}

impl Dataset {
    /// Copies everything that it is given, with one allocation for each of the three.
    /// `LengthMismatch`, before anything is allocated, if there is not one label for each sample.
    pub fn new(name: &str, samples: &[f32], labels: &[u8]) -> Result<Dataset, LengthMismatch> {
        if samples.len() != labels.len() {
            return Err(LengthMismatch);
        }
        Ok(Dataset {
            name: name.to_owned(),
            samples: samples.to_vec(),
            labels: labels.to_vec(),
        })
    }

    /// Replaces the name by a copy of `name`.
    pub fn rename(&mut self, name: &str) {
        self.name = name.to_owned();
    }

    /// Hands the samples over: the caller owns them, and they are neither copied nor allocated
    /// anew. The data set keeps its name and its labels and has no samples.
    pub fn take_samples(&mut self) -> Vec<f32> {
        self.samples
    }
}
