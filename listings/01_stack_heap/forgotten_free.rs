//@ run
fn main() {
    let scores = Box::new([7; 3]);
    println!("scores[0] = {}", scores[0]);
} // freed here
