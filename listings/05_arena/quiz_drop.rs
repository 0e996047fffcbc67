//@ run
use bumpalo::Bump;

struct Layer {
    name: &'static str,
}

impl Drop for Layer {
    fn drop(&mut self) {
        println!("drop {}", self.name);
    }
}

fn main() {
    let own = Layer { name: "own" };
    let arena = Bump::new();
    arena.alloc(Layer { name: "held" });
    drop(own);
    drop(arena);
    println!("end");
}
