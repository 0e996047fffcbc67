//@ compile-error: E0384
fn main() {
    let mut scores = [1, 2, 3];
    scores[0] = 5;
    for s in scores {
        s *= 2;
        println!("s {s}");
    }
    println!("{scores:?}");
}
