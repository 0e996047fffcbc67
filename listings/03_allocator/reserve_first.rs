//@ compile-error: E0502
fn main() {
    let mut list: Vec<i32> = Vec::with_capacity(3);

    list.push(1);
    let first = &list[0];
    list.push(2); // there is room: nothing would move
    println!("{first}");
}
