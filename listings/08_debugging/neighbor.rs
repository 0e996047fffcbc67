//@ panic: index out of bounds
fn main() {
    let mut buffer = *b"....bird";
    let (pixels, label) = buffer.split_at_mut(4);

    let mut i = 0;
    while i < 5 {
        pixels[i] = b'X'; // pixels has four
        i += 1;
    }
    println!("{pixels:?} {label:?}");
}
