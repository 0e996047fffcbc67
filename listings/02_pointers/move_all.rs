//@ compile-error: E0499
fn move_all(from: &mut u8, to: &mut u8) {
    *to += *from;
    *from = 0;
}

fn main() {
    let mut a = 5;
    let mut b = 1;
    move_all(&mut a, &mut b);
    println!("a {a}, b {b}");
    move_all(&mut b, &mut b);
    println!("a {a}, b {b}");
}
