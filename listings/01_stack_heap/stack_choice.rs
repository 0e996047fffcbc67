//@ run
use std::thread;

const MIB: usize = 1024 * 1024;

fn work() {
    let samples = [1u8; 4 * MIB];
    println!("{} bytes in one frame", samples.len());
}

fn main() {
    let thread = thread::Builder::new().stack_size(8 * MIB).spawn(work);
    thread.unwrap().join().unwrap();
}
