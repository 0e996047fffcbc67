//@ run
fn main() {
    let mut pair = [1, 2];
    let turned = [pair[1], pair[0]];
    pair = turned;
    println!("constant    {} {}", pair[0], pair[1]);

    pair = [pair[1], pair[0]];
    println!("typed       {} {}", pair[0], pair[1]);

    pair.swap(0, 1);
    println!("std.mem     {} {}", pair[0], pair[1]);
}
