//@ run
fn main() {
    let mut rows = [1u8, 2, 3, 4];
    let (train, valid) = rows.split_at_mut(3);
    train[0] = valid[0];
    valid[0] = 0;
    println!("{} {} {} {}", rows[0], rows[1], rows[2], rows[3]);
}
