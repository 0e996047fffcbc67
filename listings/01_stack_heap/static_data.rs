//@ run
fn label(score: u8) -> &'static str {
    if score >= 5 { "cat" } else { "dog" }
}

fn primes() -> &'static [u8] {
    const TABLE: [u8; 3] = [2, 3, 5];
    &TABLE
}

fn main() {
    let p = primes();
    println!("{} {} {} {} {}", label(9), label(2), p[0], p[1], p[2]);
}
