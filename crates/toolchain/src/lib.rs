//! Finds the pinned toolchains, and installs what can be installed into the repository's ignored folder.
//! Nothing is installed anywhere else. Compiles Zig.

pub mod axe;
pub mod browser;
pub mod compile;
mod pip;
mod pip_settings;
pub mod python;
pub mod rust;
pub mod rust_errors;
pub mod zig;
pub mod zig_errors;
pub mod zig_output;

/// Changes with the sources of whatever finds toolchains and reads what they say.
pub const SOURCE_HASH: &str = env!("SOURCE_HASH");
