//@ compile-error: E0505
fn main() {
    let ids = vec![10u8, 20, 30, 40];

    let view = &ids[1..3];
    println!("before: {view:?}");

    drop(ids);
    println!("after:  {view:?}");
}
