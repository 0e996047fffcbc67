//@ compile-error: E0502

fn main() {
    let mut keys = vec![7.0];
    let view = &keys[0..1]; // a view of the first row
    for _ in 1..100 {
        keys.push(0.0); // may move the block
    }
    println!("{}", view[0]);
}
