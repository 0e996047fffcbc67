//@ compile-error: E0381
fn main() {
    let bytes: [u8; 4];
    println!("fresh  {bytes:?}");
}
