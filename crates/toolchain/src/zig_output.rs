//! What a Zig program says of itself: panics and crashes, stack traces, leaks, and how `zig test` tells of tests. Whoever
//! looks for one of these in a text asks here; a table of cases holds this and the page's scripts to each other. Pure.
//!
//! What the compiler says is in [`super::zig_errors`].

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Captures, Regex};

/// Compiles a pattern of this file.
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a regular expression")
}

/// A panic, as the line says it that announces it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Panic<'a> {
    /// Its number, which a program of one thread does not tell.
    pub thread: Option<&'a str>,
    /// What the program says.
    pub message: &'a str,
}

/// The panic that a line announces: `thread 4453 panic: integer overflow`.
pub fn panic(line: &str) -> Option<Panic<'_>> {
    static PANIC: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:thread (\d+) )?panic: (.*)$"));
    PANIC.captures(line).map(as_panic)
}

/// The panic that is announced somewhere in a line: the program may have begun the line itself.
pub fn panic_within(line: &str) -> Option<Panic<'_>> {
    static PANIC: LazyLock<Regex> = LazyLock::new(|| pattern(r"\bthread (\d+) panic: (.*)$"));
    panic(line).or_else(|| PANIC.captures(line).map(as_panic))
}

fn as_panic(found: Captures<'_>) -> Panic<'_> {
    Panic {
        thread: found.get(1).map(|number| number.as_str()),
        message: found.get(2).map_or("", |text| text.as_str()),
    }
}

/// The text without the numbers of threads that panic.
pub fn without_threads(text: &str) -> Cow<'_, str> {
    static THREAD: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?m)^thread \d+ panic: "));
    THREAD.replace_all(text, "panic: ")
}

/// What stopped a program that did not panic, as Zig names it in the line: `Segmentation fault`.
pub fn crash(line: &str) -> Option<&'static str> {
    [
        "Segmentation fault",
        "Bus error",
        "Illegal instruction",
        "Arithmetic exception",
    ]
    .into_iter()
    .find(|crash| line.starts_with(crash))
}

/// A frame of a stack trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrintedFrame<'a> {
    /// The file, as it is printed.
    pub path: &'a str,
    /// A number, counted from 1, or `?`.
    pub line: &'a str,
    /// The same.
    pub column: &'a str,
    /// The function's name.
    pub function: &'a str,
}

/// The frame that a line is: `/b/a.zig:7:13: 0x11e4251 in main (a.zig)`.
pub fn frame(line: &str) -> Option<PrintedFrame<'_>> {
    static FRAME: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^(.+?):(\d+|\?):(\d+|\?): 0x[0-9a-f]+ in (.+) \([^()]*\)$"));
    let found = FRAME.captures(line)?;
    let [path, line, column, function] =
        [1, 2, 3, 4].map(|group| found.get(group).map_or("", |text| text.as_str()));
    Some(PrintedFrame {
        path,
        line,
        column,
        function,
    })
}

impl PrintedFrame<'_> {
    /// As the book records it: without what differs from build to build.
    pub fn recorded(&self) -> String {
        let PrintedFrame {
            path,
            line,
            column,
            function,
        } = self;
        format!("{path}:{line}:{column}: in {function}")
    }
}

/// Whether a line is the mark under a line of source: `    ~~~^~`.
pub fn is_mark(line: &str) -> bool {
    let mark = line.trim();
    !mark.is_empty() && mark.bytes().all(|byte| matches!(byte, b'~' | b'^'))
}

/// How many of the lines after a frame show its source: that and the mark under it, or none.
pub fn source_lines(after: &[&str]) -> usize {
    match after.get(1) {
        Some(mark) if is_mark(mark) => 2,
        _ => 0,
    }
}

/// What Zig prints where it keeps no more frames.
pub const TRUNCATED: &str = "(additional stack frames may have been skipped...)";
/// What stands in recorded output for frames of the standard library between frames of the listing.
pub const LIBRARY_FRAMES: &str = "(frames of the standard library)";
/// What stands there for a frame that comes again and again.
pub const REPEATED_FRAME: &str = "(the same frame again and again)";

/// What Zig prints in place of a trace that holds nothing.
pub const EMPTY_TRACE: &str = "(empty stack trace)";
/// What it prints where the program shows none.
pub const NO_TRACE: &str = "Cannot print stack trace: stack tracing is disabled";

/// Recorded output without stack traces, and without what stands for them where there are none.
pub fn without_traces(recorded: &str) -> String {
    static FRAME: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?m)^\S+\.zig:[\d?]+:[\d?]+: in .*\n(?:.*\n *[~^]+\n)?"));
    static NO_FRAME: LazyLock<Regex> = LazyLock::new(|| {
        let [library, repeated, empty] =
            [LIBRARY_FRAMES, REPEATED_FRAME, EMPTY_TRACE].map(regex::escape);
        pattern(&format!(
            r"(?m)^(?:{library}|{repeated}|{empty}|Cannot print stack trace: .*)\n"
        ))
    });
    static BLANK_LINES: LazyLock<Regex> = LazyLock::new(|| pattern(r"\n\n+"));
    let text = FRAME.replace_all(recorded, "");
    let text = NO_FRAME.replace_all(&text, "");
    BLANK_LINES.replace_all(&text, "\n").trim().to_string()
}

/// A block of memory that was never freed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrintedLeak {
    /// In bytes, if the allocator tells.
    pub size: Option<u64>,
}

/// The leak that a line reports, in a program or in a test: `error(SafeAllocator): leaked [addr: 7f00, len: 3 …`.
pub fn leak(line: &str) -> Option<PrintedLeak> {
    static LEAK: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"^(?:error\((?:Safe|Debug)Allocator\): |\[(?:Safe|Debug)Allocator\] \(err\): )",
            r"(?:leaked \[addr: (?:0x)?[0-9a-f]+, len: (\d*)|memory address 0x[0-9a-f]+ leaked:)"
        ))
    });
    let found = LEAK.captures(line)?;
    Some(PrintedLeak {
        size: found.get(1).and_then(|size| size.as_str().parse().ok()),
    })
}

/// Whether a line of a test's output is an error that was logged.
pub fn is_logged_error(line: &str) -> bool {
    line.contains("(err): ")
}

/// The text with `word(size)` for each block of memory that the safe allocator speaks of, its size in bytes.
pub fn with_blocks_as(text: &str, word: impl Fn(u64) -> String) -> String {
    static BLOCK: LazyLock<Regex> = LazyLock::new(|| pattern(r"\[addr: \S+ len: (\d+) [^\]]*\]"));
    BLOCK
        .replace_all(text, |found: &Captures<'_>| {
            word(found[1].parse().unwrap_or_default())
        })
        .into_owned()
}

/// How long the addresses of a machine are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Addresses {
    /// Six digits at least: what is shorter is a number of the program.
    Long,
    /// Those of WebAssembly are any number of digits long.
    Short,
}

/// The text without the addresses of blocks, which the safe allocator writes without a prefix.
pub fn without_block_addresses(text: &str, addresses: Addresses) -> Cow<'_, str> {
    static LONG: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(\[addr: |at \*)(?:0x)?[0-9a-f]{6,}"));
    static SHORT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(\[addr: |at \*)(?:0x)?[0-9a-f]+"));
    let address = match addresses {
        Addresses::Long => &LONG,
        Addresses::Short => &SHORT,
    };
    address.replace_all(text, "$1…")
}

/// The text without the addresses of pointers, which `{any}` writes behind their types: `u8@18b9875`.
pub fn without_pointer_addresses(text: &str) -> Cow<'_, str> {
    static POINTER: LazyLock<Regex> = LazyLock::new(|| pattern("@[0-9A-Fa-f]{6,}"));
    POINTER.replace_all(text, "@…")
}

/// The text without the numbers that the compiler gives to what has no name of its own, after the names of what it is in.
pub fn without_generated_numbers(text: &str) -> Cow<'_, str> {
    static GENERATED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(\w\.\w+?|\bmain|[0-9a-f] in \w+?)__(?:anon|func|struct|enum|union|opaque)_\d+")
    });
    GENERATED.replace_all(text, "$1")
}

/// The line with which a test begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TestBegins<'a> {
    /// Counted from 1.
    pub number: usize,
    /// How many tests there are.
    pub total: usize,
    /// With the namespace of its file: `tests.test.Join frees`.
    pub name: &'a str,
    /// What stands after it in the line: how it ended, or what it printed first.
    pub rest: &'a str,
}

/// The test that begins with a line: `3/9 tests.test.Join frees...OK`.
pub fn test_begins(line: &str) -> Option<TestBegins<'_>> {
    static TEST: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(\d+)/(\d+) (.+?)\.\.\.(.*)$"));
    let found = TEST.captures(line)?;
    Some(TestBegins {
        number: found[1].parse().ok()?,
        total: found[2].parse().ok()?,
        name: found.get(3)?.as_str(),
        rest: found.get(4)?.as_str(),
    })
}

/// The error with which a test failed, if this line ends by saying so: `FAIL (TestExpectedEqual)`.
pub fn test_failure(line: &str) -> Option<&str> {
    static FAIL: LazyLock<Regex> = LazyLock::new(|| pattern(r"FAIL \((\w+)\)$"));
    Some(FAIL.captures(line)?.get(1)?.as_str())
}

/// How a runner tells at its end of the tests that passed, were skipped, and failed.
const COUNTS: &str = r"(?:All (\d+) tests passed\.|(\d+) passed; \d+ skipped; (\d+) failed\.)";

/// Whether a line is that with which a runner counts its tests.
pub fn is_count_of_tests(line: &str) -> bool {
    static LINE: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("^{COUNTS}$")));
    LINE.is_match(line)
}

/// How many tests were really run, as the runner says at its end; nothing if it did not come to its end.
pub fn tests_run(text: &str) -> Option<usize> {
    static END: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?:^|\n){COUNTS}\n(?:\d+ errors were logged\.\n)?(?:\d+ tests leaked memory\.\n)?\s*$"
        ))
    });
    let found = END.captures(text)?;
    let counts = (1..=3).filter_map(|group| found.get(group)?.as_str().parse::<usize>().ok());
    Some(counts.sum())
}

/// What `std.testing.checkAllAllocationFailures` tells of the attempt that leaked, a line each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForcedFailure {
    /// The allocation that was made to fail, counted from 1, of so many.
    Allocation(u64, u64),
    /// In bytes.
    Allocated(u64),
    /// In bytes.
    Freed(u64),
    /// How often memory was taken or given back.
    Count,
}

/// What such a line tells: `fail_index: 1/3` is allocation 2 of 3.
pub fn forced_failure(line: &str) -> Option<ForcedFailure> {
    let (key, value) = line.split_once(": ")?;
    let number = |text: &str| text.parse::<u64>().ok();
    Some(match key {
        "fail_index" => {
            let (index, total) = value.split_once('/')?;
            ForcedFailure::Allocation(number(index)? + 1, number(total)?)
        }
        "allocated bytes" => ForcedFailure::Allocated(number(value)?),
        "freed bytes" => ForcedFailure::Freed(number(value)?),
        "allocations" | "deallocations" => ForcedFailure::Count,
        _ => return None,
    })
}

/// What happened where the frames under a label are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TraceOf {
    /// Memory was allocated.
    Allocation,
    /// It was freed.
    Free,
    /// It was freed once more.
    SecondFree,
    /// `std.testing.FailingAllocator` refused.
    ForcedFailure,
}

/// The label above a trace of the safe or the failing allocator: `first free:`.
pub fn trace_label(line: &str) -> Option<TraceOf> {
    Some(match line.trim_end().strip_suffix(':')? {
        "alloc" => TraceOf::Allocation,
        "free" | "first free" => TraceOf::Free,
        "second free" => TraceOf::SecondFree,
        "allocation that was made to fail" => TraceOf::ForcedFailure,
        _ => return None,
    })
}

/// A rule between the parts of a comparison of slices; with the words in it, if there are some.
pub fn rule(line: &str) -> Option<Option<&str>> {
    static RULE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^=+(?: (.*?) =+.*)?$"));
    let found = RULE.captures(line)?;
    Some(found.get(1).map(|words| words.as_str()))
}
