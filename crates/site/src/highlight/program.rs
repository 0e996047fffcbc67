//! The sources of a program of a reader's own, colored for the page that shows its memory.

use std::collections::BTreeMap;

use anyhow::Result;

use super::highlight;
use crate::preprocess::figure::color;
use book_listing::Language;
use book_support::project::Project;
use book_trace::Trace;
use book_trace::render::code::{self, ShownFile};

/// The files of a trace in its order. `sources` are by their paths.
///
/// # Errors
///
/// When Zig's tokenizer cannot be run.
pub fn colored(
    project: &Project,
    trace: &Trace,
    sources: &BTreeMap<String, String>,
) -> Result<Vec<ShownFile>> {
    let texts: Vec<(&String, &str)> = trace
        .files
        .iter()
        .map(|path| (path, sources.get(path).map_or("", String::as_str)))
        .collect();
    let asked: Vec<(Language, &str)> = texts
        .iter()
        .map(|(_, text)| (Language::Zig, *text))
        .collect();
    let tokens = highlight(project, "program", &asked)?;
    let code = texts.iter().zip(&tokens).map(|((path, text), tokens)| {
        let start = |line: &str| line.as_ptr() as usize - text.as_ptr() as usize;
        code::code(path, text, |_, line| {
            let hidden = line.starts_with("//@") || line.trim_start().starts_with("// ANCHOR");
            let start = start(line);
            (!hidden).then(|| color(text, start..start + line.len(), tokens))
        })
    });
    Ok(code.collect())
}
