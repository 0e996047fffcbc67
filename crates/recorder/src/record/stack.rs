//! The calls that have not returned, as the hooks tell of them: those of the listing, those of allocators, and
//! those of the listing's functions that the compiler inlined; and what is in scope in them. Pure.

use std::collections::HashSet;
use std::ops::Range;

use crate::dwarf::types::TypeId;
use book_trace::model::{ObjectKey, Statement};

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

/// A variable that is in scope and has been written.
#[derive(Clone, Debug)]
pub(super) struct VariableInScope {
    /// The index of its frame among those shown.
    pub(super) frame: usize,
    pub(super) key: ObjectKey,
    pub(super) name: String,
    pub(super) function: String,
    pub(super) ty: TypeId,
    pub(super) address: u32,
    pub(super) size: u32,
    /// Whether the memory is another's: a parameter passed by reference.
    pub(super) borrowed: bool,
    /// Where copies of it may lie: the frame of its call, if it is a constant.
    pub(super) copies: Range<u32>,
}

impl VariableInScope {
    pub(super) fn range(&self) -> Range<u32> {
        self.address..self.address.saturating_add(self.size)
    }
}
