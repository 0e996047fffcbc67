//@ run
fn raise(score: &mut i32) {
    *score += 10;
}

fn main() {
    let mut first = 50;
    let mut second = 70;
    raise(&mut first);
    raise(&mut second);
    println!("{first} {second}");
}
