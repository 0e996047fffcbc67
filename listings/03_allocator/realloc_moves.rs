//@ run
fn main() {
    let mut scores = vec![5; 2];
    let other = Box::new(9);

    scores.push(7); // may move the block; `scores` is updated for you
    println!("{} {} {}, other {other}", scores[0], scores[1], scores[2]);
}
