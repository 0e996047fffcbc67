//@ compile-error: error[E0594]
fn zero_first(scores: [i32; 3]) {
    scores[0] = 0;
}

fn main() {
    zero_first([1, 2, 3]);
}
