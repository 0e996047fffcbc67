//! Chapters become pages: directives, highlighting, search, what works offline, the EPUB, and the server for those who
//! write. Everything that drives mdBook is here.

pub mod book;
pub mod drawing;
pub mod epub;
pub mod generated;
pub mod highlight;
pub mod installable;
pub mod moment;
pub mod offline;
pub mod preprocess;
pub mod repository;
pub mod scripts;
pub mod serve;
pub mod summary;
pub mod wasm;
