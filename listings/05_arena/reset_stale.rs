//@ compile-error: E0502
use bumpalo::Bump;

fn main() {
    let mut arena = Bump::new();

    let first = arena.alloc_str("cat");
    arena.reset();
    let second = arena.alloc_str("dog");
    println!("first = {first}, second = {second}");
}
