//! The entries of DWARF's `.debug_info` as a table, with the attributes that tracing uses. Pure; depends on
//! `gimli` for the encoding alone.

use std::collections::HashMap;
use std::ops::Range;

use anyhow::{Context, Result, bail};
use gimli::{
    AttributeValue, DebuggingInformationEntry, DwAt, DwTag, Dwarf, EndianSlice, LittleEndian,
    Operation, Unit, constants,
};

pub(crate) type Slice<'a> = EndianSlice<'a, LittleEndian>;

/// Where a variable is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// The compiler kept no place for it.
    Nowhere,
    /// At an offset from the frame base.
    Frame(i64),
    /// At the address that a WebAssembly local holds.
    AtLocal(u32),
    /// In a WebAssembly local itself.
    InLocal(u32),
    /// At the address that a WebAssembly global holds.
    AtGlobal(u32),
    InGlobal(u32),
    /// At an address that never changes.
    Address(u32),
}

/// One entry.
#[derive(Clone, Debug)]
pub struct Die<'a> {
    pub tag: DwTag,
    /// The index of the entry around this one; the unit's own is its own parent.
    pub parent: usize,
    /// The index after the last entry inside this one.
    pub end: usize,
    pub name: Option<&'a str>,
    pub linkage: Option<&'a str>,
    pub ty: Option<usize>,
    pub origin: Option<usize>,
    /// The code it speaks of.
    pub code: Vec<Range<u32>>,
    pub location: Location,
    pub frame_base: Location,
    pub file: Option<u64>,
    pub line: u32,
    pub call_line: u32,
    pub size: Option<u32>,
    pub align: Option<u32>,
    pub member: u32,
    pub value: Option<i64>,
    pub count: Option<u64>,
    pub encoding: Option<u8>,
}

/// All entries of one unit, in order.
pub(crate) struct DieTable<'a> {
    pub dies: Vec<Die<'a>>,
    pub unit: Unit<Slice<'a>>,
}

/// Reads the entries of each unit.
///
/// # Errors
///
/// When the sections are missing or make no sense.
pub(crate) fn read<'a>(dwarf: &Dwarf<Slice<'a>>) -> Result<Vec<DieTable<'a>>> {
    let mut tables = Vec::new();
    let mut headers = dwarf.units();
    while let Some(header) = headers.next().context("broken debug information")? {
        let unit = dwarf.unit(header).context("broken debug information")?;
        tables.push(read_unit(dwarf, unit)?);
    }
    if tables.is_empty() {
        bail!("it has no debug information");
    }
    Ok(tables)
}

fn read_unit<'a>(dwarf: &Dwarf<Slice<'a>>, unit: Unit<Slice<'a>>) -> Result<DieTable<'a>> {
    let mut dies: Vec<Die<'a>> = Vec::new();
    let mut by_offset: HashMap<usize, usize> = HashMap::new();
    let mut open: Vec<usize> = Vec::new();
    {
        let mut entries = unit.entries();
        while let Some(entry) = entries.next_dfs().context("broken debug information")? {
            let depth = usize::try_from(entry.depth()).context("broken debug information")?;
            let index = dies.len();
            while open.len() > depth {
                let closed = open.pop().expect("it is not empty");
                dies[closed].end = index;
            }
            if open.len() != depth {
                bail!("broken debug information: an entry lies too deep");
            }
            by_offset.insert(entry.offset().0, index);
            let parent = open.last().copied().unwrap_or(index);
            dies.push(read_die(dwarf, &unit, entry, parent)?);
            open.push(index);
        }
    }
    let count = dies.len();
    for closed in open {
        dies[closed].end = count;
    }
    // References are offsets until every entry is known.
    for die in &mut dies {
        for reference in [&mut die.ty, &mut die.origin] {
            *reference = reference.and_then(|offset| by_offset.get(&offset).copied());
        }
    }
    Ok(DieTable { dies, unit })
}

fn read_die<'a>(
    dwarf: &Dwarf<Slice<'a>>,
    unit: &Unit<Slice<'a>>,
    entry: &DebuggingInformationEntry<Slice<'a>>,
    parent: usize,
) -> Result<Die<'a>> {
    let text = |at: DwAt| -> Option<&'a str> {
        let string = dwarf.attr_string(unit, entry.attr_value(at)?).ok()?;
        std::str::from_utf8(string.slice()).ok()
    };
    let number = |at: DwAt| entry.attr_value(at).and_then(|value| value.udata_value());
    let small = |at: DwAt| number(at).and_then(|value| u32::try_from(value).ok());
    let reference = |at: DwAt| match entry.attr_value(at) {
        Some(AttributeValue::UnitRef(offset)) => Some(offset.0),
        Some(AttributeValue::DebugInfoRef(offset)) => {
            offset.to_unit_offset(&unit.header).map(|offset| offset.0)
        }
        _ => None,
    };
    let location = |at: DwAt| match entry.attr_value(at) {
        Some(AttributeValue::Exprloc(expression)) => read_location(unit, expression),
        // A list of places by address: of a parameter that is passed by reference it has one, for all of the
        // function but its first instructions.
        Some(list) => dwarf
            .attr_locations(unit, list)
            .ok()
            .flatten()
            .and_then(|mut places| places.next().ok().flatten())
            .map_or(Location::Nowhere, |place| read_location(unit, place.data)),
        None => Location::Nowhere,
    };
    let mut code = Vec::new();
    if matches!(
        entry.tag(),
        constants::DW_TAG_subprogram
            | constants::DW_TAG_lexical_block
            | constants::DW_TAG_inlined_subroutine
    ) {
        let mut ranges = dwarf
            .die_ranges(unit, entry)
            .context("broken debug information")?;
        while let Some(range) = ranges.next().context("broken debug information")? {
            if let (Ok(begin), Ok(end)) = (u32::try_from(range.begin), u32::try_from(range.end))
                && begin < end
            {
                code.push(begin..end);
            }
        }
    }
    Ok(Die {
        tag: entry.tag(),
        parent,
        end: 0,
        name: text(constants::DW_AT_name),
        linkage: text(constants::DW_AT_linkage_name),
        ty: reference(constants::DW_AT_type),
        origin: reference(constants::DW_AT_abstract_origin),
        code,
        location: location(constants::DW_AT_location),
        frame_base: location(constants::DW_AT_frame_base),
        file: match entry.attr_value(constants::DW_AT_decl_file) {
            Some(AttributeValue::FileIndex(file)) => Some(file),
            _ => None,
        },
        line: small(constants::DW_AT_decl_line).unwrap_or(0),
        call_line: small(constants::DW_AT_call_line).unwrap_or(0),
        size: small(constants::DW_AT_byte_size),
        align: small(constants::DW_AT_alignment),
        member: small(constants::DW_AT_data_member_location).unwrap_or(0),
        value: entry
            .attr_value(constants::DW_AT_const_value)
            .and_then(|value| {
                value
                    .sdata_value()
                    .or_else(|| value.udata_value().map(u64::cast_signed))
            }),
        count: number(constants::DW_AT_count),
        encoding: match entry.attr_value(constants::DW_AT_encoding) {
            Some(AttributeValue::Encoding(encoding)) => Some(encoding.0),
            _ => None,
        },
    })
}

/// Understands the expressions that the LLVM back end writes for code that is not optimized.
fn read_location(unit: &Unit<Slice<'_>>, expression: gimli::Expression<Slice<'_>>) -> Location {
    let mut operations = expression.operations(unit.encoding());
    let (Ok(first), second) = (operations.next(), operations.next()) else {
        return Location::Nowhere;
    };
    let value = matches!(second, Ok(Some(Operation::StackValue)));
    if !value && !matches!(second, Ok(None)) || !matches!(operations.next(), Ok(None)) {
        return Location::Nowhere;
    }
    match first {
        Some(Operation::FrameOffset { offset }) if !value => Location::Frame(offset),
        Some(Operation::WasmLocal { index }) if value => Location::InLocal(index),
        Some(Operation::WasmLocal { index }) => Location::AtLocal(index),
        Some(Operation::WasmGlobal { index }) if value => Location::InGlobal(index),
        Some(Operation::WasmGlobal { index }) => Location::AtGlobal(index),
        Some(Operation::Address { address }) if !value => match u32::try_from(address) {
            // What the linker left out is marked with the highest address.
            Ok(address) if address != u32::MAX => Location::Address(address),
            _ => Location::Nowhere,
        },
        _ => Location::Nowhere,
    }
}
