//@ run

const FILE: [u8; 9] = [7, 0, 0, 128, 63, 0, 0, 0, 64]; // one byte, then 1.0 and 2.0

fn main() {
    let (numbers, _) = FILE[1..].as_chunks();
    let weights: Vec<f32> = numbers.iter().map(|&b| f32::from_le_bytes(b)).collect();
    println!("{} {}", weights[0], weights[1]);
}
