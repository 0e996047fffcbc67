//@ compile-error: error[E0506]
fn main() {
    let mut scores = [10, 20, 30, 40, 50];
    let view = &mut scores[1..4];
    view[0] = 99;
    scores[2] = 77;
    println!("scores[1] = {}, view[1] = {}", scores[1], view[1]);
}
