//! What a reader's browser runs: the book's Zig code compiled to WebAssembly, and the scripts that load it.
//!
//! | module | what |
//! |---|---|
//! | `build` | one program, compiled by Zig and kept by content |
//! | [`lesson`] | the programs of a lesson as one module |
//! | [`compare`], `check` | whether programs print in the page what was recorded |
//! | `quick` | the same for an author who waits: what was changed alone |
//! | `digits` | the capstone's model, for the page on which digits are drawn |
//! | [`laboratory`] | the allocators of the standard library, for the page on which they are tried |
//! | [`publish`] | makes all of it and says what the pages may offer |
//!
//! Nothing of this is loaded with a page: a button names its script, and `theme/js/late.js` fetches it on a click.

pub(crate) mod build;
pub(crate) mod check;
pub mod compare;
pub(crate) mod digits;
pub mod laboratory;
pub mod lesson;
pub mod publish;
mod quick;

use std::collections::BTreeMap;

use book_listing::{Id, ListingKey};

/// What the pages may offer, by addresses relative to the site's root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offers {
    /// The page of drawn digits.
    pub draw: Option<LateScript>,
    /// The allocator laboratory.
    pub laboratory: Option<Laboratory>,
    /// The script behind the Run buttons.
    pub script: String,
    /// The script behind the Edit buttons, where there is a server that builds what readers write.
    pub lab: Option<String>,
    /// The script behind *Spot the bug*.
    pub spot: Option<String>,
    /// What becomes of the Zig programs.
    pub zig: BTreeMap<Id, RunButton>,
    /// The file with the source, beside the script, of what the Rust Playground can run.
    pub rust: BTreeMap<ListingKey, String>,
}

/// What a button loads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LateScript {
    /// The script's address, relative to the site's root.
    pub script: String,
    /// Bytes that the reader loads, compressed, with everything that the script itself loads.
    pub weight: usize,
}

/// The allocator laboratory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Laboratory {
    /// What the page loads when a reader begins.
    pub late: LateScript,
    /// What became of the calls of each play, by its id.
    pub plays: BTreeMap<String, Vec<laboratory::CallReport>>,
    /// The look of memory maps.
    pub style: String,
}

/// What a Run button does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RunButton {
    /// It loads this module, a file beside the script.
    Module(String),
    /// It says why the program cannot run in a page.
    Not(String),
}
