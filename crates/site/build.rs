//! Lets the tool know for what it was compiled, and gives what runs programs for the page and compares their
//! outputs a version of its own.

fn main() {
    let target = std::env::var("TARGET").expect("cargo names the target");
    println!("cargo::rustc-env=TARGET={target}");
    println!("cargo::rerun-if-changed=build.rs");
    book_source_hash::emit(
        "COMPARE_HASH",
        &["src/wasm/check.rs", "src/wasm/compare.rs"],
        &[],
    );
}
