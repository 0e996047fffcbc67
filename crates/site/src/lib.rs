//! Chapters become pages: directives, highlighting, search, what works offline, the EPUB, and the server for those who
//! write. Everything that drives mdBook is here.

pub mod book;
mod drawing;
pub mod epub;
pub mod generated;
pub mod highlight;
mod installable;
mod moment;
mod offline;
pub mod preprocess;
mod repository;
mod scripts;
pub mod serve;
mod summary;
pub mod wasm;
