//! Gives the checker a version of its own.

fn main() {
    // What only selects or shows.
    let others = [
        "src/progress.rs",
        "src/report.rs",
        "src/selection.rs",
        "src/traces.rs",
    ];
    book_source_hash::emit("SOURCE_HASH", &["src", "zig", "../../Cargo.lock"], &others);
    book_source_hash::emit("NORMALIZER_HASH", &["src/normalize.rs"], &[]);
}
