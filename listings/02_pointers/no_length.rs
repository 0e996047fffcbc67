//@ run
fn main() {
    let scores = [10u8, 20, 30];
    let many: *const u8 = scores.as_ptr(); // a raw pointer: no length
    let two = unsafe { std::slice::from_raw_parts(many, 2) };
    let third = unsafe { *many.add(2) }; // you promise that it is in bounds
    println!("two.len {}, many[2] {third}", two.len());
    let again = unsafe { std::slice::from_raw_parts(many, 2) };
    println!("again.len {}", again.len());
}
