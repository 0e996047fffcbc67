//@ run
fn add_bonus(score: i32, history: &mut [i32]) {
    let raised = score + 10; // `score` is a copy of the caller's number
    history[0] = raised; // `history` leads to the caller's array
}

fn main() {
    let score = 50;
    let mut history = [0, 0];
    add_bonus(score, &mut history);
    println!("score {score}, history[0] {}", history[0]);
}
