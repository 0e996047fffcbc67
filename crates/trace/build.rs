//! Gives the model of a trace and its renderer versions of their own.

fn main() {
    book_source_hash::emit("MODEL_HASH", &["src"], &["src/render"]);
    book_source_hash::emit(
        "RENDERER_HASH",
        &["src/model.rs", "src/text.rs", "src/render"],
        &[],
    );
}
