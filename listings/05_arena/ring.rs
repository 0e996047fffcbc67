//@ run
use bumpalo::Bump;
use std::cell::Cell;

struct Node<'a> {
    value: u8,
    next: Cell<Option<&'a Node<'a>>>, // set when both nodes exist
}

fn main() {
    let arena = Bump::new();
    let one = arena.alloc(Node {
        value: 1,
        next: Cell::new(None),
    });
    let one: &Node = one;
    let two: &Node = arena.alloc(Node {
        value: 2,
        next: Cell::new(Some(one)),
    });
    one.next.set(Some(two));

    let next = one.next.get().unwrap();
    println!(
        "{} {} {}",
        one.value,
        next.value,
        next.next.get().unwrap().value
    );
}
