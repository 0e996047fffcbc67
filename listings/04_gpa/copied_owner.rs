//@ compile-error: E0382
struct Tensor {
    data: Vec<f32>,
}

fn main() {
    let a = Tensor {
        data: vec![1.0, 2.0],
    };

    let mut b = a; // moves: from here `a` is not usable
    b.data[0] = 9.0;
    println!("a: {:?}", a.data);
}
