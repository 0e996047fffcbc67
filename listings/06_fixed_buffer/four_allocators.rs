//@ run
fn ranks(samples: &[u8], result: &mut [u8], order: &mut [u8]) {
    order.copy_from_slice(samples);
    order.sort_unstable();
    for (rank, sample) in result.iter_mut().zip(samples) {
        *rank = order.binary_search(sample).unwrap() as u8;
    }
}

fn show(name: &str, result: &mut [u8], order: &mut [u8]) {
    ranks(&[30, 10, 20], result, order);
    println!("{name}: {} {} {}", result[0], result[1], result[2]);
}

fn main() {
    let mut stack = [0; 6];
    let mut heap = Box::new([0; 6]);

    let (result, order) = stack.split_at_mut(3);
    show("stack", result, order);
    let (result, order) = heap.split_at_mut(3);
    show("heap", result, order);
    show("both", &mut stack[..3], &mut heap[..3]);
}
