//@ compile-error: error[E0499]
fn main() {
    let mut buffer = [0u8; 6];

    let (a, rest) = buffer.split_at_mut(3);
    let (b, _) = rest.split_at_mut(2);
    a.fill(1);
    let c = &mut buffer[..3]; // the place of `a`, which is not needed any more
    b.fill(2);
    c.fill(3);
}
