//@ run
fn main() {
    let mut scores = [1, 2, 3];
    for s in &mut scores {
        *s *= 2;
    }
    println!("{} {} {}", scores[0], scores[1], scores[2]);
}
