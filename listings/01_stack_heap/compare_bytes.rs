//@ run
fn main() {
    let word = *b"relu";
    let mut copy = word;
    println!("same bytes: {}", word == copy);
    println!("same place: {}", word.as_ptr() == copy.as_ptr());
    copy[0] = b'R';
    println!("same bytes: {}", word == copy);
}
