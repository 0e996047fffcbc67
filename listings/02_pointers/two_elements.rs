//@ compile-error: E0502
fn add_to(target: &mut u8, source: &u8) {
    *target += *source;
}

fn main() {
    let mut counts = [1, 2, 3];
    add_to(&mut counts[0], &counts[2]);
    println!("{} {} {}", counts[0], counts[1], counts[2]);
}
