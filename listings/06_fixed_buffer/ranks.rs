//@ run
fn ranks(samples: &[u8]) -> Vec<usize> {
    let mut order = samples.to_vec();
    order.sort_unstable();
    samples
        .iter()
        .map(|sample| order.binary_search(sample).unwrap())
        .collect()
}

fn main() {
    for window in [[30, 10, 20], [5, 7, 6]] {
        let result = ranks(&window);
        println!("{} {} {}", result[0], result[1], result[2]);
    }
}
