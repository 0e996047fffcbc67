//@ run
fn main() {
    let scores = vec![7; 3];
    println!("scores[0] = {}", scores[0]);
} // freed here
