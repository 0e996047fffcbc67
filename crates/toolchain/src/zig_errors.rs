//! What the Zig compiler says is wrong. Pure.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::zig_output::{is_mark, source_lines};

/// Whether an error shortens a long name of a type, which it says in a note: `note: T = const_owner.Tensor`.
pub fn is_shortened(text: &str) -> bool {
    static SHORTENED: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?m): note: [A-Z]\w* = ").unwrap());
    SHORTENED.is_match(text)
}

/// A place in a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The source's path, relative to the folder in which Zig ran.
    pub path: String,
    /// Counted from 1.
    pub line: u32,
    /// Counted from 1, in bytes.
    pub column: u32,
}

/// One error of the Zig compiler.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZigError {
    /// The first place in the sources that it names, if it names one: where it is, or from where the library is used.
    pub place: Option<Place>,
    /// What is wrong; it may have several lines.
    pub message: String,
    /// What the compiler adds.
    pub notes: Vec<ErrorNote>,
    /// The message, its source line and its notes as they are printed; of the trace of references, the sources' own.
    pub text: String,
}

/// What the compiler adds to an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorNote {
    /// Where, if it is in the sources.
    pub place: Option<Place>,
    /// What it says; it may have several lines.
    pub message: String,
}

/// What linkers and LLVM say, without a place, of a program that holds more than its target's memory or than its
/// instructions reach.
const OF_TOO_LARGE_A_PROGRAM: [&str; 4] = [
    // LLVM's linker for WebAssembly, when the size of the memory was asked for.
    "wasm-ld: initial memory too small, ",
    // LLVM, of data beyond 2 GiB, and its linker, of what LLVM makes of data close to 4 GiB.
    "LLVM ERROR: LEB is outside Varint32 range",
    "Function extends beyond buffer",
    // LLVM's linker for native programs, of code and data more than 2 GiB apart.
    " out of range: ",
];

impl ZigError {
    /// Whether it is a source's. What the compiler says of no source is the machine's trouble, but for symbols, which are
    /// looked for when all are compiled, and for what is too large.
    pub fn is_of_source(&self) -> bool {
        self.place.is_some() || self.text.contains("symbol") || self.is_of_size()
    }

    /// Whether the program is too large to be linked. Whose source it is, if there are several, the error does not tell.
    pub fn is_of_size(&self) -> bool {
        let is_said = |words: &&str| self.message.contains(*words);
        self.place.is_none() && OF_TOO_LARGE_A_PROGRAM.iter().any(is_said)
    }
}

/// The texts of errors, each once.
pub fn all_texts(errors: &[ZigError]) -> String {
    let texts: BTreeSet<&str> = errors.iter().map(|error| error.text.as_str()).collect();
    texts.into_iter().collect()
}

/// The head of a message: where, of which kind, what.
static HEAD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:(.+?):(\d+):(\d+): )?(error|note): (.*)$").unwrap());
/// A place on the way from the program's entry to an error.
static REFERENCE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^    .+?: (\S.*?):(\d+):(\d+)$").unwrap());
/// What stands above such places.
const REFERENCES: &str = "referenced by:";

/// The place that is the first three groups of `found`, if it is in a source.
fn place(found: &Captures<'_>, is_source: &dyn Fn(&str) -> bool) -> Option<Place> {
    let path = found.get(1)?.as_str();
    is_source(path).then_some(())?;
    Some(Place {
        path: path.to_string(),
        line: found[2].parse().ok()?,
        column: found[3].parse().ok()?,
    })
}

/// Reads what the compiler said. It ran in `folder`, which is taken off the paths; `is_source` tells the paths of sources
/// from those of what the tool and Zig add to them.
pub fn zig_errors(text: &str, folder: &str, is_source: &dyn Fn(&str) -> bool) -> Vec<ZigError> {
    let text = text.replace(&format!("{folder}/"), "");
    let mut blocks: Vec<Vec<&str>> = Vec::new();
    for line in text.lines() {
        if HEAD
            .captures(line)
            .is_some_and(|found| &found[4] == "error")
        {
            blocks.push(vec![line]);
        } else if let Some(block) = blocks.last_mut() {
            block.push(line);
        }
    }
    blocks
        .into_iter()
        .map(|block| zig_error(&block, is_source))
        .collect()
}

/// The error that these lines are, the first of them its head.
fn zig_error(block: &[&str], is_source: &dyn Fn(&str) -> bool) -> ZigError {
    let traced = block
        .iter()
        .position(|line| line.starts_with(REFERENCES))
        .unwrap_or(block.len());
    let (told, trace) = block.split_at(traced);
    // The error itself and its notes.
    let mut messages: Vec<ErrorNote> = Vec::new();
    let mut at = 0;
    while at < told.len() {
        let found = HEAD.captures(told[at]);
        at += 1;
        let Some(found) = found else { continue };
        let mut message = found[5].to_string();
        // A message may go on, until the source line with its marks or the next head.
        while at < told.len() && !HEAD.is_match(told[at]) && source_lines(&told[at..]) == 0 {
            if !told[at].trim().is_empty() && !is_mark(told[at]) {
                message.push('\n');
                message.push_str(told[at]);
            }
            at += 1;
        }
        messages.push(ErrorNote {
            place: place(&found, is_source),
            message,
        });
    }
    let mut text: String = told.iter().map(|line| format!("{line}\n")).collect();
    let references = trace.iter().filter_map(|line| {
        let place = place(&REFERENCE.captures(line)?, is_source)?;
        Some((*line, place))
    });
    let (references, referring): (Vec<&str>, Vec<Place>) = references.unzip();
    let error = messages.remove(0);
    // Of the way from the program's entry to an error in the library, the source's own part is what its author wrote. An
    // error in the source itself says enough.
    if error.place.is_none() && !references.is_empty() {
        text.push_str(&format!("{REFERENCES}\n{}\n", references.join("\n")));
    }
    let noted = messages.iter().filter_map(|note| note.place.clone());
    ZigError {
        place: error.place.or_else(|| noted.chain(referring).next()),
        message: error.message,
        notes: messages,
        text: format!("{}\n", text.trim_end_matches('\n')),
    }
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
        let errors = zig_errors(raw, "/w/stage", &|path| {
            !path.starts_with('/') && path != "run_debug.zig"
        });
        let place = |path: &str, line, column| {
            let path = path.to_string();
            Some(Place { path, line, column })
        };
        let places: Vec<Option<Place>> = errors.iter().map(|error| error.place.clone()).collect();
        assert_eq!(
            places,
            [
                place("03_allocator/a.zig", 3, 22),
                place("05_arena/b.zig", 4, 5),
                None
            ]
        );
        assert!(
            errors[1]
                .text
                .ends_with("referenced by:\n    main: 05_arena/b.zig:4:5\n")
        );
    }

    fn read(text: &str) -> Vec<ZigError> {
        zig_errors(text, "/w", &|path| {
            path == "a.zig" || path == "sub/my b.zig"
        })
    }

    #[test]
    fn errors_have_their_lines_and_notes() {
        let errors = read(
            "a.zig:3:9: error: expected type 'u8', found '[]const u8'\n    return text;\n           ^~~~\n\
             a.zig:1:5: note: function return type declared here\nfn f() u8 {\n       ^~\n\
             referenced by:\n    main: a.zig:7:5\n    callMain [inlined]: /lib/std/start.zig:788:64\n\
             sub/my b.zig:2:1: error: two\nlines of it\nsource\n^\n",
        );
        assert_eq!(errors.len(), 2);
        let line = |place: &Option<Place>| place.as_ref().map(|place| (place.line, place.column));
        assert_eq!(line(&errors[0].place), Some((3, 9)));
        assert_eq!(errors[0].message, "expected type 'u8', found '[]const u8'");
        assert_eq!(line(&errors[0].notes[0].place), Some((1, 5)));
        assert_eq!(errors[1].place.as_ref().unwrap().path, "sub/my b.zig");
        assert_eq!(errors[1].message, "two\nlines of it");
    }

    #[test]
    fn what_the_compiler_finds_in_no_source_has_no_place() {
        let errors = read("error: the following command failed\n");
        assert_eq!((errors.len(), &errors[0].place), (1, &None));
        assert!(!errors[0].is_of_source());
        assert!(read("error: undefined symbol: f\n")[0].is_of_source());
    }

    #[test]
    fn what_is_too_large_is_the_sources_fault_although_it_has_no_place() {
        for said in [
            "error: wasm-ld: initial memory too small, 37756988 bytes needed\n",
            "error: /t/zig terminated with signal ABRT and stderr:\nLLVM ERROR: LEB is outside Varint32 range\n",
            "error: wasm-ld: c/tmp/cdc98c80/g_zcu.o: Function extends beyond buffer\n",
            "error: ld.lld: c/tmp/c9ce9d72/h_zcu.o:(.text+0x8b): relocation R_X86_64_PC32 out of range: 3221358421 is not in \
             [-2147483648, 2147483647]; references section '.bss'\n    note: referenced by h\n",
        ] {
            let error = &read(said)[0];
            assert!(error.is_of_size() && error.is_of_source(), "{said}");
        }
        let broken = "error: ld.lld: cannot open c/o/8b/libc.a: file is empty\n";
        let crashed = "error: /t/zig terminated with signal SEGV and stderr:\n";
        let elsewhere = "a.zig:1:1: error: index 3 out of range: 0..2\n";
        assert!(
            [broken, crashed, elsewhere]
                .iter()
                .all(|said| !read(said)[0].is_of_size())
        );
    }
}
