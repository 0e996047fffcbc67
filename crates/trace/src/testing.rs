//! Pieces of steps, for tests of this crate.

use crate::model::{Memory, Value};

/// Eight bytes that hold this.
pub(crate) fn memory(value: Value) -> Memory {
    Memory {
        ty: String::new(),
        address: 0,
        size: 8,
        align: 4,
        value,
        bytes: String::new(),
    }
}
