//@ run
fn main() {
    let mut scores = vec![0; 3];
    scores[1] = 7;
    println!("{} {} {}", scores[0], scores[1], scores[2]);
} // `scores` goes out of scope here, and its memory is freed
