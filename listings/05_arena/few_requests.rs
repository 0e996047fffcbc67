//@ run
use bumpalo::Bump;

fn main() {
    let mut arena = Bump::new();
    for _ in 0..1000 {
        arena.alloc([0u8; 16]);
    }
    let chunks = arena.iter_allocated_chunks().count();
    println!("1000 pieces of 16 bytes: {chunks} requests");
    println!("{} bytes", arena.allocated_bytes());
}
