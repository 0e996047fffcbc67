//@ run
use std::fmt::Display;

fn main() {
    // a reference to "something that implements Display": data pointer and vtable
    let words = size_of::<&dyn Display>() / size_of::<usize>();
    println!("two words: {}", words == 2);
}
