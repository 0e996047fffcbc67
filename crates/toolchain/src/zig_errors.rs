//! What the Zig compiler says is wrong. Pure.

use std::sync::LazyLock;

use regex::{Captures, Regex};

/// One error of the Zig compiler with its notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZigError {
    /// Staged path of the first of the listings' files that it names, if it names one.
    pub path: Option<String>,
    /// The message, its source line and its notes; without the trace of references.
    pub text: String,
}

static ZIG_ERROR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:.+?:\d+:\d+: )?error: ").unwrap());
static OWN_FILE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(\d\d_[a-z0-9_]+/[A-Za-z0-9_./]+\.zig):\d+:\d+").unwrap());

/// Splits what the compiler said into its errors. `stage` is taken off the paths.
pub fn zig_errors(text: &str, stage: &str) -> Vec<ZigError> {
    let text = text.replace(&format!("{stage}/"), "");
    let mut blocks: Vec<Vec<&str>> = Vec::new();
    for line in text.lines() {
        if ZIG_ERROR.is_match(line) {
            blocks.push(vec![line]);
        } else if let Some(block) = blocks.last_mut() {
            block.push(line);
        }
    }
    blocks
        .into_iter()
        .map(|block| {
            let whole = block.join("\n");
            let path = OWN_FILE
                .captures(&whole)
                .map(|found: Captures<'_>| found[1].to_string());
            let shown = block
                .iter()
                .position(|line| line.starts_with("referenced by:"))
                .unwrap_or(block.len());
            let mut text: String = block[..shown]
                .iter()
                .copied()
                .map(|line| format!("{line}\n"))
                .collect();
            // Of the way from the program's entry to an error in the library, the listing's own part is what
            // its author wrote. `OWN_FILE` at the start of the error itself says enough.
            if OWN_FILE
                .find(block[0])
                .is_none_or(|found| found.start() != 0)
            {
                let own: Vec<&str> = block[shown..]
                    .iter()
                    .copied()
                    .filter(|line| OWN_FILE.is_match(line))
                    .collect();
                if !own.is_empty() {
                    text.push_str(&format!("referenced by:\n{}\n", own.join("\n")));
                }
            }
            ZigError {
                path,
                text: format!("{}\n", text.trim_end_matches('\n')),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_in_the_library_is_laid_at_the_listing_that_refers_to_it() {
        let raw = "\
03_allocator/a.zig:3:22: error: no member named 'x'
    std.x;
    ~~~^~
/t/ziglang/lib/std/mem.zig:1:1: error: bad type
    note line
referenced by:
    main: 05_arena/b.zig:4:5
run_debug.zig:9:1: error: nothing known
";
        let errors = zig_errors(raw, "/w/stage");
        let paths: Vec<Option<&str>> = errors.iter().map(|error| error.path.as_deref()).collect();
        assert_eq!(
            paths,
            [Some("03_allocator/a.zig"), Some("05_arena/b.zig"), None]
        );
        assert!(
            errors[1]
                .text
                .ends_with("referenced by:\n    main: 05_arena/b.zig:4:5\n")
        );
    }
}
