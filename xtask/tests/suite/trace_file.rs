//! `cargo xtask trace FILE.zig`: any program anywhere on the disk.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use crate::support::{Book, CommandOutput, program, said};

const MAIN: &str = "const std = @import(\"std\");\nconst tree = @import(\"sub/tree.zig\");\n\nconst Node = struct { value: u32, next: ?*Node };\n\npub fn main(init: std.process.Init) !void {\n    const node = try init.gpa.create(Node);\n    node.* = .{ .value = tree.twice(4), .next = null };\n    std.debug.print(\"{s} {s} {s}\\n\", .{ @typeName(Node), @typeName(tree.Tree), @embedFile(\"text.txt\") });\n}\n";
const TREE: &str =
    "pub const Tree = struct { a: u8 };\n\npub fn twice(n: u32) u32 {\n    return n * 2;\n}\n";
const TESTS: &str = "const std = @import(\"std\");\n\ntest \"adds up\" {\n    const bytes = try std.testing.allocator.alloc(u8, 3);\n    defer std.testing.allocator.free(bytes);\n    try std.testing.expect(bytes.len == 3);\n}\n\ntest \"is wrong\" {\n    try std.testing.expect(false);\n}\n";

const FUZZ: &str = "const std = @import(\"std\");\n\ntest \"any input\" {\n    try std.testing.fuzz({}, one, .{ .corpus = &.{\"a\"} });\n}\n\nfn one(_: void, smith: *std.testing.Smith) !void {\n    if (smith.in) |input| {\n        if (input.len > 0) std.debug.print(\"bytes seen: {d}\\n\", .{input[0]});\n    }\n}\n";

const LOG: &str = "const std = @import(\"std\");\n\npub const std_options: std.Options = .{ .log_level = .err, .logFn = log };\n\nconst Node = struct { a: u8 };\n\nfn log(comptime level: std.log.Level, comptime _: @EnumLiteral(), comptime text: []const u8, args: anytype) void {\n    std.debug.print(\"<{t}> \" ++ text ++ \"\\n\", .{level} ++ args);\n}\n\npub fn main() void {\n    std.log.info(\"too quiet\", .{});\n    std.log.err(\"heard from {s}\", .{@typeName(Node)});\n}\n";

/// Somebody's folder, outside of the book.
struct ReadersFolder(tempfile::TempDir);

impl ReadersFolder {
    fn new(files: &[(&str, &str)]) -> ReadersFolder {
        let folder = tempfile::Builder::new().prefix("somebody's ").tempdir();
        let folder = folder.expect("a folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        ReadersFolder(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

fn trace(path: &Path, more: &[&str]) -> CommandOutput {
    let path = path.to_str().expect("a plain path");
    Book::new().xtask(&[&["trace", path], more].concat())
}

#[test]
fn a_program_anywhere_is_traced_with_what_it_imports() {
    let folder = ReadersFolder::new(&[
        ("my-prog.zig", MAIN),
        ("sub/tree.zig", TREE),
        ("text.txt", "hello"),
    ]);
    let path = folder.path("my-prog.zig");
    let text = trace(&path, &[])
        .succeeds()
        .says("my-prog.Node sub.tree.Tree hello")
        .says("block A (8 bytes of init.gpa) was never freed")
        .says("Line 4 of tree.zig ran")
        .text;
    // Named as it is written, though its file's name stands in front for the compiler.
    assert!(text.contains("node: *Node = → A"), "{text}");
    let json = trace(&path, &["--format", "json"]).succeeds().text;
    assert!(
        json.contains("sub/tree.zig") && json.contains("\"leak\""),
        "{json}"
    );
    trace(&path, &["--format", "html", "--step", "2"])
        .succeeds()
        .says("<title>my-prog.zig</title>");
    trace(&path, &["--step", "99"])
        .cannot()
        .says("there are steps 1 to");
}

#[test]
fn it_comes_by_standard_input_as_well() {
    let folder = ReadersFolder::new(&[(
        "in.zig",
        "const std = @import(\"std\");\npub fn main() void {\n    std.debug.print(\"from a pipe\\n\", .{});\n}\n",
    )]);
    let input = fs::File::open(folder.path("in.zig")).expect("a file");
    let book = Book::new();
    said(book.command(&["trace", "-"]).stdin(input))
        .succeeds()
        .says("from a pipe");
    said(book.command(&["trace", "-"]).stdin(Stdio::null()))
        .cannot()
        .says("there is nothing to run");
}

#[test]
fn a_file_of_tests_is_traced_all_or_one() {
    let folder = ReadersFolder::new(&[("t.zig", TESTS), ("m.zig", MAIN)]);
    let path = folder.path("t.zig");
    trace(&path, &[])
        .succeeds()
        .says("test \"adds up\" (line")
        .says("The program has ended with error.TestUnexpectedResult");
    trace(&path, &["--test", "is"])
        .succeeds()
        .says("test \"is wrong\" (line 10)")
        .never_says("adds up");
    trace(&path, &["--test", "none"])
        .cannot()
        .says("No test begins with `none`: the tests are adds up, is wrong.");
    trace(&folder.path("m.zig"), &["--test", "x"])
        .cannot()
        .says("m.zig has no tests");
}

#[test]
fn what_a_program_declares_for_the_standard_library_counts() {
    let folder = ReadersFolder::new(&[("log.zig", LOG)]);
    trace(&folder.path("log.zig"), &[])
        .succeeds()
        .says("<err> heard from log.Node")
        .never_says("<info>");
}

#[test]
fn a_fuzz_test_is_tried_with_its_corpus() {
    let folder = ReadersFolder::new(&[("f.zig", FUZZ)]);
    trace(&folder.path("f.zig"), &[])
        .succeeds()
        .says("bytes seen: 97")
        .says("The tests passed.");
}

#[test]
fn what_does_not_compile_is_said_with_the_owners_path_and_line() {
    let folder = ReadersFolder::new(&[(
        "bad.zig",
        "const std = @import(\"std\");\npub fn main() void {\n    const x: u8 = \"a\";\n    std.debug.print(\"{d}\\n\", .{});\n    _ = x;\n}\n",
    )]);
    let path = folder.path("bad.zig");
    trace(&path, &[])
        .found_wrong()
        .says(&format!(
            "{}:3:19: error: expected type 'u8'",
            path.display()
        ))
        .never_says("trace_root")
        .never_says("\x1b");
    fs::write(&path, b"pub fn main() void {}\n// \xff\n").expect("a file");
    trace(&path, &[])
        .cannot()
        .says("bad.zig:2: the source is not UTF-8");
}

#[test]
fn what_is_not_there_is_said() {
    let folder = ReadersFolder::new(&[("a.txt", "")]);
    trace(&folder.path("none.zig"), &[])
        .cannot()
        .says("there is neither a file nor a Zig listing");
    trace(&folder.path("a.txt"), &[])
        .cannot()
        .says("is no Zig file");
    trace(&folder.path("."), &[]).cannot().says("is a folder");
}

#[test]
fn it_is_opened_in_a_browser() {
    let folder = ReadersFolder::new(&[("o.zig", TESTS)]);
    let opener = if cfg!(target_os = "macos") {
        "open"
    } else {
        "xdg-open"
    };
    program(
        &folder.path(&format!("bin/{opener}")),
        "cp \"$1\" \"$0.opened\"",
    );
    let path = std::env::var("PATH").unwrap_or_default();
    let path = format!("{}:{path}", folder.path("bin").display());
    let file = folder.path("o.zig");
    let file = file.to_str().expect("a plain path");
    let book = Book::new();
    said(book.command(&["trace", file, "--open"]).env("PATH", &path))
        .succeeds()
        .says("o_zig.html");
    let page =
        fs::read_to_string(folder.path(&format!("bin/{opener}.opened"))).expect("it was opened");
    assert!(page.contains("<title>o.zig</title>"));
    program(&folder.path(&format!("bin/{opener}")), "exit 1");
    said(book.command(&["trace", file, "--open"]).env("PATH", &path))
        .cannot()
        .says("no browser could be opened");
}

/// The compiler knows all that the first two calls are given, and gives what stands behind a call the number of a line of
/// the standard library.
const KNOWN: &str = "const std = @import(\"std\");\n\ntest \"compares\" {\n    var x: u8 = 1;\n    std.testing.expectEqual(3, 4) catch {};\n    compare(5) catch {};\n    x += 1;\n    try std.testing.expectEqual(6, x);\n}\n\ninline fn compare(comptime wanted: u8) !void {\n    try std.testing.expectEqual(wanted, 7);\n}\n";

#[test]
fn what_an_inlined_call_of_the_library_prints_comes_after_its_statement() {
    let folder = ReadersFolder::new(&[("known.zig", KNOWN)]);
    let text = trace(&folder.path("known.zig"), &[])
        .says("Line 4 ran: x is 1. Next: line 5.")
        .says("Line 5 ran. Printed: expected 3, found 4. Next: line 6.")
        .says("Line 12 ran: compare returns. Printed: expected 5, found 7. Next: line 7.")
        .says("Line 8 ran: test \"compares\" returns. Printed: expected 6, found 2.")
        .text;
    assert!(!text.contains("line 57"), "{text}");
}

const PANICS: &str = "const std = @import(\"std\");\n\npub const panic = std.debug.FullPanic(mine);\n\nfn mine(text: []const u8, _: ?usize) noreturn {\n    std.debug.print(\"oh: {s}\\n\", .{text});\n    std.process.exit(3);\n}\n\npub fn main() void {\n    var at: usize = 3;\n    _ = &at;\n    const xs = [_]u8{ 1, 2, 3 };\n    std.debug.print(\"{d}\\n\", .{xs[at]});\n}\n";

#[test]
fn a_panic_is_what_the_program_makes_of_it() {
    let folder = ReadersFolder::new(&[("panics.zig", PANICS)]);
    trace(&folder.path("panics.zig"), &[])
        .says("Line 14 ran: calls mine. Next: line 6.")
        .says("Line 6 ran. Printed: oh: index out of bounds: index 3, len 3.")
        .says("It ended itself at line 7, with exit status 3.");
    let default = PANICS.replace("pub const panic", "pub const other");
    let folder = ReadersFolder::new(&[("panics.zig", &default)]);
    trace(&folder.path("panics.zig"), &[])
        .says("It panicked at line 14: index out of bounds: index 3, len 3.");
}
