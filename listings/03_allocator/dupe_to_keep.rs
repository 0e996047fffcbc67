//@ compile-error: E0506
fn main() {
    let mut line = *b"cat";
    let view = &line;
    let kept = line.to_vec();

    line = *b"dog"; // the next line is read into the same buffer
    println!("view {view:?}, kept {kept:?}");
}
