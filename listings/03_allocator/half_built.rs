//@ run
use std::collections::TryReserveError;

struct Weights(Vec<i32>);

impl Drop for Weights {
    fn drop(&mut self) {
        println!("{} weights dropped", self.0.len());
    }
}

struct Model {
    weights: Weights,
    bias: Vec<i32>,
}

fn build(weights_len: usize, bias_len: usize) -> Result<Model, TryReserveError> {
    let weights = Weights(vec![1; weights_len]);
    let mut bias = Vec::new();
    bias.try_reserve_exact(bias_len)?; // leaving early drops `weights`
    Ok(Model { weights, bias })
}

fn main() {
    match build(2, usize::MAX) {
        Ok(model) => println!("{} {}", model.weights.0.len(), model.bias.len()),
        Err(_) => println!("no model"),
    }
}
