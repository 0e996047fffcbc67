//! Memory diagrams, recorded from real executions and never drawn by hand: what was taken down, and how it is shown.
//! Pure.
//!
//! | module | what |
//! |---|---|
//! | [`model`], [`text`] | what was taken down |
//! | [`source`] | what a recorder and a renderer ask of a Zig source |
//! | [`snapshot`] | traces as files |
//! | [`render`] | shows it: in a terminal, in a page |

pub mod model;
pub mod render;
pub mod snapshot;
pub mod source;
#[cfg(test)]
mod testing;
pub mod text;

pub use model::Trace;

/// The version of what is recorded. Traces of another version are recorded again.
pub const VERSION: u32 = 3;

/// Changes with the sources that decide what is taken down, and not with those that show it.
pub const MODEL_HASH: &str = env!("MODEL_HASH");
/// Changes with the sources that decide how a trace is shown.
pub const RENDERER_HASH: &str = env!("RENDERER_HASH");
