//! Gives what runs processes and keeps files a version of its own.

fn main() {
    book_source_hash::emit(
        "SOURCE_HASH",
        &["src"],
        &[
            "src/diagnostic.rs",
            "src/html.rs",
            "src/nearest.rs",
            "src/parallel.rs",
        ],
    );
    book_source_hash::emit("HTML_HASH", &["src/html.rs"], &[]);
}
