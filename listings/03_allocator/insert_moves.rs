//@ compile-error: E0502
fn main() {
    let mut list = Vec::with_capacity(4);
    list.extend([1, 2]);

    let second = &list[1];
    list.insert(0, 7); // there is room
    println!("second {second}, list[1] {}", list[1]);
}
