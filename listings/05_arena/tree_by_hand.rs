//@ run
use std::cell::Cell;

thread_local! {
    static MADE: Cell<usize> = const { Cell::new(0) };
    static FREED: Cell<usize> = const { Cell::new(0) };
}

struct Node {
    _children: Option<[Box<Node>; 2]>, // owned, so dropped with the node
}

impl Node {
    fn grow(depth: usize) -> Box<Node> {
        MADE.set(MADE.get() + 1);
        let children = (depth > 1).then(|| [Node::grow(depth - 1), Node::grow(depth - 1)]);
        Box::new(Node {
            _children: children,
        })
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        FREED.set(FREED.get() + 1);
    }
}

fn main() {
    let tree = Node::grow(3);
    println!("nodes: {}", MADE.get());
    drop(tree);
    println!("freed: {}", FREED.get());
}
