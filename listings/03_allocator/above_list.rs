//@ run
fn above(scores: &[f32], limit: f32) -> Vec<usize> {
    let mut positions = Vec::new();
    for (i, &score) in scores.iter().enumerate() {
        if score > limit {
            positions.push(i);
        }
    }
    positions
}

fn main() {
    for i in above(&[0.2, 0.9, 0.4, 0.7], 0.5) {
        println!("{i}");
    }
}
