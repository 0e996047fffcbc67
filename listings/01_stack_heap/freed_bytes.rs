//@ compile-error: error[E0505]
fn main() {
    let scores = vec![7u8; 4];
    let alias = &scores;
    drop(scores);
    println!("{alias:?}");
}
