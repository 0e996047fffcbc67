//@ run
use bumpalo::Bump;

fn main() {
    let arena = Bump::new();

    let name = arena.alloc_str("relu");
    let sizes = arena.alloc_slice_copy(&[64u16, 10]);
    let bias = arena.alloc(0.5f32);

    println!("{name} {}x{} {bias}", sizes[0], sizes[1]);
} // gives all three back
