//@ run
fn load_scores(count: u32) -> Vec<u32> {
    let mut scores = Vec::new();
    for i in 1..=count {
        scores.push(i);
    }
    scores
}

fn main() {
    let scores = load_scores(3);
    println!("{} {} {}", scores[0], scores[1], scores[2]);
}
