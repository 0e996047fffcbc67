//@ run
fn main() {
    let mut buffer = [0u8; 8];

    let (ids, rest) = buffer.split_at_mut(3);
    ids.fill(7);
    let (scores, rest) = rest.split_at_mut(2);
    scores.fill(9);
    let free = rest.len();
    println!("{} of {} bytes taken", buffer.len() - free, buffer.len());
}
