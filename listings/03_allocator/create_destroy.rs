//@ run
struct Layer {
    size: u32,
    next: Option<Box<Layer>>,
}

fn main() {
    let output = Box::new(Layer {
        size: 10,
        next: None,
    });
    let input = Box::new(Layer {
        size: 64,
        next: Some(output), // moved: `input` owns it now
    });

    if let Some(next) = &input.next {
        println!("{} -> {}", input.size, next.size);
    }
} // dropping `input` frees both
