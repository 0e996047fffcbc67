//@ panic: called `Option::unwrap()` on a `None` value
fn last_score(scores: &mut [u8]) -> Option<&mut u8> {
    scores.last_mut()
}

fn main() {
    let mut scores = [3u8, 4];
    *last_score(&mut scores).unwrap() += 1;
    println!("last {}", scores[1]);
    *last_score(&mut scores[..0]).unwrap() += 1;
}
