//@ compile-error: E0515
use bumpalo::Bump;

fn load<'a>() -> &'a str {
    let arena = Bump::new();
    arena.alloc_str("relu") // the arena ends here
}

fn main() {
    println!("{}", load());
}
