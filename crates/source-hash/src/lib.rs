//! Gives a crate a version of its own, for its build script: a hash of the sources that decide what it sees, so that
//! results kept by older ones are not believed. Depends on nothing.

use std::fs;
use std::path::{Path, PathBuf};

/// Sets the environment variable `name` for the crate's compilation to a hash of the files at and below `paths`, but
/// for those at and below `others`. All are relative to the crate's folder.
///
/// # Panics
///
/// When one of them cannot be read.
pub fn emit(name: &str, paths: &[&str], others: &[&str]) {
    let mut files = Vec::new();
    for path in paths {
        println!("cargo::rerun-if-changed={path}");
        collect(Path::new(path), others, &mut files);
    }
    files.sort();
    let bytes = files
        .iter()
        .flat_map(|path| fs::read(path).expect("a source of the crate"));
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    println!("cargo::rustc-env={name}={hash:016x}");
}

fn collect(path: &Path, others: &[&str], files: &mut Vec<PathBuf>) {
    if others.iter().any(|other| path == Path::new(other)) {
        return;
    }
    if path.is_dir() {
        for entry in fs::read_dir(path).expect("a folder of the crate").flatten() {
            collect(&entry.path(), others, files);
        }
    } else {
        files.push(path.to_path_buf());
    }
}
