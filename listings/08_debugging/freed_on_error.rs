//@ run
fn read_row(pixels: &[u8]) -> Result<Vec<u8>, &'static str> {
    let row = pixels.to_vec();
    if row.len() != 4 {
        drop(row); // from here on, there is nothing left to drop
        return Err("wrong length");
    }
    Ok(row)
}

fn main() {
    println!("{:?}", read_row(&[7, 7, 7]));
}
