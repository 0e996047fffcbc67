//@ panic: index out of bounds
fn main() {
    let mut buffer = *b"....bird";
    let (pixels, label) = buffer.split_at_mut(4);

    for i in 0..5 {
        pixels[i] = b'X'; // pixels has four
    }
    println!("{pixels:?} {label:?}");
}
