//! Gives what finds and installs toolchains a version of its own.

fn main() {
    // No listing depends on what tests of the pages need.
    book_source_hash::emit(
        "SOURCE_HASH",
        &["src", "zig"],
        &["src/axe.rs", "src/browser.rs"],
    );
}
