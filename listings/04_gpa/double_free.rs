//@ compile-error: E0382
fn main() {
    let batch = vec![7u8; 4];
    println!("sum {}", batch.iter().sum::<u8>());

    drop(batch);
    drop(batch);
}
