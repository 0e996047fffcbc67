//@ run
#[derive(Default)]
struct Tensor {
    data: Vec<f32>,
}

fn main() {
    let mut a = Tensor {
        data: vec![1.0, 2.0],
    };

    let b = std::mem::take(&mut a); // leaves an empty Tensor behind
    println!("a has {}, b has {}", a.data.len(), b.data.len());
}
