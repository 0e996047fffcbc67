//@ run
fn repeat(byte: char, len: usize) -> String {
    std::iter::repeat_n(byte, len).collect()
}

fn main() {
    let ruler: &'static str = repeat('-', 5).leak(); // leaking has to be asked for
    println!("{ruler}");
} // no report: Rust does not look for leaks
