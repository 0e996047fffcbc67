//! Which rows of the line table are statements of a listing, where calls were inlined around them. Pure.

use std::collections::HashMap;
use std::ops::Range;

use super::dwarf::functions::{DwarfFunction, Inlined};
use super::dwarf::lines::TableRow;
use super::role::FileId;

/// The rows that begin something of a listing in `function`, by address. `near` are the rows of the function, and `numbers`
/// says which files are listings.
pub(crate) fn places(
    function: &DwarfFunction,
    near: &[TableRow],
    numbers: &HashMap<u64, FileId>,
) -> Vec<(TableRow, FileId)> {
    let own = near
        .iter()
        .filter_map(|row| Some((*row, *numbers.get(&row.file)?)));
    let mut places: Vec<_> = own
        .filter(|(row, _)| !is_misplaced(function, row, near))
        .collect();
    places.extend(library_calls(function, near, numbers));
    places.sort_by_key(|(row, _)| row.address);
    places
}

/// The rows, which are sorted, whose instructions are in `code`.
pub(crate) fn within(rows: &[TableRow], code: &Range<u32>) -> Range<usize> {
    let before = |address: u32| rows.partition_point(|row| row.address < address);
    before(code.start)..before(code.end)
}

/// The inlined calls around an instruction, the outer first.
fn around(function: &DwarfFunction, address: u32) -> impl Iterator<Item = &Inlined> {
    let inlined = function.inlined.iter();
    inlined.filter(move |call| call.code.iter().any(|code| code.contains(&address)))
}

/// Where a listing calls a function of the standard library that was inlined: the call's first instruction, as a row of
/// the statement that the call is in. When all that it is given is known to the compiler, no row of that statement comes
/// before the call's own, and what the call does would seem to be done before the statement begins. `near` are the rows of
/// the function.
fn library_calls(
    function: &DwarfFunction,
    near: &[TableRow],
    numbers: &HashMap<u64, FileId>,
) -> Vec<(TableRow, FileId)> {
    let listing = |file: Option<u64>| file.filter(|file| numbers.contains_key(file));
    let calls = function.inlined.iter().filter_map(|call| {
        if listing(call.file).is_some() {
            return None;
        }
        let codes = call.code.iter().map(|code| &near[within(near, code)]);
        let first = *codes.filter_map(<[_]>::first).min()?;
        // The call that the listing itself makes, not those inside of it.
        let mut caller = function.file;
        for outer in around(function, first.address).take_while(|outer| !std::ptr::eq(*outer, call))
        {
            listing(outer.file)?;
            caller = outer.file;
        }
        let file = listing(caller)?;
        let row = TableRow {
            file,
            line: call.call_line,
            ..first
        };
        Some((row, numbers[&file]))
    });
    calls.collect()
}

/// Whether a row's line is not the function's own: the compiler gives what stands behind an inlined call the line and column
/// of the call's end, and the file of the function around it.
fn is_misplaced(function: &DwarfFunction, row: &TableRow, near: &[TableRow]) -> bool {
    if around(function, row.address).next().is_some() {
        return false;
    }
    let place = |row: &TableRow| (row.line, row.column);
    let mut before = near.iter().take_while(|other| other.address < row.address);
    before.any(|other| {
        // The arguments are computed where the call is written.
        let is_inside = |call: &Inlined| call.call_line != row.line;
        place(other) == place(row)
            && around(function, other.address)
                .last()
                .is_some_and(is_inside)
    })
}

/// The inlined calls of listing functions around a row, the outer first.
pub(crate) fn inlined_at(
    function: &DwarfFunction,
    row: &TableRow,
    numbers: &HashMap<u64, FileId>,
) -> Vec<usize> {
    let here = |call: &Inlined| {
        call.code.iter().any(|code| code.contains(&row.address))
            && call.file.is_some_and(|file| numbers.contains_key(&file))
    };
    (0..function.inlined.len())
        .filter(|&index| here(&function.inlined[index]))
        // The arguments are computed where the call is written.
        .take_while(|&index| function.inlined[index].call_line != row.line)
        .collect()
}
