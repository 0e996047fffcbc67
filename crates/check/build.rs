//! Gives the checker a version of its own.

fn main() {
    book_source_hash::emit(
        "SOURCE_HASH",
        &["src", "zig", "../../Cargo.lock"],
        // What only selects or shows.
        &[
            "src/progress.rs",
            "src/report.rs",
            "src/selection.rs",
            "src/traces.rs",
        ],
    );
    book_source_hash::emit("NORMALIZER_HASH", &["src/normalize.rs"], &[]);
}
