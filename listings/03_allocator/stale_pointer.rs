//@ compile-error: E0502
fn main() {
    let mut list = vec![1, 2];

    let first = &list[0];
    list.push(3);
    println!("{first}");
}
