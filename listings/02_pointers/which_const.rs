//@ run
fn main() {
    let mut a: u8 = 1;
    let mut b: u8 = 2;
    let fixed: &mut u8 = &mut a; // the binding is fixed
    *fixed = 9;
    let mut reader: &u8 = &a; // the binding may change
    println!("a {a}, reader.* {}", *reader);
    b += 3; // before the borrow: b cannot change while `reader` points to it
    reader = &b;
    println!("b {b}, reader.* {}", *reader);
}
