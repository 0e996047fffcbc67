//! Gives a crate a version of its own, for its build script: a hash of the sources that decide what it sees, so that
//! results kept by older ones are not believed. The hash is that of all keys.

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
    let mut hasher = blake3::Hasher::new();
    for path in files {
        hasher.update(&fs::read(path).expect("a source of the crate"));
    }
    println!("cargo::rustc-env={name}={}", hasher.finalize().to_hex());
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
