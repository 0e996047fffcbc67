//! The calls that have not returned, as the hooks tell of them: those of the listing, those of allocators, and
//! those of the listing's functions that the compiler inlined. Pure.

use std::collections::HashSet;

use book_trace::model::Statement;

/// A call of a traced function.
#[derive(Clone, Debug)]
pub(super) struct Call {
    /// An index into [`crate::program::InstrumentedProgram::functions`].
    pub function: usize,
    /// The WebAssembly parameters.
    pub arguments: Vec<u64>,
    /// The stack pointer before the call: its frame lies below.
    pub stack_pointer: u32,
    /// Known once its first line runs.
    pub frame_base: Option<u32>,
    /// The address of the instruction at which it halted last.
    pub address: u32,
    /// The call itself, if it is the listing's, then the inlined calls in it.
    pub frames: Vec<CallFrame>,
}

/// A call as the reader sees it.
#[derive(Clone, Debug)]
pub(super) struct CallFrame {
    pub id: u32,
    /// Which of the function's inlined calls this is; `None` for the function itself.
    pub inlined: Option<usize>,
    pub at: Option<Statement>,
    /// Rows passed since the statement began.
    pub seen: HashSet<u32>,
}

impl CallFrame {
    pub(super) fn new(id: u32, inlined: Option<usize>) -> CallFrame {
        CallFrame {
            id,
            inlined,
            at: None,
            seen: HashSet::new(),
        }
    }
}
