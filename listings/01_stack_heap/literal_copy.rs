//@ run
fn main() {
    let mut label = *b"cat";
    label[0] = b'b';
    println!("{}", str::from_utf8(&label).unwrap());
}
