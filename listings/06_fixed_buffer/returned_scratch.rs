//@ compile-error: error[E0515]
struct Scratch<'b> {
    memory: [u8; 4],
    rest: &'b mut [u8],
}

fn new<'b>() -> Scratch<'b> {
    let mut memory = [0; 4];
    let rest = &mut memory[..];
    Scratch { memory, rest }
}

fn main() {
    let scratch = new();
    println!("{} {}", scratch.memory.len(), scratch.rest.len());
}
