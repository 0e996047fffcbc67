//@ killed-by: an_input_of_the_wrong_length_is_refused
// Lets `zip` stop at the shorter one.

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
        scores.clear();
        let rows = self.weights.chunks_exact(self.inputs);
        scores.extend(rows.zip(&self.biases).map(|(row, bias)| {
            let products = row.iter().zip(input).map(|(weight, value)| weight * value);
            products.sum::<f32>() + bias
        }));
        Ok(())
    }

    /// Returns the class with the highest score for each of the inputs, the first one of equals.
    /// Needs memory for one inference at a time.
    pub fn classify(&self, inputs: &[&[f32]]) -> Result<Vec<usize>, WrongShape> {
        let mut scores = Vec::with_capacity(self.classes);
        let mut winners = Vec::with_capacity(inputs.len());
        for input in inputs {
            self.predict(input, &mut scores)?;
            let mut winner = 0;
            for (class, &score) in scores.iter().enumerate() {
                if score > scores[winner] {
                    winner = class;
                }
            }
            winners.push(winner);
        }
        Ok(winners)
    }

    /// Returns the bytes of a file with this model, in one allocation.
    pub fn save(&self) -> Vec<u8> {
        let floats = self.weights.len() + self.biases.len();
        let mut bytes = Vec::with_capacity(MAGIC.len() + 16 + floats * 4);
        bytes.extend(MAGIC);
        bytes.extend((self.inputs as u64).to_le_bytes());
        bytes.extend((self.classes as u64).to_le_bytes());
        for number in self.weights.iter().chain(&self.biases) {
            bytes.extend(number.to_le_bytes());
        }
        bytes
    }

    /// Makes a model from the bytes of a file. The bytes may be anything: `BadModel` if they are
    /// not exactly one model, before anything is allocated.
    pub fn load(bytes: &[u8]) -> Result<SimpleModel, BadModel> {
        let bytes = bytes.strip_prefix(&MAGIC).ok_or(BadModel)?;
        let (inputs, bytes) = bytes.split_first_chunk().ok_or(BadModel)?;
        let (classes, bytes) = bytes.split_first_chunk().ok_or(BadModel)?;
        let inputs = usize::try_from(u64::from_le_bytes(*inputs)).map_err(|_| BadModel)?;
        let classes = usize::try_from(u64::from_le_bytes(*classes)).map_err(|_| BadModel)?;
        if inputs == 0 || classes == 0 {
            return Err(BadModel);
        }

        let weights_len = inputs.checked_mul(classes).and_then(|n| n.checked_mul(4));
        let (weights, biases) = weights_len
            .and_then(|len| bytes.split_at_checked(len))
            .ok_or(BadModel)?;
        if classes.checked_mul(4) != Some(biases.len()) {
            return Err(BadModel);
        }

        Ok(SimpleModel {
            inputs,
            classes,
            weights: floats(weights),
            biases: floats(biases),
        })
    }
}

/// The floats that are in these bytes. Copies, because the bytes need not be aligned for floats.
fn floats(bytes: &[u8]) -> Vec<f32> {
    let (chunks, _) = bytes.as_chunks();
    chunks
        .iter()
        .map(|chunk| f32::from_le_bytes(*chunk))
        .collect()
}
