//@ compile-error: error[E0515]
fn new_row(value: u8) -> &'static mut [u8] {
    let mut buffer = [0; 3];
    let (row, _) = buffer.split_at_mut(3);
    row.fill(value);
    row
}

fn main() {
    let ones = new_row(1);
    let twos = new_row(2);
    println!("same memory: {}", ones.as_ptr() == twos.as_ptr());
}
