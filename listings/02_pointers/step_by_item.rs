//@ run
fn main() {
    let xs = [10u32, 20, 30];
    let start: *const u32 = xs.as_ptr();
    let p = unsafe { start.add(2) }; // two items further
    println!("p[0] {}", unsafe { *p });
    println!("items {}", unsafe { p.offset_from(start) });
    println!("bytes {}", p as usize - start as usize);
}
