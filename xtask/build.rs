//! Gives the checker a version of its own: a hash of the sources that decide what it sees, so that results
//! kept by an older checker are not believed. And lets the tool know for what it was compiled.

use std::fs;
use std::path::Path;

fn main() {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for folder in ["src/check", "src/toolchain", "zig"] {
        println!("cargo::rerun-if-changed={folder}");
        let mut paths: Vec<_> = fs::read_dir(Path::new(folder))
            .expect("the folder is part of the crate")
            .flatten()
            .map(|e| e.path())
            .collect();
        paths.sort();
        for byte in paths
            .iter()
            .flat_map(|path| fs::read(path).expect("a source of the crate"))
        {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    println!("cargo::rustc-env=CHECKER_HASH={hash:016x}");
    let target = std::env::var("TARGET").expect("cargo names the target");
    println!("cargo::rustc-env=TARGET={target}");
}
