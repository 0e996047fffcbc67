//@ run
fn main() {
    let n = 3;
    let mut scores = vec![0; n];
    scores[1] = 7;
    println!("{} {} {}", scores[0], scores[1], scores[2]);
} // `scores` goes out of scope here, and its memory is freed
