//! Makes what a listing printed the same on every machine and at every run. Pure.
//!
//! Paths become relative to the lesson's folder; addresses, thread numbers, seeds and durations go; of stack
//! traces only the frames in the listing's own files stay.

use std::sync::LazyLock;

use regex::Regex;

use book_listing::Language;
use book_toolchain::zig_output::{self, Addresses};

/// Changes with the rules of this module; those of what Zig prints are `book_toolchain`'s.
pub const SOURCE_HASH: &str = env!("NORMALIZER_HASH");

/// Where a listing was built and run.
#[derive(Clone, Copy, Debug)]
pub struct RunPaths<'a> {
    /// The folder that holds the staged lessons, absolute.
    pub stage: &'a str,
    /// The folder that holds Zig's `lib`, absolute; empty for other languages.
    pub zig: &'a str,
    /// The lesson's folder in the stage.
    pub lesson: &'a str,
    /// The namespaces of its sources, without the lesson's: `a` of `03_allocator.a.Tensor`.
    pub names: &'a [String],
}

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"0x[0-9a-f]{9,16}\b").unwrap());
static RUST_THREAD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?m)^thread '([^']*)' \(\d+\) ").unwrap());
static RUST_SECONDS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?m)^(test result: .*); finished in [0-9.]+s$").unwrap());
/// What `unittest` says after its line of dashes.
static PYTHON_SECONDS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?m)^(-{70}\nRan \d+ tests?) in [0-9.]+s$").unwrap());
static PYTHON_FRAME: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"^  File "(.+?)", line (\d+)(.*)$"#).unwrap());

/// The text as the book records it. It ends in a line feed unless it is empty.
pub fn normalize(text: &str, language: Language, place: RunPaths<'_>) -> String {
    let text = text.replace("\r\n", "\n");
    let text = match language {
        Language::Zig => zig(&text, place),
        Language::Rust => {
            let text = text.replace(&format!("{}/", place.stage), "");
            let text = without_lesson(&text, place);
            let text = RUST_THREAD.replace_all(&text, "thread '$1' ");
            let text = RUST_SECONDS.replace_all(&text, "$1");
            text.lines()
                .filter(|line| !line.starts_with("note: run with `RUST_BACKTRACE=1`"))
                .map(with_newline)
                .collect()
        }
        Language::Python => python(&text, place),
    };
    let text = ADDRESS.replace_all(&text, "0x…");
    let text: String = text
        .lines()
        .map(|line| with_newline(line.trim_end()))
        .collect();
    let trimmed = text.trim_end_matches('\n');
    if trimmed.is_empty() {
        String::new()
    } else {
        format!("{trimmed}\n")
    }
}

fn with_newline(line: &str) -> String {
    format!("{line}\n")
}

fn zig(text: &str, place: RunPaths<'_>) -> String {
    let text = zig_output::without_threads(text);
    let text = zig_output::without_generated_numbers(&text);
    let text = zig_output::without_block_addresses(&text, Addresses::Long)
        .replace(&format!("{}/", place.stage), "")
        .replace(&format!("{}/lib/", place.zig), "lib/");
    let text = frames(&text, &format!("{}/", place.lesson));
    without_lesson(&text, place)
}

/// Takes the lesson's folder off the paths of its sources and off the names in their namespaces, which it begins in a
/// program of many listings: `03_allocator/a.zig:7:3`, `03_allocator.a.Tensor`. What only looks like that stays.
fn without_lesson(text: &str, place: RunPaths<'_>) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(place.lesson) {
        let (before, from) = rest.split_at(at);
        kept.push_str(before);
        let begins = !kept.ends_with(|c: char| c.is_alphanumeric() || "_./".contains(c));
        let after = &from[place.lesson.len()..];
        let is_path = after.starts_with('/') && SOURCE_PATH.is_match(&after[1..]);
        let is_name = after.starts_with('.')
            && place.names.iter().any(|name| {
                let rest = after[1..].strip_prefix(name.as_str());
                rest.is_some_and(|rest| {
                    !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_')
                })
            });
        if begins && (is_path || is_name) {
            rest = &after[1..];
        } else {
            kept.push_str(place.lesson);
            rest = after;
        }
    }
    kept.push_str(rest);
    kept
}

/// A source at the start of a text.
static SOURCE_PATH: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[A-Za-z0-9_/]+\.(?:zig|rs|py)\b").unwrap());

/// Keeps the frames in files below `lesson`, and folds a frame that repeats.
fn frames(text: &str, lesson: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut kept = String::new();
    let mut left_out = false;
    let mut last_frame = String::new();
    let mut repeated = 0;
    let mut index = 0;
    while index < lines.len() {
        let line = lines[index];
        if line == zig_output::TRUNCATED {
            // How many frames fit depends on those that the program of many listings adds.
            index += 1;
            continue;
        }
        let Some(frame) = zig_output::frame(line) else {
            left_out = false;
            repeated = 0;
            last_frame.clear();
            kept.push_str(&with_newline(line));
            index += 1;
            continue;
        };
        index += 1;
        let source = &lines[index..][..zig_output::source_lines(&lines[index..])];
        index += source.len();
        if !frame.path.starts_with(lesson) {
            left_out = true;
            continue;
        }
        let shown = frame.recorded();
        let whole: String = std::iter::once(shown.as_str())
            .chain(source.iter().copied())
            .map(with_newline)
            .collect();
        if whole == last_frame {
            repeated += 1;
            if repeated == 2 {
                kept.push_str(&with_newline(zig_output::REPEATED_FRAME));
            }
            if repeated >= 2 {
                continue;
            }
        } else {
            repeated = 0;
        }
        if left_out {
            kept.push_str(&with_newline(zig_output::LIBRARY_FRAMES));
        }
        left_out = false;
        kept.push_str(&whole);
        last_frame = whole;
    }
    kept
}

fn python(text: &str, place: RunPaths<'_>) -> String {
    let folder = format!("{}/{}/", place.stage, place.lesson);
    let text = PYTHON_SECONDS.replace_all(text, "$1");
    let mut kept = String::new();
    // What may come next of the frame before: its source, and carets under that.
    let (mut source, mut carets) = (false, false);
    let mut dropping = false;
    for line in text.lines() {
        if let Some(frame) = PYTHON_FRAME.captures(line) {
            let file = frame[1].strip_prefix(&folder).map(str::to_string);
            let own = file.or_else(|| {
                (!frame[1].starts_with('/') && !frame[1].starts_with('<'))
                    .then(|| frame[1].to_string())
            });
            dropping = own.is_none();
            if let Some(file) = own {
                kept.push_str(&format!(
                    "  File \"{file}\", line {}{}\n",
                    &frame[2], &frame[3]
                ));
            }
            (source, carets) = (true, true);
        } else if dropping && line.starts_with("    ") {
            // The source of a frame that is left out.
        } else if carets && line.starts_with("    ") && zig_output::is_mark(line) {
            // Carets under the source came with Python 3.11.
            carets = false;
        } else {
            // Python 3.13 shows a statement of several lines whole.
            let is_source = source && line.starts_with("    ");
            (source, carets) = (is_source, is_source);
            dropping = false;
            kept.push_str(&with_newline(line));
        }
    }
    kept.replace(&folder, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    static NAMES: LazyLock<[String; 2]> = LazyLock::new(|| ["a".to_string(), "owner".to_string()]);
    static PLACE: LazyLock<RunPaths<'static>> = LazyLock::new(|| RunPaths {
        stage: "/w/stage",
        zig: "/t/ziglang",
        lesson: "03_allocator",
        names: NAMES.as_slice(),
    });

    #[test]
    fn of_a_zig_trace_the_listings_own_frames_stay() {
        let raw = "\
thread 4453 panic: double free of [addr: 7f11aabb0000, len: 16 (0x10) align: 1]
second free:
/t/ziglang/lib/std/heap/SafeAllocator.zig:518:30: 0x11ef4b7 in startModify (std.zig)
                        panic(
                             ^
/w/stage/03_allocator/twice.zig:8:13: 0x11e4251 in main (run_debug.zig)
    gpa.free(a);
            ^
/w/stage/run_debug.zig:10:5: 0x11e4251 in main__anon_42 (run_debug.zig)
    call(x);
    ^
";
        assert_eq!(
            normalize(raw, Language::Zig, *PLACE),
            "panic: double free of [addr: …, len: 16 (0x10) align: 1]\nsecond free:\n\
             (frames of the standard library)\ntwice.zig:8:13: in main\n    gpa.free(a);\n            ^\n"
        );
    }

    #[test]
    fn a_frame_that_repeats_is_folded() {
        let frame = "/w/stage/03_allocator/deep.zig:3:5: 0x11e4251 in deeper (run.zig)\n    deeper();\n    ^\n";
        let raw = format!("panic\n{}", frame.repeat(500));
        let shown = "deep.zig:3:5: in deeper\n    deeper();\n    ^\n";
        assert_eq!(
            normalize(&raw, Language::Zig, *PLACE),
            format!("panic\n{shown}{shown}(the same frame again and again)\n")
        );
    }

    #[test]
    fn names_lose_the_lesson_that_only_the_group_gives_them() {
        let raw = "1/1 03_allocator.owner.test.frees...OK\n";
        assert_eq!(
            normalize(raw, Language::Zig, *PLACE),
            "1/1 owner.test.frees...OK\n"
        );
    }

    #[test]
    fn rust_loses_thread_numbers_durations_and_the_lessons_folder() {
        let raw = "\nthread 'main' (1234) panicked at 03_allocator/a.rs:4:5:\nindex out of bounds\n\
                   note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n";
        assert_eq!(
            normalize(raw, Language::Rust, *PLACE),
            "\nthread 'main' panicked at a.rs:4:5:\nindex out of bounds\n"
        );
        assert_eq!(
            normalize(
                "test result: ok. 1 passed; 0 failed; finished in 0.01s\n",
                Language::Rust,
                *PLACE
            ),
            "test result: ok. 1 passed; 0 failed\n"
        );
    }

    #[test]
    fn what_a_program_prints_of_its_own_stays() {
        let of = |text: &str, language| normalize(text, language, *PLACE);
        for text in [
            "see 03_allocator.zip, __struct_12\n",
            "03_allocator/notes.txt\n",
            "x03_allocator/a.zig\n",
        ] {
            assert_eq!(of(text, Language::Zig), text);
        }
        assert_eq!(
            of(
                "03_allocator.a.Pair__struct_12 in 03_allocator/a.zig\n",
                Language::Zig
            ),
            "a.Pair in a.zig\n"
        );
        for text in ["    ^^^^\n", "ab\n    ~~~^^\n", "Ran 1 test in 0.011s\n"] {
            assert_eq!(of(text, Language::Python), text);
        }
        let text = "it is; finished in 0.1s\n";
        assert_eq!(of(text, Language::Rust), text);
    }

    #[test]
    fn tests_in_python_lose_the_time_they_took() {
        let dashes = "-".repeat(70);
        let raw = format!("{dashes}\nRan 2 tests in 0.011s\n\nOK\n");
        let shown = format!("{dashes}\nRan 2 tests\n\nOK\n");
        assert_eq!(normalize(&raw, Language::Python, *PLACE), shown);
    }

    #[test]
    fn python_tracebacks_keep_the_listings_frames_and_no_carets() {
        let raw = "Traceback (most recent call last):\n  File \"/w/stage/03_allocator/a.py\", line 7, in <module>\n    f()\n    ^^^\n  File \"/usr/lib/python3.11/x.py\", line 1, in f\n    g()\nValueError: no\n";
        assert_eq!(
            normalize(raw, Language::Python, *PLACE),
            "Traceback (most recent call last):\n  File \"a.py\", line 7, in <module>\n    f()\nValueError: no\n"
        );
    }
}
