//! Memory diagrams in `cargo xtask test-listings`, from the outside.

use crate::support::Book;

const TRACED: &str = "//@ run\n//@ trace";

/// Reads its number at run time, so that it is in the trace.
fn number(value: u8) -> String {
    format!(
        "pub fn main() void {{\n    var n: u8 = {value};\n    n += 1;\n    std.debug.print(\"{{d}}\\n\", .{{n}});\n}}\n"
    )
}

#[test]
fn only_what_has_changed_is_recorded_again_and_one_mistake_is_told_once() {
    let book = Book::new()
        .zig("one", TRACED, &number(1))
        .zig("two", TRACED, &number(2));
    book.xtask(&["test-listings", "--bless"])
        .succeeds()
        .says("recording 2 memory diagrams");
    let kept = book.read("listings/03_allocator/one.zig.trace.json");
    book.xtask(&["test-listings"])
        .succeeds()
        .never_says("recording");

    // The output is not what was recorded. That the diagram is another, too, goes without saying.
    let book = book.zig("one", TRACED, &number(7));
    book.xtask(&["test-listings"])
        .found_wrong()
        .says("recording 1 memory diagram …")
        .says("one.zig prints something else than was recorded")
        .says("1 listing is not what it declares")
        .never_says("trace.json");
    let book = book.zig("one", TRACED, &number(1));
    book.xtask(&["test-listings"])
        .succeeds()
        .never_says("recording");

    // Only the diagram is another: it says so, and keeps the recorded one.
    let same_output = number(0).replace("n += 1", "n = 2");
    let book = book.zig("one", TRACED, &same_output);
    book.xtask(&["test-listings"])
        .found_wrong()
        .says("one.zig.trace.json: listings/03_allocator/one.zig runs otherwise than its memory diagram shows")
        .says("cargo xtask test-listings 03_allocator/one --bless");
    assert_eq!(book.read("listings/03_allocator/one.zig.trace.json"), kept);

    // Recorded alone or with others, a trace is the same.
    book.xtask(&["test-listings", "--bless"]).succeeds();
    book.xtask(&["test-listings", "--alone"]).succeeds();
}

#[test]
fn a_compile_error_reads_as_when_the_listing_is_compiled_by_itself() {
    let book = Book::new()
        .zig(
            "const_owner",
            "//@ compile-error: cast discards const qualifier",
            "const Tensor = struct {\n    n: u8,\n\n    fn deinit(t: *Tensor) void {\n        t.n = 0;\n    }\n};\n\npub fn main() void {\n    const t: Tensor = .{ .n = 1 };\n    t.deinit();\n}\n",
        )
        .bless();
    let said = book.read("listings/03_allocator/const_owner.zig.out");
    assert!(
        said.contains("expected type '*const_owner.Tensor', found '*const const_owner.Tensor'"),
        "{said}"
    );
}
