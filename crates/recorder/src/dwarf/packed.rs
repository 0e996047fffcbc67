//! The fields of packed structs. The debug information knows the number that holds them and where they are declared;
//! their names and widths are read there, in the source. Pure.

use book_trace::source::{ZigToken, closing, tokens};

/// Some of a number's bits.
#[derive(Clone, Debug, PartialEq)]
pub struct BitField {
    pub name: String,
    /// The lowest bit, counted from 0.
    pub from: u32,
    /// In bits.
    pub width: u32,
    pub holds: FieldMeaning,
}

/// What a field's bits mean.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldMeaning {
    Bool,
    Int {
        signed: bool,
    },
    Float,
    /// The value of each name.
    Enum(Vec<(i64, String)>),
    /// Another packed struct.
    Fields(Vec<BitField>),
    /// The source does not tell.
    Bits,
}

/// Bits of a pointer on the 32-bit target.
const POINTER: u32 = 32;
/// Deeper than packed structs nest in any program.
const DEEPEST: usize = 8;
/// Bits that are read at once.
const MOST: u32 = 128;

/// The fields of the packed struct `name` that is declared at `line` of a source, with `total` bits. `None` where the
/// source does not tell, or its widths do not make the total.
pub(crate) fn fields(text: &str, line: u32, name: &str, total: u32) -> Option<Vec<BitField>> {
    let source = PackedReader {
        tokens: tokens(text),
    };
    let all = &source.tokens;
    let here = |&at: &usize| {
        all[at].line == line && all[at].text == "packed" && source.is(at + 1, "struct")
    };
    let name = name.rsplit('.').next()?;
    let named = |&at: &usize| at >= 2 && source.is(at - 1, "=") && source.is(at - 2, name);
    let mut found = (0..all.len()).filter(here);
    let at = found.clone().find(named).or_else(|| found.next())?;
    let fields = source.members(at + 1, Some(total), 0)?;
    let sum: u32 = fields.iter().map(|field| field.width).sum();
    (sum == total && total <= MOST).then_some(fields)
}

struct PackedReader<'t> {
    tokens: Vec<ZigToken<'t>>,
}

impl PackedReader<'_> {
    fn is(&self, at: usize, text: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.text == text)
    }

    fn text(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.text)
    }

    /// What stands between the braces of the container whose keyword is at `at`: for each item that is a field or a
    /// name its first token and the token after it.
    fn items(&self, at: usize) -> Option<Vec<(usize, usize)>> {
        let mut open = at + 1;
        if self.is(open, "(") {
            open = closing(&self.tokens, open)? + 1;
        }
        if !self.is(open, "{") {
            return None;
        }
        let end = closing(&self.tokens, open)?;
        let mut items = Vec::new();
        let mut next = open + 1;
        while next < end {
            let start = next;
            let first = self.text(start + usize::from(self.is(start, "pub")));
            let has_body = matches!(first, "fn" | "test" | "comptime" | "inline" | "noinline");
            let is_declaration = has_body || matches!(first, "const" | "var" | "threadlocal");
            let ends = if is_declaration { ";" } else { "," };
            while next < end && !self.is(next, ends) {
                let is_body = has_body && self.is(next, "{");
                if matches!(self.text(next), "(" | "[" | "{") {
                    next = closing(&self.tokens, next)?;
                }
                if is_body {
                    break;
                }
                next += 1;
            }
            if !is_declaration {
                items.push((start, next.min(end)));
            }
            next += 1;
        }
        Some(items)
    }

    /// The fields of the struct whose keyword is at `at`. One whose width is not known has what the others leave of
    /// the total.
    fn members(&self, at: usize, total: Option<u32>, depth: usize) -> Option<Vec<BitField>> {
        let mut members: Vec<(String, Option<(u32, FieldMeaning)>)> = Vec::new();
        for (start, end) in self.items(at)? {
            if !self.is(start + 1, ":") {
                return None;
            }
            let ty = start + 2;
            let mut until = ty;
            while until < end && !matches!(self.text(until), "=" | "align") {
                if matches!(self.text(until), "(" | "[" | "{") {
                    until = closing(&self.tokens, until)?;
                }
                until += 1;
            }
            members.push((self.text(start).to_string(), self.holds(ty, until, depth)));
        }
        let known: u32 = members
            .iter()
            .filter_map(|(_, holds)| Some(holds.as_ref()?.0))
            .sum();
        let unknown = members.iter().filter(|(_, holds)| holds.is_none()).count();
        let rest = match unknown {
            0 => 0,
            1 => total?.checked_sub(known)?,
            _ => return None,
        };
        let mut from = 0;
        let fields = members.into_iter().map(|(name, holds)| {
            let (width, holds) = holds.unwrap_or((rest, FieldMeaning::Bits));
            from += width;
            BitField {
                name,
                from: from - width,
                width,
                holds,
            }
        });
        Some(fields.collect())
    }

    /// The width in bits and the meaning of the type that is written from `at` to `end`.
    fn holds(&self, at: usize, end: usize, depth: usize) -> Option<(u32, FieldMeaning)> {
        if depth > DEEPEST || at >= end {
            return None;
        }
        let first = self.text(at);
        match first {
            "packed" if self.is(at + 1, "struct") => {
                let fields = self.members(at + 1, None, depth + 1)?;
                let width = fields.iter().map(|field| field.width).sum();
                return Some((width, FieldMeaning::Fields(fields)));
            }
            "packed" if self.is(at + 2, "(") => {
                let (width, _) = self.holds(at + 3, at + 4, depth + 1)?;
                return Some((width, FieldMeaning::Bits));
            }
            "enum" => return self.names(at, depth),
            "*" => return Some((POINTER, FieldMeaning::Bits)),
            "?" if self.is(at + 1, "*") || self.is(at + 1, "[") => {
                return Some((POINTER, FieldMeaning::Bits));
            }
            _ => {}
        }
        if let Some(primitive) = primitive(first) {
            return (at + 1 == end).then_some(primitive);
        }
        // A name, perhaps with the container in front that declares it.
        let name = self.text(end - 1);
        let is_path = (at..end).all(|index| (index - at).is_multiple_of(2) || self.is(index, "."));
        let declared = |&index: &usize| {
            self.is(index, "const") && self.is(index + 1, name) && self.is(index + 2, "=")
        };
        let mut found = (0..self.tokens.len()).filter(declared);
        let (declared, None) = (found.next()?, found.next()) else {
            return None;
        };
        if !is_path {
            return None;
        }
        let start = declared + 3;
        let mut until = start;
        while until < self.tokens.len() && !self.is(until, ";") {
            if matches!(self.text(until), "(" | "[" | "{") {
                until = closing(&self.tokens, until)?;
            }
            until += 1;
        }
        self.holds(start, until, depth + 1)
    }

    /// The width and the names of the enum whose keyword is at `at`.
    fn names(&self, at: usize, depth: usize) -> Option<(u32, FieldMeaning)> {
        let mut names = Vec::new();
        let mut next = 0_i64;
        for (start, end) in self.items(at)? {
            if self.is(start, "_") {
                continue;
            }
            if self.is(start + 1, "=") {
                let written: String = (start + 2..end).map(|index| self.text(index)).collect();
                next = written.replace('_', "").parse().ok()?;
            }
            names.push((next, self.text(start).to_string()));
            next += 1;
        }
        let width = if self.is(at + 1, "(") {
            let close = closing(&self.tokens, at + 1)?;
            self.holds(at + 2, close, depth + 1)?.0
        } else {
            let largest = names.iter().map(|(value, _)| *value).max()?;
            i64::BITS - largest.max(0).leading_zeros()
        };
        Some((width, FieldMeaning::Enum(names)))
    }
}

fn primitive(name: &str) -> Option<(u32, FieldMeaning)> {
    match name {
        "bool" => return Some((1, FieldMeaning::Bool)),
        "void" => return Some((0, FieldMeaning::Bits)),
        "usize" => return Some((POINTER, FieldMeaning::Int { signed: false })),
        "isize" => return Some((POINTER, FieldMeaning::Int { signed: true })),
        _ => {}
    }
    let width: u32 = name.get(1..)?.parse().ok()?;
    match name.as_bytes().first()? {
        b'u' => Some((width, FieldMeaning::Int { signed: false })),
        b'i' => Some((width, FieldMeaning::Int { signed: true })),
        b'f' => Some((width, FieldMeaning::Float)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn widths(text: &str, name: &str, total: u32) -> Option<Vec<(String, u32, u32)>> {
        let line = text
            .lines()
            .position(|line| line.contains(&format!("{name} = packed")))?;
        let fields = fields(text, line as u32 + 1, name, total)?;
        let field = |field: BitField| (field.name, field.from, field.width);
        Some(fields.into_iter().map(field).collect())
    }

    const SOURCE: &str = "
const Word = u5;
const Mode = enum(u2) { read, write = 2, _ };
const Kind = enum { a, b, c };
const Flags = packed struct { low: bool, middle: u3 = 2, high: u4 };
const All = packed struct(u64) {
    pub const none: All = .{};
    word: Word, // five, and no more
    mode: Mode = .read,
    kind: Kind,
    flags: Flags = .{ .low = true, .middle = 1, .high = 0 },
    half: f16,
    unknown: other.Thing,

    pub fn is(self: All) bool {
        return self.word == 0;
    }
    const after = 3;
};
";

    #[test]
    fn fields_have_the_widths_of_their_types_from_the_lowest_bit() {
        let expected = [
            ("word", 0, 5),
            ("mode", 5, 2),
            ("kind", 7, 2),
            ("flags", 9, 8),
            ("half", 17, 16),
            ("unknown", 33, 31),
        ];
        let expected = expected.map(|(name, from, width)| (name.to_string(), from, width));
        assert_eq!(widths(SOURCE, "All", 64), Some(expected.to_vec()));
        let all = fields(SOURCE, 6, "maps.All", 64).expect("fields");
        let mode = vec![(0, "read".to_string()), (2, "write".to_string())];
        assert_eq!(all[1].holds, FieldMeaning::Enum(mode));
        assert!(matches!(&all[3].holds, FieldMeaning::Fields(flags) if flags[1].from == 1));
    }

    #[test]
    fn widths_that_do_not_make_the_total_are_not_believed() {
        assert!(widths(SOURCE, "Flags", 8).is_some());
        assert_eq!(widths(SOURCE, "Flags", 16), None);
        assert_eq!(fields(SOURCE, 1, "Flags", 8), None);
    }
}
