//@ run
fn main() {
    let mut squares: Vec<u8> = Vec::with_capacity(3);

    for batch in [&[1, 2][..], &[3, 4, 5], &[6]] {
        squares.clear(); // keeps the memory
        squares.extend(batch.iter().map(|x| x * x));

        let sum: u32 = squares.iter().map(|&square| u32::from(square)).sum();
        print!("{sum} ");
    }
    println!();
}
