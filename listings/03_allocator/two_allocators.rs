//@ compile-error: E0658
use std::alloc::System;

fn main() {
    let mut line: Vec<u8, System> = Vec::new_in(System);
    line.push(b'-');
}
