//! Gives the checker, the recorder and the renderer of traces versions of their own: hashes of the sources that decide what they see,
//! so that results kept by older ones are not believed. And lets the tool know for what it was compiled.

use std::fs;
use std::path::{Path, PathBuf};

/// What decides how a listing is built, run and normalised.
const CHECKER: [&str; 4] = [
    "src/check",
    "src/toolchain",
    "zig/run_root.zig",
    "zig/test_runner.zig",
];
/// What decides how a trace is recorded.
const RECORDER: [&str; 3] = ["src/trace", "zig/trace_root.zig", "zig/trace_runner.zig"];
/// What decides how a trace is shown.
const RENDERER: [&str; 4] = [
    "src/html.rs",
    "src/trace/model.rs",
    "src/trace/text.rs",
    "src/trace/render",
];
/// Parts of these that only select or show, or that no listing depends on.
const OTHERS: [&str; 6] = [
    "src/check/progress.rs",
    "src/check/report.rs",
    "src/check/selection.rs",
    "src/check/traces.rs",
    "src/toolchain/axe.rs",
    "src/trace/render",
];

fn main() {
    println!(
        "cargo::rustc-env=CHECKER_HASH={:016x}",
        hash(&CHECKER, &OTHERS)
    );
    println!(
        "cargo::rustc-env=RECORDER_HASH={:016x}",
        hash(&RECORDER, &OTHERS)
    );
    println!(
        "cargo::rustc-env=RENDERER_HASH={:016x}",
        hash(&RENDERER, &[])
    );
    let target = std::env::var("TARGET").expect("cargo names the target");
    println!("cargo::rustc-env=TARGET={target}");
}

fn hash(paths: &[&str], others: &[&str]) -> u64 {
    let mut files = Vec::new();
    for path in paths {
        println!("cargo::rerun-if-changed={path}");
        collect(Path::new(path), others, &mut files);
    }
    files.sort();
    let bytes = files
        .iter()
        .flat_map(|path| fs::read(path).expect("a source of the crate"));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
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
