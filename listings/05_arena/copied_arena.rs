//@ compile-error: E0505
use bumpalo::Bump;

fn main() {
    let arena = Bump::new();
    let a = &arena;

    let kept = arena;
    let name = a.alloc_str("relu");
    println!("{name} {}", kept.allocated_bytes());
}
