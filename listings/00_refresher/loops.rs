//@ run
fn main() {
    let scores = [7u32, 2, 9];

    let mut total = 0;
    for score in scores {
        total += score;
    }

    let mut best = 0;
    for (i, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = i;
        }
    }

    let mut squares = 0;
    for n in 0..4 {
        squares += n * n;
    }
    println!("{total} {best} {squares}");
}
