//@ run
use std::sync::atomic::{AtomicU32, Ordering};

static RUNS: AtomicU32 = AtomicU32::new(0); // static

fn main() {
    let runs = RUNS.fetch_add(1, Ordering::Relaxed) + 1;
    let mut pair = [10, 20]; // stack
    pair[1] += runs;
    let mut block = Box::new([0, 0]); // the pointer on the stack, two numbers on the heap
    block[0] = 30;
    block[1] = pair[1];
    println!("runs {runs}, pair {}, block {}", pair[1], block[1]);
} // `block` goes out of scope here, and its heap memory is freed
