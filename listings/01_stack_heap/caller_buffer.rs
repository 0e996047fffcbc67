//@ run
fn digits(out: &mut [u8], n: u8) -> &mut [u8] {
    let used = &mut out[0..3];
    used.fill(n);
    used
}

fn main() {
    let mut buf = [0; 8];
    let ones = digits(&mut buf, 1);
    println!("{} {} {}", ones[0], ones[1], ones[2]);
}
