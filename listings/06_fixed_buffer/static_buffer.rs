//@ compile-error: error[E0133]
static mut STORAGE: [u8; 8] = [0; 8];

fn new_row(value: u8) -> &'static mut [u8] {
    let row = &mut STORAGE[..3];
    row.fill(value);
    row
}

fn main() {
    let ones = new_row(1);
    let twos = new_row(2);
    println!("{} {}", ones[0], twos[0]);
}
