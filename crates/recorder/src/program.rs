//! A program built for tracing: the instrumented module, and what its debug information says. Pure: from the
//! bytes of a module to what the recorder needs.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use anyhow::{Context, Result};

use super::dwarf::die::{Die, DieTable, Location};
use super::dwarf::functions::{self, DwarfFunction, Global};
use super::dwarf::returned::ByName;
use super::dwarf::types::{Shape, TypeId, Types};
use super::dwarf::{self, lines};
use super::instrument::{self, Hooks, Plan};
use super::role::{FileId, Role, may_matter, role};
use super::rows;
use super::wasm::WasmModule;
use super::writing::Writing;
use book_trace::source::SourceLines;

/// Everything that the recorder knows about a program.
pub struct InstrumentedProgram {
    /// The instrumented module.
    pub wasm: Vec<u8>,
    /// Those that the debug information describes.
    pub types: Types,
    /// By the numbers that the hooks give.
    pub functions: Vec<Traced>,
    /// By the numbers that the hooks give.
    pub rows: Vec<LineStart>,
    /// Variables outside functions, of the listings.
    pub globals: Vec<Global>,
    /// Allocators that the generated root and the standard library own.
    pub named: Vec<Named>,
    /// By [`FileId`].
    pub files: Vec<ListingFile>,
    /// Where the stack begins, to grow down. What is static lies above.
    pub stack_top: u32,
    /// Where what is static ends: above is what allocators ask the system for.
    pub static_end: u32,
    /// Allocators by the index of their `alloc` in the table of functions: the path of each.
    pub vtables: HashMap<u32, String>,
}

/// Memory that is not the listing's own, and that it knows by a name.
pub struct Named {
    /// Addresses, the end not included.
    pub range: Range<u32>,
    /// As a reader would write it: `init.gpa`.
    pub name: String,
    /// The address that is shown.
    pub shown: u32,
}

/// A source file of the listings folder.
pub struct ListingFile {
    /// Relative to the listings folder.
    pub path: String,
    /// Its statements by line.
    pub source: SourceLines,
}

/// A function that tells the host when it is entered and left.
pub struct Traced {
    /// What the debug information says of it.
    pub function: DwarfFunction,
    /// What its entry and its return mean.
    pub role: Role,
    /// Where it is written, if in a listing.
    pub file: Option<FileId>,
    /// The type of a value that is returned through a pointer.
    pub returned: Option<TypeId>,
}

/// An instruction that begins a line of a listing.
pub struct LineStart {
    /// Its index in [`InstrumentedProgram::functions`].
    pub function: u32,
    /// In the code section, in bytes from its start.
    pub address: u32,
    /// The file of the line.
    pub file: FileId,
    /// Counted from 1.
    pub line: u32,
    /// Calls of listing functions that were inlined around it, the outer first: indices of
    /// `DwarfFunction::inlined`.
    pub inlined: Vec<usize>,
}

impl InstrumentedProgram {
    /// Reads and instruments a module. `files` are the sources of the listings folder by their paths inside it;
    /// the compiler saw them below `root`.
    ///
    /// # Errors
    ///
    /// When the module was not built for tracing, or is broken.
    pub fn read(
        bytes: &[u8],
        root: &str,
        files: &BTreeMap<String, String>,
    ) -> Result<InstrumentedProgram> {
        let module = WasmModule::read(bytes)?;
        let hooks = Hooks::of(&module)?;
        let (dwarf, tables) = dwarf::load(&module)?;
        let mut program = InstrumentedProgram {
            wasm: Vec::new(),
            types: Types::default(),
            functions: Vec::new(),
            rows: Vec::new(),
            globals: Vec::new(),
            named: Vec::new(),
            files: files
                .iter()
                .map(|(path, text)| ListingFile {
                    path: path.clone(),
                    source: SourceLines::read(text),
                })
                .collect(),
            stack_top: module.stack_top,
            static_end: module.memory,
            vtables: HashMap::new(),
        };
        let mut plans = Vec::new();
        // One unit holds the program; another the compiler's run-time support, with types of its own.
        let (table, numbers) = tables
            .iter()
            .map(|table| (table, program.file_numbers(&dwarf, table, root)))
            .find(|(_, numbers)| !numbers.is_empty())
            .context("its debug information names no listing")?;
        let sources = (numbers.iter())
            .map(|(&number, &file)| (number, program.files[file].source.text()))
            .collect();
        program.types = Types::of(&table.dies, sources);
        program.read_functions(&module, table, &numbers, &mut plans)?;
        program.read_globals(table, &numbers);
        program.wasm = instrument::instrument(&module, hooks, &plans)?;
        Ok(program)
    }

    /// Which numbers of the line table are files of the listings.
    fn file_numbers(
        &self,
        dwarf: &gimli::Dwarf<dwarf::die::Slice<'_>>,
        table: &DieTable<'_>,
        root: &str,
    ) -> HashMap<u64, FileId> {
        let count = table
            .unit
            .line_program
            .as_ref()
            .map_or(0, |program| program.header().file_names().len() as u64);
        let root = format!("{}/", root.trim_end_matches('/'));
        (0..=count)
            .filter_map(|number| {
                let path = lines::path(dwarf, table, number)?;
                let inside = path.strip_prefix(&root)?;
                let file = self.files.iter().position(|file| file.path == inside)?;
                Some((number, file))
            })
            .collect()
    }

    fn read_functions(
        &mut self,
        module: &WasmModule<'_>,
        table: &DieTable<'_>,
        numbers: &HashMap<u64, FileId>,
        plans: &mut Vec<Plan>,
    ) -> Result<()> {
        let by_start: HashMap<u32, usize> = module
            .functions
            .iter()
            .enumerate()
            .map(|(index, function)| (function.body.start, index))
            .collect();
        let by_name = ByName::new(&table.dies);
        let mut all = lines::rows(table)?;
        all.retain(|row| row.line != 0);
        let rows: Vec<(lines::TableRow, FileId)> = all
            .iter()
            .filter_map(|row| Some((*row, *numbers.get(&row.file)?)))
            .collect();
        let found = functions::functions(&table.dies, &mut self.types, &|die: &Die<'_>| {
            die.code.first().is_some_and(|code| {
                let next = rows.partition_point(|(row, _)| row.address < code.start);
                rows.get(next)
                    .is_some_and(|(row, _)| row.address < code.end)
                    || die.linkage.is_some_and(may_matter)
                    || die.file.is_some_and(|file| numbers.contains_key(&file))
            })
        });
        for function in found {
            let file = function.file.and_then(|file| numbers.get(&file).copied());
            let code = function.code.clone();
            let from = rows.partition_point(|(row, _)| row.address < code.start);
            let to = rows.partition_point(|(row, _)| row.address < code.end);
            let Some(role) = role(&self.types, &function, file, from < to) else {
                continue;
            };
            let Some(&index) = by_start.get(&code.start) else {
                continue;
            };
            if let Role::Operation(operation, allocator) = &role {
                if module.functions[index].params.len() < operation.parameters() {
                    continue;
                }
                let index = module.function_index(index);
                for (slot, _) in module.table.iter().filter(|entry| entry.1 == index) {
                    self.vtables.insert(*slot, allocator.clone());
                }
            }
            let number = u32::try_from(self.functions.len())?;
            let begins_below = rows[from..to]
                .iter()
                .any(|(row, _)| row.line != function.line);
            let last_line = file
                .and_then(|file| self.files[file].source.ends(function.line))
                .unwrap_or(u32::MAX);
            let mut plan = Plan {
                function: index,
                number,
                frame_base: function.frame_base,
                rows: Vec::new(),
            };
            let near = &all[rows::within(&all, &code)];
            let places = rows::places(&function, near, numbers);
            for (row, file) in &places {
                let inlined = rows::inlined_at(&function, row, numbers);
                // The first row speaks of the whole function: its frame is not set up yet. Rows of its head
                // set it up; that of a generic function is said to lie below the function's end.
                let is_own = inlined.is_empty() && function.file == Some(row.file);
                let is_head = row.line == function.line && begins_below
                    || row.line < function.line
                    || row.line > last_line;
                if row.address == code.start || is_own && is_head {
                    continue;
                }
                plan.rows
                    .push((row.address, u32::try_from(self.rows.len())?));
                self.rows.push(LineStart {
                    function: number,
                    address: row.address,
                    file: *file,
                    line: row.line,
                    inlined,
                });
            }
            plans.push(plan);
            let returned = file.and_then(|file| {
                let file = &self.files[file];
                let written = file.source.returns(function.line)?;
                let shape = &self.types.get(function.returns).shape;
                if *shape != Shape::Void || matches!(written.as_str(), "void" | "noreturn") {
                    return None;
                }
                let name = file.path.trim_end_matches(".zig");
                by_name.find(&mut self.types, &written, &function.path, name)
            });
            self.functions.push(Traced {
                function,
                role,
                file,
                returned,
            });
        }
        Ok(())
    }

    fn read_globals(&mut self, table: &DieTable<'_>, numbers: &HashMap<u64, FileId>) {
        self.globals = functions::globals(&table.dies, &mut self.types, &|die: &Die<'_>| {
            die.file.is_some_and(|file| numbers.contains_key(&file))
        });
        for global in functions::globals(&table.dies, &mut self.types, &|die: &Die<'_>| {
            OWNERS.iter().any(|(path, _)| die.linkage == Some(path))
        }) {
            let size = self.types.get(global.ty).size.max(1);
            for (shown, (_, name)) in (OWNERS_SHOWN..)
                .step_by(0x1_0000)
                .zip(OWNERS)
                .filter(|(_, (path, _))| *path == global.path)
            {
                self.named.push(Named {
                    range: global.address..global.address.saturating_add(size),
                    name: name.to_string(),
                    shown,
                });
            }
        }
    }

    /// Whether bytes of the listing `name` are text, by its file and those that it imports.
    pub fn writing(&self, name: &str) -> Writing {
        let find = |path: &str| self.files.iter().position(|file| file.path == path);
        let mut own: Vec<FileId> = find(&format!("{name}.zig")).into_iter().collect();
        let mut read = 0;
        while let Some(file) = own.get(read).map(|&file| &self.files[file]) {
            let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let imported = (file.source.imports().into_iter())
                .filter_map(|import| find(&beside(folder, &import)?));
            let new: Vec<FileId> = imported.filter(|file| !own.contains(file)).collect();
            own.extend(new);
            read += 1;
        }
        Writing::of(own.into_iter().map(|file| &self.files[file].source))
    }

    /// Where a traced function is written, if in a listing.
    pub fn file(&self, traced: &Traced) -> Option<&ListingFile> {
        traced.file.map(|file| &self.files[file])
    }
}

/// The path that a file of `folder` means by `path`; nothing where that leads out of the sources.
pub fn beside(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Allocators that are no variables of the listing: their paths, and how the book calls them.
const OWNERS: [(&str, &str); 3] = [
    ("trace_root.safe", "init.gpa"),
    ("trace_root.arena", "init.arena"),
    ("testing.allocator_instance", "testing.allocator"),
];

/// Addresses of what the generated root and the standard library own are shown from here on.
const OWNERS_SHOWN: u32 = 0x01f0_0000;

/// Where a variable's bytes are, given the frame base and the function's WebAssembly parameters.
pub fn address_of(location: Location, frame_base: u32, parameters: &[u64]) -> Option<u32> {
    match location {
        Location::Frame(offset) => u32::try_from(i64::from(frame_base).checked_add(offset)?).ok(),
        Location::AtLocal(local) => {
            let value = *parameters.get(local as usize)?;
            u32::try_from(value).ok()
        }
        Location::Address(address) => Some(address),
        _ => None,
    }
}
