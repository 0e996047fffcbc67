//@ run
fn main() {
    let rate: f32 = 0.5;
    let mut steps: u32 = 3;
    steps += 1;

    let name = "adam";
    println!("{name}: {steps} steps at {rate}");
}
