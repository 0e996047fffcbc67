//@ run
struct Tensor {
    data: Vec<f32>,
    cols: usize,
}

impl Tensor {
    fn new(rows: usize, cols: usize) -> Tensor {
        Tensor {
            data: vec![0.0; rows * cols],
            cols,
        }
    }
}

fn main() {
    let mut t = Tensor::new(2, 3);

    let last = t.cols + 2; // row 1, column 2
    t.data[last] = 5.0;
    println!("{} values, last {}", t.data.len(), t.data[5]);
} // `t` ends here: its Vec frees the block
