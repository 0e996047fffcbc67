//@ run
struct Weights(Vec<f32>);

impl Drop for Weights {
    fn drop(&mut self) {
        println!("freed {} weights", self.0.len());
    }
}

fn main() {
    let mut weights = Weights(vec![1.0; 3]);
    println!("loaded {}", weights.0.len());

    weights = Weights(vec![2.0; 5]); // load again: the old value is dropped here
    println!("serving {:?}", weights.0);
}
