//@ compile-error: E0384
fn main() {
    let scores = [1, 2, 3];
    for s in scores {
        s *= 2;
        println!("s {s}");
    }
    println!("{scores:?}");
}
