//@ compile-error: error[E0515]: cannot return reference to local variable `scores`
fn load_scores() -> &'static mut [i32] {
    let mut scores = [1, 2, 3];
    &mut scores
}

fn main() {
    println!("{}", load_scores()[0]);
}
