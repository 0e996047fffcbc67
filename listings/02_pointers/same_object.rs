//@ run
fn answer(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

fn main() {
    let a = [1u8, 2];
    let b = [1u8, 2];
    let p = &a;
    let q = &a;
    let r = &b;
    println!("p and q: same place {}", answer(std::ptr::eq(p, q)));
    println!("p and r: same place {}", answer(std::ptr::eq(p, r)));
    println!("p and r: equal values {}", answer(p == r)); // == compares the values
}
