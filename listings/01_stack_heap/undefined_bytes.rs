//@ compile-error: error[E0381]
fn main() {
    let on_stack: [u8; 4];
    println!("{on_stack:?}");
}
