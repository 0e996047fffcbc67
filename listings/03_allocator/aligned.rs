//@ run
#[repr(align(64))]
struct Row([f32; 8]);

fn main() {
    let row = Box::new(Row([0.0; 8]));

    let address = &raw const *row as usize;
    println!("{} floats", row.0.len());
    println!("multiple of 64: {}", address.is_multiple_of(64));
}
