//@ run
fn find(words: &str, letter: char) -> Option<usize> {
    for (i, c) in words.chars().enumerate() {
        if c == letter {
            return Some(i);
        }
    }
    None
}

fn main() {
    if let Some(i) = find("tensor", 's') {
        println!("s is at {i}");
    } else {
        println!("no s");
    }

    let z = find("tensor", 'z').unwrap_or(99);
    println!("z is at {z}");
}
