//@ run
fn main() {
    let mut batch: Vec<u8> = Vec::new();
    if batch.try_reserve_exact(usize::MAX).is_err() {
        println!("TryReserveError, so a smaller batch");
        batch = vec![0; 16]; // this way of asking would end the program
    }
    println!("{} bytes", batch.len());
}
