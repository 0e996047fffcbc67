//@ run
use bumpalo::Bump;

fn main() {
    let mut arena = Bump::new();
    for _ in 0..1000 {
        arena.alloc([0u8; 100]);
        arena.reset();
    }
    println!("arena, reset:     {} bytes held", arena.allocated_bytes());

    for _ in 0..1000 {
        arena.alloc([0u8; 100]);
    }
    println!("arena, no reset:  {} bytes held", arena.allocated_bytes());
}
