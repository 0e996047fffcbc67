//@ compile-error: error[E0594]
struct Tensor<'a> {
    data: &'a [f32],
}

fn summarize(t: Tensor) -> f32 {
    t.data[0] = 0.0;
    t.data[0] + t.data[1]
}

fn main() {
    let numbers = [1.0, 2.0];
    let sum = summarize(Tensor { data: &numbers });
    println!("sum = {sum}, numbers[0] = {}", numbers[0]);
}
