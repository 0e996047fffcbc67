//@ compile-error: error[E0499]
fn main() {
    let mut buffer = [0u8; 4];

    let first = &mut buffer[0..2];
    first.fill(1);
    let second = &mut buffer[0..2]; // from the start again
    second.fill(2);
    println!("first[0] is {}", first[0]);
}
