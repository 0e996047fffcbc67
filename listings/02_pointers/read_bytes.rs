//@ run
fn main() {
    let packet = [7u8, 2, 1, 0, 0];
    let bytes: [u8; 4] = packet[1..5].try_into().unwrap();
    let length = u32::from_le_bytes(bytes);
    println!("kind {}, length {length}", packet[0]);
}
