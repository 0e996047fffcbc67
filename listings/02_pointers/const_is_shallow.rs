//@ compile-error: E0594
struct Batch<'a> {
    id: u8,
    scores: &'a mut [i32],
}

fn summarize(batch: &Batch) {
    batch.scores[0] = 0;
}

fn main() {
    let mut scores = [50, 70];
    let batch = Batch {
        id: 1,
        scores: &mut scores,
    };
    summarize(&batch);
    println!("batch {}: {} {}", batch.id, scores[0], scores[1]);
}
