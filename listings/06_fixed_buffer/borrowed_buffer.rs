//@ run
/// The steps between neighbors. The result is in `buffer`.
fn steps<'b>(buffer: &'b mut [u8], samples: &[u8]) -> &'b mut [u8] {
    let result = &mut buffer[..samples.len() - 1];
    for (step, pair) in result.iter_mut().zip(samples.windows(2)) {
        *step = pair[1] - pair[0];
    }
    result
}

fn main() {
    let mut buffer = [0; 4];
    let result = steps(&mut buffer, &[3, 5, 9]);
    println!("{} {}", result[0], result[1]);
}
