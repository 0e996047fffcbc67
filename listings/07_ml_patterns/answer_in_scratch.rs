//@ compile-error: E0502
use bumpalo::Bump;

fn infer(scratch: &Bump, x: f32) -> &mut [f32] {
    scratch.alloc_slice_copy(&[x, -x]) // borrows from `scratch`
}

fn main() {
    let mut scratch = Bump::new();
    let first = infer(&scratch, 1.0);
    scratch.reset();
    let second = infer(&scratch, 2.0);
    println!("first {} {}", first[0], first[1]);
    println!("second {} {}", second[0], second[1]);
}
