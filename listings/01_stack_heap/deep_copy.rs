//@ run
#[derive(Clone)]
struct Tensor {
    rows: u32,
    data: Vec<f32>,
}

fn main() {
    let a = Tensor {
        rows: 1,
        data: vec![1.0, 2.0, 3.0],
    };
    let mut b = a.clone(); // copies the numbers too
    b.rows = 3;
    b.data[0] = 99.0;
    println!("a.rows = {}, a.data[0] = {}", a.rows, a.data[0]);
    println!("b.rows = {}, b.data[0] = {}", b.rows, b.data[0]);
}
