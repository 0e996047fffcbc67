//@ run
use bumpalo::Bump;

fn fill(arena: &Bump) -> usize {
    for _ in 0..10 {
        arena.alloc([0u8; 100]);
    }
    arena.allocated_bytes()
}

fn main() {
    let mut arena = Bump::new();

    let full = fill(&arena);
    arena.reset(); // the only way: keeps the newest chunk, frees the others
    let kept = arena.allocated_bytes();
    println!(
        "holds something: {}, at most as much: {}",
        kept > 0,
        kept <= full
    );

    arena = Bump::new(); // drops the old one: frees all
    println!("holds {}", arena.allocated_bytes());
}
