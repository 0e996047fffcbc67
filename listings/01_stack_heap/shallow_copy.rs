//@ compile-error: error[E0382]
struct Tensor {
    rows: u32,
    data: Vec<f32>,
}

fn main() {
    let a = Tensor {
        rows: 1,
        data: vec![1.0, 2.0, 3.0],
    };
    let mut b = a;
    b.rows = 3;
    b.data[0] = 99.0;
    println!("a.rows = {}, a.data[0] = {}", a.rows, a.data[0]);
}
