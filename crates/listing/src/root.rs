//! Zig listings that decide for the whole program they are in: what they do among many is not what they do alone. Pure.

use std::sync::LazyLock;

use regex::Regex;

use super::{Language, Listing};

/// What the standard library looks for in a program's root.
static DECLARED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^\s*pub\s+(?:(?:inline|noinline)\s+)?(?:const|var|fn)\s+(?:std_options\w*|panic|debug|os)\b").unwrap()
});
/// What asks for the root or the list of all tests, gives the program symbols, or lets the compiler work without a limit.
static ASKS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"(?m)"root"|\btest_functions\b|^\s*(?:pub\s+)?export\s|@export\b|@setEvalBranchQuota\b"#,
    )
    .unwrap()
});
static READS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"@(?:import|embedFile)\b").unwrap());
/// A file of the same folder, named in one plain string.
static PLAINLY: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"@(?:import|embedFile)\(\s*"([^"\\]*)"\s*,?\s*\)"#).unwrap());

impl Listing {
    /// Whether a Zig listing has to be built alone, in a folder that holds nothing but what it names: because it has
    /// declarations that count in a program's root only, exports symbols, asks who else is in the program, names a file
    /// in a way that only the compiler understands, or lifts the compiler's limit.
    pub fn stands_alone(&self) -> bool {
        if self.language != Language::Zig {
            return false;
        }
        let supports = self.support.iter();
        let mut texts = supports
            .filter(|support| support.path.ends_with(".zig"))
            .map(|support| String::from_utf8_lossy(&support.bytes).into_owned())
            .chain([self.source.clone()]);
        DECLARED.is_match(&self.source) || texts.any(|text| asks(&text))
    }
}

fn asks(text: &str) -> bool {
    let plain = PLAINLY
        .captures_iter(text)
        .filter(|found| !found[1].split('/').any(|part| part == ".."))
        .count();
    ASKS.is_match(text) || READS.find_iter(text).count() != plain
}

#[cfg(test)]
mod tests {
    use crate::testing;

    fn stands_alone(body: &str) -> bool {
        let source = format!("//@ run\nconst std = @import(\"std\");\n{body}\n");
        testing::listing("03_allocator/a.zig", &source, None).stands_alone()
    }

    #[test]
    fn what_counts_in_a_root_alone_or_is_read_otherwise_than_by_name_is_found() {
        for body in [
            "pub const std_options: std.Options = .{};",
            "pub fn panic(_: []const u8, _: ?usize) noreturn {}",
            "pub const panic = std.debug.no_panic;",
            "const root = @import(\"root\");",
            "const root = @import(\n    \"root\",\n);",
            "export fn add() void {}",
            "comptime { @export(&a, .{ .name = \"a\" }); }",
            "const tests = @import(\"builtin\").test_functions;",
            "const data = @embedFile(\"da\" ++ \"ta.txt\");",
            "const data = @embedFile(\"d\\x61ta.txt\");",
            "const other = @import(\"../04_gpa/b.zig\");",
            "comptime { @setEvalBranchQuota(100); }",
        ] {
            assert!(stands_alone(body), "{body}");
        }
        for body in [
            "pub fn main() void {}",
            "const data = @embedFile(\"data.txt\");",
            "const b = @import(\"data/b.zig\");",
            "fn panicking() void { @panic(\"x\"); }",
            "const exported = 1;",
        ] {
            assert!(!stands_alone(body), "{body}");
        }
    }
}
