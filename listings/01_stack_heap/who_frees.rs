//@ run
use std::rc::Rc;

struct Block;

impl Drop for Block {
    fn drop(&mut self) {
        println!("freed");
    }
}

fn main() {
    let first = Rc::new(Block);
    let second = Rc::clone(&first);
    drop(first);
    println!("one name left");
    drop(second);
    println!("no name left");
}
