//@ compile-error: E0506
fn main() {
    let mut loss = 9;
    let p = &mut loss;
    loss = 4; // by name
    println!("p.* {}", *p);
    *p = 2; // through the pointer
    println!("loss {loss}");
}
