//@ compile-error: E0382

struct Tensor {
    data: Vec<f32>,
    cols: usize,
}

fn main() {
    let a = Tensor {
        data: vec![1.0, 2.0, 3.0, 4.0],
        cols: 2,
    };
    let mut b = a; // moves: `a` is gone
    b.cols = 4;
    b.data[0] = 9.0;
    println!("a: {} columns, first number {}", a.cols, a.data[0]);
    println!("b: {} columns, first number {}", b.cols, b.data[0]);
}
