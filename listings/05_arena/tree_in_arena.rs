//@ run
use bumpalo::Bump;

struct Node<'a> {
    children: Option<[&'a Node<'a>; 2]>, // borrowed: the arena owns all nodes
}

impl<'a> Node<'a> {
    fn grow(arena: &'a Bump, depth: usize) -> &'a Node<'a> {
        let children =
            (depth > 1).then(|| [Node::grow(arena, depth - 1), Node::grow(arena, depth - 1)]);
        arena.alloc(Node { children })
    }

    fn count(&self) -> usize {
        1 + self
            .children
            .iter()
            .flatten()
            .map(|c| c.count())
            .sum::<usize>()
    }
}

fn main() {
    let arena = Bump::new();
    let tree = Node::grow(&arena, 3);
    println!("nodes: {}", tree.count());
} // the arena goes, and all nodes with it
