//@ compile-error: E0499
use std::collections::HashMap;

fn main() {
    let mut votes = HashMap::from([("cat", 1)]);
    let cat = votes.get_mut("cat").unwrap();
    for name in ["ant", "bee", "cow", "dog", "eel", "fox", "owl"] {
        votes.insert(name, 1);
    }
    *cat += 1; // one more vote for the cat
    println!("the cat has {}", votes["cat"]);
}
