//@ run

const FILE: [u8; 9] = [7, 0, 0, 128, 63, 0, 0, 0, 64]; // one byte, then 1.0 and 2.0

fn main() {
    let (weights, _) = FILE[1..].as_chunks::<4>(); // views of four bytes each
    let sum: f32 = weights.iter().map(|&four| f32::from_le_bytes(four)).sum();
    println!("{} floats, sum {sum}", weights.len());
}
