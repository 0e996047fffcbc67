//! What DWARF says of a program that the LLVM back end compiled without optimization: its functions, their
//! variables and the types of these. Pure; depends on [`super::wasm`] for where the sections are.

pub(crate) mod containers;
pub(crate) mod die;
pub(crate) mod functions;
pub(crate) mod lines;
pub(crate) mod packed;
pub(crate) mod returned;
pub(crate) mod types;

use anyhow::{Context, Result, bail};
use gimli::{Dwarf, EndianSlice, LittleEndian, SectionId};

use super::wasm::WasmModule;
use die::{DieTable, Slice};

/// Reads the debug sections of a module.
///
/// # Errors
///
/// When there are none, or they make no sense.
pub(crate) fn load<'a>(module: &WasmModule<'a>) -> Result<(Dwarf<Slice<'a>>, Vec<DieTable<'a>>)> {
    for section in [".debug_info", ".debug_abbrev", ".debug_line"] {
        if !module.debug.contains_key(section) {
            bail!("it has no debug information: the section `{section}` is missing");
        }
    }
    let dwarf = Dwarf::load(|id: SectionId| -> Result<Slice<'a>, gimli::Error> {
        let data = module.debug.get(id.name()).copied().unwrap_or(&[]);
        Ok(EndianSlice::new(data, LittleEndian))
    })
    .context("broken debug information")?;
    let tables = die::read(&dwarf)?;
    Ok((dwarf, tables))
}
