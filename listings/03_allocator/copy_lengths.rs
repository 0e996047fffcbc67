//@ panic: copy_from_slice
fn main() {
    let word = b"hello";
    let mut room = vec![0u8; word.len() - 1];

    room.copy_from_slice(word);
    println!("{room:?}");
}
