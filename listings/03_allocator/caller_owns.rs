//@ run
fn repeat(byte: char, len: usize) -> String {
    std::iter::repeat_n(byte, len).collect()
}

fn main() {
    let ruler = repeat('-', 5);
    println!("{ruler}");
}
