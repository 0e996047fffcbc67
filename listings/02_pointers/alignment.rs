//@ run
fn main() {
    let xs = [10u32, 20, 30];
    let mut rests = 0;
    for x in &xs {
        rests += (x as *const u32 as usize) % align_of::<u32>();
    }
    println!(
        "u8 {}, u32 {}, f64 {}",
        align_of::<u8>(),
        align_of::<u32>(),
        align_of::<f64>()
    );
    println!("sum of address % 4: {rests}");
}
