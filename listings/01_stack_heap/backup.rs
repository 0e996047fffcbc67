//@ run
fn load_scores() -> [i32; 3] {
    [1, 2, 3]
}

fn main() {
    let mut scores = load_scores();
    let backup = scores;
    scores[0] = 99;
    println!("scores[0] = {}, backup[0] = {}", scores[0], backup[0]);
}
