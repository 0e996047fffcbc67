//! Shows recorded executions. Pure.

pub mod sentence;
pub mod terminal;
