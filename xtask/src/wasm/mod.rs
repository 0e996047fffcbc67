//! What a reader's browser runs: the book's Zig code compiled to WebAssembly, and the scripts that load it.
//!
//! | module | what |
//! |---|---|
//! | [`folder`] | the git-ignored folder of `src/` whose files mdBook copies to the site |
//! | [`build`] | one program, compiled by Zig and kept by content |
//! | [`digits`] | the capstone's model, for the page on which digits are drawn |
//! | [`publish`] | makes what the pages ask for and says what they may offer |
//!
//! Nothing of this is loaded with a page: a button names its script, and `theme/book.js` fetches it on a click.

pub mod build;
pub mod digits;
pub mod folder;
pub mod publish;

/// What the pages may offer, by addresses relative to the site's root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offers {
    /// The page of drawn digits.
    pub draw: Option<Draw>,
}

/// The page of drawn digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draw {
    pub script: String,
    /// Bytes that the reader loads, compressed, with everything that the script itself loads.
    pub weight: usize,
}
