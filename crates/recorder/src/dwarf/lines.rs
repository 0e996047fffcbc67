//! The line table of DWARF: which instruction begins which line of which file. Pure.

use anyhow::{Context, Result};
use gimli::Dwarf;

use super::die::{DieTable, Slice};

/// A row of the table: the instruction at `address` begins something at this place of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TableRow {
    /// Counted from the start of the code section.
    pub address: u32,
    pub file: u64,
    /// Counted from 1; 0 for code that belongs to no line.
    pub line: u32,
    pub column: u32,
    /// Whether a debugger should stop here.
    pub statement: bool,
}

/// The rows of a unit, by address.
///
/// # Errors
///
/// When the section makes no sense.
pub(crate) fn rows(table: &DieTable<'_>) -> Result<Vec<TableRow>> {
    let Some(program) = table.unit.line_program.clone() else {
        return Ok(Vec::new());
    };
    let mut rows = Vec::new();
    let mut machine = program.rows();
    while let Some((_, row)) = machine.next_row().context("broken line table")? {
        if row.end_sequence() {
            continue;
        }
        let (Ok(address), Ok(line)) = (
            u32::try_from(row.address()),
            u32::try_from(row.line().map_or(0, std::num::NonZero::get)),
        ) else {
            continue;
        };
        rows.push(TableRow {
            address,
            file: row.file_index(),
            line,
            column: match row.column() {
                gimli::ColumnType::LeftEdge => 0,
                gimli::ColumnType::Column(column) => u32::try_from(column.get()).unwrap_or(0),
            },
            statement: row.is_stmt(),
        });
    }
    rows.sort_unstable();
    Ok(rows)
}

/// The full path of a file of the unit's line table.
pub(crate) fn path(dwarf: &Dwarf<Slice<'_>>, table: &DieTable<'_>, file: u64) -> Option<String> {
    let program = table.unit.line_program.as_ref()?;
    let header = program.header();
    let entry = header.file(file)?;
    let text = |value| {
        let string = dwarf.attr_string(&table.unit, value).ok()?;
        Some(String::from_utf8_lossy(string.slice()).into_owned())
    };
    let name = text(entry.path_name())?;
    if name.starts_with('/') {
        return Some(name);
    }
    let folder = entry
        .directory(header)
        .and_then(text)
        .filter(|_| entry.directory_index() != 0);
    let unit_folder = table
        .unit
        .comp_dir
        .map(|folder| String::from_utf8_lossy(folder.slice()).into_owned())
        .unwrap_or_default();
    let folder = match folder {
        Some(folder) if folder.starts_with('/') => folder,
        Some(folder) => format!("{unit_folder}/{folder}"),
        None => unit_folder,
    };
    Some(format!("{folder}/{name}"))
}
