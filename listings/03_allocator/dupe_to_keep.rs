//@ compile-error: E0506
fn main() {
    let mut line = *b"cat";
    let view = &line;
    let kept = line.to_vec();

    line = *b"dog"; // the next line of the file
    println!("view {view:?}, kept {kept:?}");
}
