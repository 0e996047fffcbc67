//@ run
fn zero_first(mut scores: [i32; 3]) -> [i32; 3] {
    scores[0] = 0;
    scores
}

fn main() {
    let scores = [1, 2, 3];
    let zeroed = zero_first(scores);
    println!("scores[0] = {}, zeroed[0] = {}", scores[0], zeroed[0]);
}
