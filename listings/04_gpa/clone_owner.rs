//@ run
#[derive(Clone)]
struct Tensor {
    data: Vec<f32>,
}

fn main() {
    let a = Tensor {
        data: vec![1.0, 2.0],
    };

    let mut b = a.clone();
    b.data[0] = 9.0;
    println!("a starts with {}, b with {}", a.data[0], b.data[0]);
}
