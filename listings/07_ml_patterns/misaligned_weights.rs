//@ panic: misaligned pointer dereference

#[repr(align(4))]
struct Aligned([u8; 9]);

static FILE: Aligned = Aligned([7, 0, 0, 128, 63, 0, 0, 0, 64]); // one byte, then 1.0 and 2.0

fn main() {
    let weights = FILE.0[1..].as_ptr().cast::<f32>();
    println!("{}", unsafe { *weights });
}
