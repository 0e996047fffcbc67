//! A small exercise for test books: `double` a text, in memory that the caller frees.

use super::Book;

const MANIFEST: &str = "\
title = \"Twice\"
minutes = 5
task = '''
Write `double`.
'''
practices = [\"allocating\"]
comparison = '''
Both allocate once.
'''

[[signature]]
zig = \"fn double(gpa: Allocator, text: []const u8) ![]u8\"
rust = \"fn double(text: &str) -> String\"
meaning = \"the caller owns it\"
";

const HINTS: &str = "## Hint 1\n\nThink.\n\n## Hint 2\n\nCount.\n\n## Hint 3\n\n`2 * text.len`\n";

const ZIG_TESTS: &str = "\
const exercise = @import(\"exercise\");
const std = @import(\"std\");
const testing = std.testing;

test \"Double is twice as long\" {
    const text = try exercise.double(testing.allocator, \"abc\");
    defer testing.allocator.free(text);
    if (text.len != 6) {
        std.debug.print(\"\\nhint: two times three\\n\", .{});
        return error.TestFailed;
    }
}

test \"Double repeats the text\" {
    const text = try exercise.double(testing.allocator, \"ab\");
    defer testing.allocator.free(text);
    try testing.expectEqualStrings(\"abab\", text);
}
";

const RUST_TESTS: &str = "\
use exercise::double;

#[test]
fn double_is_twice_as_long() {
    assert!(double(\"abc\").len() == 6, \"hint: two times three\");
}

#[test]
fn double_repeats_the_text() {
    assert_eq!(double(\"ab\"), \"abab\");
}
";

/// A Zig file whose `double` has this body.
pub fn zig(body: &str) -> String {
    format!(
        "const std = @import(\"std\");\n\npub fn double(gpa: std.mem.Allocator, text: []const u8) ![]u8 {{\n    {body}\n}}\n"
    )
}

/// A Rust file whose `double` has this body.
pub fn rust(body: &str) -> String {
    format!("pub fn double(text: &str) -> String {{\n    {body}\n}}\n")
}

pub const ZIG_SOLUTION: &str = "return std.mem.concat(gpa, u8, &.{ text, text });";
pub const ZIG_STARTER: &str = "_ = .{ gpa, text };\n    return error.Todo;";

impl Book {
    /// A sound exercise in `exercises/NAME/`.
    pub fn exercise(self, name: &str) -> Book {
        let folder = format!("exercises/{name}");
        let mut book = self
            .write(&format!("{folder}/exercise.toml"), MANIFEST)
            .write(&format!("{folder}/hints.md"), HINTS)
            .write(&format!("{folder}/tests.zig"), ZIG_TESTS)
            .write(&format!("{folder}/tests.rs"), RUST_TESTS)
            .write(&format!("{folder}/starter.zig"), zig(ZIG_STARTER))
            .write(&format!("{folder}/solution.zig"), zig(ZIG_SOLUTION))
            .write(&format!("{folder}/starter.rs"), rust("text.to_string()"))
            .write(&format!("{folder}/solution.rs"), rust("text.repeat(2)"));
        for count in [0, 1, 3, 4, 5] {
            let mutant = zig(&format!(
                "const all = try gpa.alloc(u8, {count} * text.len);\n    @memset(all, 'x');\n    return all;"
            ));
            book = book
                .write(
                    &format!("{folder}/mutants/times_{count}.zig"),
                    format!("//@ killed-by: Double is twice as long\n{mutant}"),
                )
                .write(
                    &format!("{folder}/mutants/times_{count}.rs"),
                    format!(
                        "//@ killed-by: double_is_twice_as_long\n{}",
                        rust(&format!("text.repeat({count})"))
                    ),
                );
        }
        book
    }
}
