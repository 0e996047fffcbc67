//! Broken and foreign programs: one clear error, never a panic. The readers of WebAssembly and DWARF are given
//! programs that were changed at random, the same way each time.

use crate::support::{self, Book};
use std::collections::BTreeMap;
use std::sync::LazyLock;

use book_recorder::Limits;
use book_recorder::build::{TraceBuilder, TraceEntry, TracedProgram};
use book_recorder::program::InstrumentedProgram;
use book_recorder::record::host::Machine;
use book_recorder::wasm::WasmModule;
use book_support::project::Project;
use book_toolchain as toolchain;

const SOURCE: &str = "const std = @import(\"std\");\n\nconst Node = struct { value: u32, next: ?*Node };\n\npub fn main(init: std.process.Init) !void {\n    const node = try init.gpa.create(Node);\n    defer init.gpa.destroy(node);\n    node.* = .{ .value = 1, .next = node };\n    const text: []const u8 = \"abc\";\n    std.debug.print(\"{s} {d}\\n\", .{ text[1..], node.value });\n}\n";
const PATH: &str = "01_traced/small.zig";

static BUILT: LazyLock<TracedProgram> = LazyLock::new(|| {
    let project = Project::find(&support::repository()).expect("the repository");
    let zig = toolchain::zig::find_or_install(&project).expect("Zig");
    let builder = TraceBuilder {
        zig: &zig.path,
        work: project.work(),
        name: "trace-tests-broken",
        waiting: &|| {},
    };
    let entry = TraceEntry {
        name: "small".into(),
        path: PATH.into(),
        is_test: false,
        test: None,
    };
    let files = BTreeMap::from([(PATH.to_string(), SOURCE.as_bytes().to_vec())]);
    builder.build(&[entry], &files).expect("it builds")
});

fn read(bytes: &[u8]) -> anyhow::Result<InstrumentedProgram> {
    let sources = BTreeMap::from([(PATH.to_string(), SOURCE.to_string())]);
    InstrumentedProgram::read(bytes, &BUILT.root.to_string_lossy(), &sources)
}

fn refusal(bytes: &[u8]) -> String {
    match read(bytes) {
        Ok(_) => panic!("it was read"),
        Err(error) => format!("{error:#}"),
    }
}

/// The range of a custom section's bytes within the file.
fn section(name: &str) -> std::ops::Range<usize> {
    let module = WasmModule::read(&BUILT.wasm).expect("a module");
    let data = module.debug[name];
    let start = data.as_ptr() as usize - BUILT.wasm.as_ptr() as usize;
    start..start + data.len()
}

/// Linkers name no source, and many listings are in one program.
#[test]
fn a_listing_that_holds_too_much_to_be_traced_is_named() {
    let large = "var data: [20 << 20]u8 = @splat(1);\n\npub fn main() void {\n    data[0] = 2;\n    std.debug.print(\"{d}\\n\", .{data[0]});\n}\n";
    let small = "pub fn main() void {\n    std.debug.print(\"2\\n\", .{});\n}\n";
    let head = "//@ run\n//@ trace";
    let book = Book::new()
        .zig("a", head, small)
        .zig("large", head, large)
        .zig("z", head, small);
    let said = book.xtask(&["test-listings", "--bless"]).found_wrong();
    said.says("listings/03_allocator/large.zig")
        .says("initial memory too small")
        .never_says("Zig broke down")
        .never_says("03_allocator/z.zig");
}

#[test]
fn what_was_not_built_for_tracing_is_refused_with_a_reason() {
    assert!(read(&BUILT.wasm).is_ok());
    assert!(refusal(b"\x7fELF\x02\x01\x01").contains("it is no WebAssembly module"));
    let empty = b"\0asm\x01\0\0\0";
    assert_eq!(refusal(empty), "it does not import the hook `trace.enter`");
    let renamed = replaced(b"\x05trace\x05enter", b"\x05trace\x05entex");
    assert_eq!(
        refusal(&renamed),
        "it does not import the hook `trace.enter`"
    );
    let without = replaced(b".debug_info", b".debug_gone");
    assert_eq!(
        refusal(&without),
        "it has no debug information: the section `.debug_info` is missing"
    );
    let sources = BTreeMap::from([("01_traced/other.zig".to_string(), String::new())]);
    let error = InstrumentedProgram::read(&BUILT.wasm, &BUILT.root.to_string_lossy(), &sources);
    assert_eq!(
        error.err().map(|error| error.to_string()).as_deref(),
        Some("its debug information names no listing")
    );
}

fn replaced(from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut bytes = BUILT.wasm.clone();
    let at = bytes
        .windows(from.len())
        .position(|window| window == from)
        .expect("the bytes are there");
    bytes[at..at + to.len()].copy_from_slice(to);
    bytes
}

#[test]
fn a_file_that_is_cut_off_is_refused() {
    let len = BUILT.wasm.len();
    for part in 0..20 {
        let cut = len * part / 20;
        if let Ok(program) = read(&BUILT.wasm[..cut]) {
            // Only what comes after the code may be missing.
            assert!(cut > section(".debug_info").end, "cut at {cut} of {len}");
            let _ = Machine::new(&program);
        }
    }
}

/// A generator of numbers that are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

#[test]
fn programs_changed_at_random_never_make_the_reader_panic() {
    let mut chance = Chance(0x2545_f491_4f6c_dd1d);
    let mut refused = 0;
    let mut ran = 0;
    let sections = [
        section(".debug_info"),
        section(".debug_abbrev"),
        section(".debug_line"),
        section(".debug_ranges"),
        0..BUILT.wasm.len(),
    ];
    for round in 0..200 {
        let mut bytes = BUILT.wasm.clone();
        let range = &sections[round % sections.len()];
        for _ in 0..1 + chance.below(8) {
            let at = range.start + chance.below(range.len());
            bytes[at] = match chance.below(4) {
                0 => 0,
                1 => 0xff,
                2 => bytes[at] ^ 1 << chance.below(8),
                _ => chance.below(256) as u8,
            };
        }
        let Ok(program) = read(&bytes) else {
            refused += 1;
            continue;
        };
        let Ok(machine) = Machine::new(&program) else {
            refused += 1;
            continue;
        };
        let limits = Limits {
            steps: 50,
            seen: 500,
            fuel: 300_000,
            memory: 64 << 20,
            output: 10_000,
            time: None,
        };
        let _ = machine.record(0, "01_traced/small", limits);
        ran += 1;
    }
    assert!(refused > 0 && ran > 0, "{refused} refused, {ran} ran");
}

#[test]
fn sections_of_any_bytes_never_make_the_readers_panic() {
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    let mut refused = 0;
    for _ in 0..20_000 {
        // A module of a few sections, each with a true or a wild length.
        let mut bytes = b"\0asm\x01\0\0\0".to_vec();
        for _ in 0..1 + chance.below(4) {
            let body: Vec<u8> = (0..chance.below(24))
                .map(|_| chance.below(256) as u8)
                .collect();
            bytes.push(chance.below(13) as u8);
            let is_true = chance.below(8) > 0;
            bytes.push(if is_true {
                body.len()
            } else {
                chance.below(256)
            } as u8);
            bytes.extend(body);
        }
        refused += usize::from(read(&bytes).is_err());
    }
    assert_eq!(
        refused, 20_000,
        "none of them is a program that can be traced"
    );
}
