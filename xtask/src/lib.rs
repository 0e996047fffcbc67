//! The tool that keeps the book true: it checks every listing, renders the book from what it saw, and
//! serves it. ARCHITECTURE.md has the map.

pub mod book;
pub mod browser;
pub mod check;
pub mod cli;
pub mod commands;
pub mod diagnostic;
pub mod epub;
pub mod exercise;
pub mod generated;
pub mod highlight;
pub mod html;
pub mod listing;
pub mod offline;
pub mod preprocess;
pub mod process;
pub mod project;
pub mod quiz;
pub mod repository;
pub mod serve;
pub mod toolchain;
pub mod trace;
pub mod wasm;
