//! Whether a program printed in the page what was recorded of it natively. Pure; `theme/js/compare.js` compares by the
//! same rules, and a test holds the two to each other.

use book_check::normalize::{RunPaths, normalize};
use book_listing::Language;
use book_toolchain::zig_output::{Addresses, without_block_addresses, without_traces};

/// How far what was printed is what was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutputLikeness {
    /// To the letter, once both are normalized.
    Same,
    /// But for stack traces, which WebAssembly does not have.
    ButTraces,
    /// In more than stack traces.
    Different,
}

/// What a listing of `lesson` printed, as the book records it. `names` are the namespaces of its sources.
pub fn normalized(printed: &str, lesson: &str, names: &[String]) -> String {
    const NOWHERE: &str = "/nowhere";
    let place = RunPaths {
        stage: NOWHERE,
        zig: NOWHERE,
        lesson,
        names,
    };
    let printed = without_block_addresses(printed, Addresses::Short);
    normalize(&printed, Language::Zig, place)
}

/// Compares recorded text with [`normalized`] text.
pub fn compare(recorded: &str, printed: &str) -> OutputLikeness {
    if recorded == printed {
        OutputLikeness::Same
    } else if without_traces(recorded) == without_traces(printed) {
        OutputLikeness::ButTraces
    } else {
        OutputLikeness::Different
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_without_its_trace_is_the_same_report() {
        let recorded = "1\nerror(SafeAllocator): leaked [addr: …, len: 3 (0x3) align: 1] allocated at:\n\
                        a.zig:4:34: in main\n    const a = try gpa.alloc(u8, 3);\n                                 ^\n";
        let printed = "1\nerror(SafeAllocator): leaked [addr: 1a010, len: 3 (0x3) align: 1] allocated at:\n\
                       (empty stack trace)\n\n";
        let printed = normalized(printed, "03_allocator", &["a".to_string()]);
        assert_eq!(compare(recorded, &printed), OutputLikeness::ButTraces);
    }

    #[test]
    fn other_text_is_different_and_the_same_text_is_the_same() {
        assert_eq!(
            compare("16\n", &normalized("16\n", "x", &[])),
            OutputLikeness::Same
        );
        assert_eq!(
            compare("16\n", &normalized("8\n", "x", &[])),
            OutputLikeness::Different
        );
        let panicked = "panic: index 3\na.zig:2:3: in main\n    x[3]\n     ^\n";
        assert_eq!(
            compare(panicked, "panic: index 4\n"),
            OutputLikeness::Different
        );
    }

    #[test]
    fn a_program_that_prints_frames_of_its_own_is_not_helped() {
        assert_eq!(compare("a.zig\n", ""), OutputLikeness::Different);
    }
}
