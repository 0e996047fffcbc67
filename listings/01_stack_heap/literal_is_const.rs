//@ compile-error: error[E0308]: mismatched types
fn main() {
    let label: &mut [u8] = b"cat";
    label[0] = b'b';
}
