//! Exercise 7: a model, its file, and the memory of an inference.
//!
//! Three lifetimes: the weights live as long as the model, the bytes of a file live until it is
//! loaded, and what an inference needs lives until the next one.

/// A file is: these four bytes; inputs and classes (u64 each); the weights; the biases (f32 each).
/// All numbers are little-endian.
const MAGIC: [u8; 4] = *b"SMP1";

/// The bytes are not exactly one model.
#[derive(Debug, PartialEq)]
pub struct BadModel;

/// An input does not have as many numbers as the model has inputs.
#[derive(Debug, PartialEq)]
pub struct WrongShape;

/// One linear layer: a score for each class.
#[derive(Debug, PartialEq)]
pub struct SimpleModel {
    /// At least 1.
    pub inputs: usize,
    /// At least 1.
    pub classes: usize,
    /// One row of `inputs` floats for each class, one row after the other.
    pub weights: Vec<f32>,
    /// One for each class.
    pub biases: Vec<f32>,
}

impl SimpleModel {
    /// Replaces the content of `scores` by the score of each class: its weights times the input,
    /// plus its bias. Allocates only if `scores` has too little room.
    pub fn predict(&self, input: &[f32], scores: &mut Vec<f32>) -> Result<(), WrongShape> {
        // TODO: where does the row of a class start?
        let _ = (input, scores); // remove this line
        Ok(())
    }

    /// Returns the class with the highest score for each of the inputs, the first one of equals.
    /// Needs memory for one inference at a time.
    pub fn classify(&self, inputs: &[&[f32]]) -> Result<Vec<usize>, WrongShape> {
        // TODO: one vector of scores, used again for each inference.
        let _ = inputs; // remove this line
        Ok(Vec::new())
    }

    /// Returns the bytes of a file with this model, in one allocation.
    pub fn save(&self) -> Vec<u8> {
        // TODO: the four parts of a file, one after the other. `f32` has `to_le_bytes`.
        MAGIC.to_vec()
    }

    /// Makes a model from the bytes of a file. The bytes may be anything: `BadModel` if they are
    /// not exactly one model, before anything is allocated.
    pub fn load(bytes: &[u8]) -> Result<SimpleModel, BadModel> {
        // TODO: what do you have to know before you believe the header?
        let _ = bytes; // remove this line
        Err(BadModel)
    }
}
