//@ run
fn main() {
    let mut losses = [9u8, 7, 4];
    let mut rest: &mut [u8] = &mut losses;
    while rest.len() > 1 {
        rest = &mut rest[1..];
        println!("first {}, len {}", rest[0], rest.len());
    }
    rest[0] = 5;
    println!("losses {} {} {}", losses[0], losses[1], losses[2]);
}
