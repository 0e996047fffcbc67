//@ run

/// How far each sample is from the mean of its batch.
fn centered(samples: &[f32], size: usize) -> Vec<f32> {
    let mut results = Vec::with_capacity(samples.len());
    let mut scratch = Vec::with_capacity(size);
    for batch in samples.chunks(size) {
        scratch.clear(); // keeps its capacity
        scratch.extend_from_slice(batch);
        let mean = scratch.iter().sum::<f32>() / scratch.len() as f32;
        scratch.iter_mut().for_each(|x| *x -= mean);
        results.extend_from_slice(&scratch);
        println!("batch of {}", batch.len());
    }
    results
}

fn main() {
    let samples = [1.0, 2.0, 3.0, 4.0, 10.0, 20.0, 30.0, 40.0, 5.0, 7.0];
    let results = centered(&samples, 4);
    print!("results:");
    for x in results {
        print!(" {x}");
    }
    println!();
}
