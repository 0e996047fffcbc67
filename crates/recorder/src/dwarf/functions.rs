//! The functions of a program: where their code is, what their variables are, which were inlined where.
//! Pure.

use std::ops::Range;

use gimli::constants;

use super::die::{Die, Location};
use super::types::{TypeId, Types, child_indices};

/// A function with code of its own.
#[derive(Clone, Debug)]
pub struct DwarfFunction {
    /// With its containers: `03_allocator.caller_owns.squares`.
    pub path: String,
    pub name: String,
    /// The file's number in the line table.
    pub file: Option<u64>,
    /// Where it is declared.
    pub line: u32,
    /// The code, counted from the start of the code section.
    pub code: Range<u32>,
    pub frame_base: Location,
    /// Void even when the value is returned through a pointer.
    pub returns: TypeId,
    pub variables: Vec<Variable>,
    /// Calls that were inlined, outer ones before the ones in them.
    pub inlined: Vec<Inlined>,
}

/// A variable or parameter.
#[derive(Clone, Debug)]
pub struct Variable {
    pub name: String,
    pub ty: TypeId,
    pub line: u32,
    pub location: Location,
    pub is_parameter: bool,
    /// Where it is in scope; everywhere in its function when empty.
    pub scope: Vec<Range<u32>>,
}

/// A call that was inlined.
#[derive(Clone, Debug)]
pub struct Inlined {
    pub path: String,
    pub name: String,
    pub file: Option<u64>,
    pub line: u32,
    /// The line of the call, in the function around it.
    pub call_line: u32,
    pub code: Vec<Range<u32>>,
    pub variables: Vec<Variable>,
}

/// A variable outside all functions.
#[derive(Clone, Debug)]
pub struct Global {
    pub path: String,
    pub name: String,
    pub file: Option<u64>,
    pub line: u32,
    pub address: u32,
    pub ty: TypeId,
}

/// Deeper than any function nests its blocks.
const DEEPEST: usize = 200;

/// The functions with code whose path or file `wanted` picks.
pub(crate) fn functions(
    dies: &[Die<'_>],
    types: &mut Types,
    wanted: &dyn Fn(&Die<'_>) -> bool,
) -> Vec<DwarfFunction> {
    let mut functions = Vec::new();
    for (index, die) in dies.iter().enumerate() {
        if die.tag != constants::DW_TAG_subprogram || !wanted(die) {
            continue;
        }
        let [code] = die.code.as_slice() else {
            continue;
        };
        let mut function = DwarfFunction {
            path: die.linkage.or(die.name).unwrap_or("").to_string(),
            name: die.name.unwrap_or("").to_string(),
            file: die.file,
            line: die.line,
            code: code.clone(),
            frame_base: die.frame_base,
            returns: types.read(dies, die.ty),
            variables: Vec::new(),
            inlined: Vec::new(),
        };
        let mut walk = Walk {
            dies,
            types,
            function: &mut function,
        };
        walk.inside(index, &[], None, 0);
        functions.push(function);
    }
    functions
}

struct Walk<'w, 'a> {
    dies: &'w [Die<'a>],
    types: &'w mut Types,
    function: &'w mut DwarfFunction,
}

impl Walk<'_, '_> {
    /// Collects what is inside the entry `index`, whose variables live in `scope` and belong to the
    /// `inlined` call or to the function.
    fn inside(&mut self, index: usize, scope: &[Range<u32>], inlined: Option<usize>, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        for child in child_indices(self.dies, index) {
            let die = &self.dies[child];
            match die.tag {
                constants::DW_TAG_variable | constants::DW_TAG_formal_parameter => {
                    let variable = self.variable(die, scope);
                    let variables = match inlined {
                        Some(call) => &mut self.function.inlined[call].variables,
                        None => &mut self.function.variables,
                    };
                    variables.extend(variable);
                }
                constants::DW_TAG_lexical_block => {
                    let scope = if die.code.is_empty() {
                        scope
                    } else {
                        &die.code
                    };
                    self.inside(child, scope, inlined, depth + 1);
                }
                constants::DW_TAG_inlined_subroutine => {
                    let origin = self.dies.get(die.origin.unwrap_or(usize::MAX));
                    self.function.inlined.push(Inlined {
                        path: origin
                            .and_then(|origin| origin.linkage.or(origin.name))
                            .unwrap_or("")
                            .to_string(),
                        name: origin
                            .and_then(|origin| origin.name)
                            .unwrap_or("")
                            .to_string(),
                        file: origin.and_then(|origin| origin.file),
                        line: origin.map_or(0, |origin| origin.line),
                        call_line: die.call_line,
                        code: die.code.clone(),
                        variables: Vec::new(),
                    });
                    let call = self.function.inlined.len() - 1;
                    self.inside(child, &die.code, Some(call), depth + 1);
                }
                _ => {}
            }
        }
    }

    fn variable(&mut self, die: &Die<'_>, scope: &[Range<u32>]) -> Option<Variable> {
        let origin = self.dies.get(die.origin.unwrap_or(usize::MAX));
        let name = die.name.or_else(|| origin?.name)?;
        let ty = die.ty.or_else(|| origin?.ty);
        Some(Variable {
            name: name.to_string(),
            ty: self.types.read(self.dies, ty),
            line: if die.line == 0 {
                origin.map_or(0, |origin| origin.line)
            } else {
                die.line
            },
            location: die.location,
            is_parameter: die.tag == constants::DW_TAG_formal_parameter,
            scope: scope.to_vec(),
        })
    }
}

/// The variables outside functions that `wanted` picks and that are in memory.
pub(crate) fn globals(
    dies: &[Die<'_>],
    types: &mut Types,
    wanted: &dyn Fn(&Die<'_>) -> bool,
) -> Vec<Global> {
    let mut globals = Vec::new();
    for die in dies {
        if die.tag == constants::DW_TAG_variable
            && let Location::Address(address) = die.location
            && let Some(name) = die.name
            && wanted(die)
        {
            globals.push(Global {
                path: die.linkage.unwrap_or(name).to_string(),
                name: name.to_string(),
                file: die.file,
                line: die.line,
                address,
                ty: types.read(dies, die.ty),
            });
        }
    }
    globals
}
