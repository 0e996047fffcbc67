//@ run
fn main() {
    let mut score = 50;
    let p: &mut i32 = &mut score; // &mut takes the address of score
    *p += 10; // * goes to that address
    let copy = *p;
    *p += 1;
    let through_p = *p;
    println!("score {score}, p.* {through_p}, copy {copy}");
}
