//@ run
fn main() {
    let mut buffer = [0u8; 4];

    let (_, rest) = buffer.split_at_mut(3);
    match rest.split_at_mut_checked(2) {
        Some(_) => println!("two more"),
        None => println!("no room: {} left", rest.len()),
    }
    let (one, rest) = rest.split_at_mut(1);
    println!("{} more: {} left", one.len(), rest.len());
}
