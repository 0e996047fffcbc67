//@ run
fn main() {
    let pointer = size_of::<Option<&u32>>() - size_of::<&u32>();
    let number = size_of::<Option<u32>>() - size_of::<u32>();
    println!("pointer: {pointer} bytes more");
    println!("number: {number} bytes more");
}
