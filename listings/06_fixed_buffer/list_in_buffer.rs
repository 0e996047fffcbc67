//@ run
fn main() {
    let mut recent: Vec<u8> = Vec::with_capacity(3);

    for sample in [10, 20, 30, 40] {
        recent.push(sample); // asks for more memory when it is full
    }
    println!("{} items, the last is {}", recent.len(), recent[3]);
}
