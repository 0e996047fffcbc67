//@ run
/// The `k` best scores, best first. `scratch` is a buffer that may be used again.
fn top(scratch: &mut Vec<u8>, scores: &[u8], k: usize) -> Vec<u8> {
    scratch.clear(); // keeps its block
    scratch.extend_from_slice(scores);
    scratch.sort_by(|a, b| b.cmp(a));
    scratch[..k].to_vec()
}

fn main() {
    let mut scratch = Vec::new();
    let best = top(&mut scratch, &[10, 70, 20], 2);
    scratch.clear();
    println!("{} {}", best[0], best[1]);
}
