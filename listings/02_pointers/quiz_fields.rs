//@ run
struct Batch {
    scores: [u8; 2],
    labels: [u8; 2],
}

fn mix(to: &mut [u8], from: &mut [u8]) {
    to[0] = from[0];
    from[0] = 0;
}

fn main() {
    let mut batch = Batch {
        scores: [1, 2],
        labels: [7, 8],
    };
    mix(&mut batch.scores, &mut batch.labels);
    println!("{} {}", batch.scores[0], batch.labels[0]);
}
