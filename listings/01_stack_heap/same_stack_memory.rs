//@ compile-error: error[E0515]
fn digits(n: u8) -> &'static mut [u8] {
    let mut buf = [n, n, n];
    &mut buf[0..]
}

fn main() {
    let ones = digits(1);
    let twos = digits(2);
    println!("same memory: {}", ones.as_ptr() == twos.as_ptr());
}
