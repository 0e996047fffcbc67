//@ run
use bumpalo::Bump;

struct Layer {
    weights: Vec<f32>, // from the global allocator
}

impl Drop for Layer {
    fn drop(&mut self) {
        println!("dropped");
    }
}

fn main() {
    let arena = Bump::new();
    let layer = arena.alloc(Layer { weights: vec![0.5] });
    println!("{:?}", layer.weights);
} // the arena goes, but `drop` does not run
