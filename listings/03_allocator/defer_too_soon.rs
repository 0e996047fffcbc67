//@ compile-error: E0515
fn repeat(byte: char, len: usize) -> &'static str {
    let line: String = std::iter::repeat_n(byte, len).collect();
    &line
}

fn main() {
    println!("{}", repeat('-', 5));
}
