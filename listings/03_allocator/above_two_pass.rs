//@ run
fn above(scores: &[f32], limit: f32) -> Vec<usize> {
    let n = scores.iter().filter(|&&score| score > limit).count();

    let mut positions = Vec::with_capacity(n);
    for (i, &score) in scores.iter().enumerate() {
        if score > limit {
            positions.push(i); // never grows
        }
    }
    positions
}

fn main() {
    for i in above(&[0.2, 0.9, 0.4, 0.7], 0.5) {
        println!("{i}");
    }
}
