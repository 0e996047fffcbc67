//! What is written in a diagram's rows: pointers by the name of what they point to, texts, the cells of arrays,
//! and which bytes a slice views. Pure.

use std::collections::BTreeSet;
use std::ops::Range;

use super::escape;
use crate::model::{
    Block, Memory, MemoryText, Object, ObjectKey, Part, Pointer, Step, Target, Value, letters,
};

/// An element of an array, or several undefined ones.
#[derive(Clone, Debug)]
pub struct Cell {
    /// What stands in it: plain text, not HTML.
    pub text: String,
    /// Whether nothing was ever written there.
    pub undefined: bool,
    /// Its first byte, counted from the start of the object.
    pub from: u32,
    /// The byte after its last.
    pub to: u32,
}

/// The elements as cells; undefined ones that follow each other are one, but for those that stand `alone`, by their
/// offsets.
pub fn cells(parts: &[Part], alone: impl Fn(u32) -> bool) -> Vec<Cell> {
    let mut cells: Vec<(Cell, usize)> = Vec::new();
    for part in parts {
        let undefined = part.value == Value::Undefined;
        let end = part.offset + part.size;
        if let Some((last, count)) = cells
            .last_mut()
            .filter(|(last, _)| last.undefined && undefined)
            .filter(|(last, _)| !alone(last.from) && !alone(part.offset))
        {
            *count += part.count();
            last.to = end;
            last.text = format!("{count} undefined");
            continue;
        }
        let text = match &part.value {
            Value::Undefined if part.count() > 1 => format!("{} undefined", part.count()),
            Value::Opaque => format!("… {}", part.name),
            value => crate::text::plain(value),
        };
        let cell = Cell {
            text,
            undefined,
            from: part.offset,
            to: end,
        };
        cells.push((cell, part.count()));
    }
    cells.into_iter().map(|(cell, _)| cell).collect()
}

/// How many of what a block holds.
pub fn count(block: &Block, element: &str) -> String {
    let bytes = block.memory.size;
    let each = match &block.memory.value {
        Value::Items(parts) => parts.first().map_or(0, |part| part.size),
        Value::Text(_) => 1,
        _ => block.memory.align.min(bytes),
    };
    match bytes.checked_div(each) {
        Some(1) | None => element.to_string(),
        Some(count) if matches!(block.memory.value, Value::Items(_) | Value::Text(_)) => {
            format!("{count} × {element}")
        }
        Some(_) => element.to_string(),
    }
}

/// A pointer in few words: how much it views, what it points to, and the text it views.
pub fn pointer(step: &Step, pointer: &Pointer) -> String {
    let words = pointer_without_text(step, pointer);
    match &pointer.text {
        Some(text) => {
            let text = text.replace('\u{fffd}', "·");
            format!("{words} \"{text}\"").trim_start().to_string()
        }
        None => words,
    }
}

/// A pointer in few words: how much it views, and what it points to.
pub fn pointer_without_text(step: &Step, pointer: &Pointer) -> String {
    let mut words = Vec::new();
    if let Some(len) = pointer.len {
        words.push(format!("len {len}"));
    }
    match &pointer.target {
        Target::Object(key, offset) => words.push(format!("→ {}", path(step, key, *offset))),
        Target::Freed(ObjectKey::Block(id), _) => words.push(format!("→ {}, freed", letters(*id))),
        Target::Freed(..) => words.push("→ freed".into()),
        Target::Gone(name) => words.push(format!("→ gone: {name}")),
        Target::Elsewhere => words.push("→ not shown".into()),
        Target::Nothing if pointer.len.is_none() => words.push("to nothing".into()),
        Target::Nothing => {}
    }
    if let Some((key, offset)) = now(step, pointer) {
        words.push(format!("(now {})", path(step, &key, offset)));
    } else if let Some(other) = same_grave(step, pointer) {
        words.push(format!("(same place as {other})"));
    }
    words.join(" ")
}

/// The first of the variables' pointers that dangle into the same place of the stack, if this is a later one: by its
/// name.
fn same_grave(step: &Step, pointer: &Pointer) -> Option<String> {
    fn collect<'s>(value: &'s Value, name: String, found: &mut Vec<(String, &'s Pointer)>) {
        match value {
            Value::Pointer(pointer) => found.push((name, pointer)),
            Value::Fields(parts) => {
                for part in parts {
                    let name = format!("{name}{}", crate::text::field(&part.name));
                    collect(&part.value, name, found);
                }
            }
            Value::Items(parts) => {
                for part in parts {
                    collect(&part.value, format!("{name}[{}]", part.name), found);
                }
            }
            _ => {}
        }
    }
    if !matches!(pointer.target, Target::Gone(_)) {
        return None;
    }
    let mut found = Vec::new();
    for object in step.frames.iter().flat_map(|frame| &frame.variables) {
        collect(&object.memory.value, object.name.clone(), &mut found);
    }
    found.retain(|(_, other)| {
        other.address == pointer.address && matches!(other.target, Target::Gone(_))
    });
    let own = found
        .iter()
        .position(|(_, other)| std::ptr::eq(*other, pointer))?;
    (own > 0).then(|| found.swap_remove(0).0)
}

/// What lies now where a dangling pointer points: the smallest block or variable that lives there.
pub fn now(step: &Step, pointer: &Pointer) -> Option<(ObjectKey, u32)> {
    match &pointer.target {
        Target::Freed(key, _) => {
            let is_shown = |block: &Block| ObjectKey::Block(block.id) == *key;
            if step.blocks.iter().any(is_shown) {
                return None;
            }
        }
        Target::Gone(_) => {}
        _ => return None,
    }
    let blocks = step
        .blocks
        .iter()
        .filter(|block| !block.state.is_freed())
        .map(|block| (ObjectKey::Block(block.id), &block.memory));
    let variables = step
        .frames
        .iter()
        .flat_map(|frame| &frame.variables)
        .map(|object| (object.key.clone(), &object.memory));
    blocks
        .chain(variables)
        .filter(|(_, memory)| {
            let offset = pointer.address.checked_sub(memory.address);
            offset.is_some_and(|offset| offset < memory.size)
        })
        .min_by_key(|(_, memory)| memory.size)
        .map(|(key, memory)| (key, pointer.address - memory.address))
}

/// A pointer as HTML with its length or its target left blank, by the numbers of the blanks.
pub fn blank_pointer(
    step: &Step,
    pointer: &Pointer,
    length: Option<usize>,
    target: Option<usize>,
) -> String {
    let mut words = Vec::new();
    match (length, pointer.len) {
        (Some(number), _) => words.push(format!("len {}", blank(number))),
        (None, Some(len)) => words.push(format!("len {len}")),
        (None, None) => {}
    }
    match (target, self::target(step, pointer)) {
        (Some(number), _) => words.push(format!("→ {}", blank(number))),
        (None, Some(target)) => words.push(escape(&format!("→ {target}"))),
        (None, None) => {}
    }
    words.join(" ")
}

/// The place of a blank.
pub fn blank(number: usize) -> String {
    format!("<mark>?{number}</mark>")
}

/// A value on one line, its pointers by the names of what they point to.
pub fn value(step: &Step, value: &Value) -> String {
    crate::text::value(value, &|pointer| self::pointer(step, pointer))
}

/// What a pointer points to, by name, if it is shown.
pub fn target(step: &Step, pointer: &Pointer) -> Option<String> {
    match &pointer.target {
        Target::Object(key, offset) | Target::Freed(key, offset) => Some(path(step, key, *offset)),
        _ => None,
    }
}

/// The name of a part of an object: `scores[1]`, `A`, `model.weights`; with its function where another call has a
/// variable of the same name.
pub fn path(step: &Step, key: &ObjectKey, offset: u32) -> String {
    let path = path_within(step, key, offset);
    let ObjectKey::Variable(id, name) = key else {
        return path;
    };
    let is_named = |object: &Object| object.name == *name;
    let mut frames = step.frames.iter();
    let is_ambiguous =
        (frames.clone()).any(|frame| frame.id != *id && frame.variables.iter().any(is_named));
    match frames.find(|frame| frame.id == *id) {
        Some(frame) if is_ambiguous => format!("{path} of {}", frame.function),
        _ => path,
    }
}

fn path_within(step: &Step, key: &ObjectKey, offset: u32) -> String {
    let (name, memory): (String, Option<&Memory>) = match key {
        ObjectKey::Variable(_, name) => {
            let found = step
                .frames
                .iter()
                .flat_map(|frame| &frame.variables)
                .find(|object| object.key == *key);
            (name.clone(), found.map(|object| &object.memory))
        }
        ObjectKey::Static(_) => {
            let found = step.statics.iter().find(|object| object.key == *key);
            let name = found.map_or("", |object| object.name.as_str());
            let name = if name.is_empty() { "literal" } else { name };
            (name.to_string(), found.map(|object| &object.memory))
        }
        ObjectKey::Block(id) => {
            let found = step.blocks.iter().find(|block| block.id == *id);
            (letters(*id), found.map(|block| &block.memory))
        }
    };
    if offset == 0 {
        return name;
    }
    match memory.and_then(|memory| part_path(&memory.value, offset)) {
        Some(path) => format!("{name}{path}"),
        None => format!("inside {name}"),
    }
}

fn part_path(value: &Value, offset: u32) -> Option<String> {
    let (parts, is_array) = match value {
        Value::Fields(parts) => (parts, false),
        Value::Items(parts) => (parts, true),
        Value::Text(text) => return Some(format!("[{}]", offset.checked_sub(text.offset)?)),
        _ => return None,
    };
    let holds = |part: &&Part| part.offset <= offset && offset < part.offset + part.size;
    let Some(part) = parts.iter().find(holds) else {
        // The value of a map's entry lies apart from its key.
        return parts.iter().find_map(|part| {
            let rest =
                matches!(part.value, Value::Fields(_)).then(|| part_path(&part.value, offset))?;
            Some(format!("{}{}", crate::text::field(&part.name), rest?))
        });
    };
    let step = if is_array {
        format!("[{}]", part.name)
    } else {
        crate::text::field(&part.name)
    };
    if part.offset == offset {
        return Some(step);
    }
    Some(format!("{step}{}", part_path(&part.value, offset)?))
}

/// Everything that a pointer of this step points to.
pub fn pointed(step: &Step) -> BTreeSet<ObjectKey> {
    fn collect(value: &Value, found: &mut BTreeSet<ObjectKey>) {
        match value {
            Value::Fields(parts) | Value::Items(parts) => {
                parts.iter().for_each(|part| collect(&part.value, found));
            }
            Value::Pointer(Pointer {
                target: Target::Object(key, _),
                ..
            }) => {
                found.insert(key.clone());
            }
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    for (_, memory) in step.memories() {
        collect(&memory.value, &mut found);
    }
    found
}

/// Text in quotes, with the parts that slices view marked, and the last letter of each such part: of a longer text
/// the letters of a range.
pub fn text(text: &MemoryText, range: Range<usize>, extents: &[(u32, u32)]) -> String {
    let letters: Vec<char> = text.text.chars().collect();
    let range = range.start.min(letters.len())..range.end.min(letters.len());
    let mut html = String::new();
    if range.start == 0 {
        html.push('"');
    }
    let marks = |index: usize| -> String {
        let at = text.offset + index as u32;
        let last = index + 1 == range.end;
        let mut marks = Vec::new();
        for (number, extent) in (1..).zip(extents) {
            if extent.0 <= at && at < extent.1 {
                marks.push(format!("x{number}"));
                if last || at + 1 == extent.1 {
                    marks.push(format!("e{number}"));
                }
            }
        }
        marks.join(" ")
    };
    let mut open = String::new();
    for (index, letter) in letters.iter().enumerate().take(range.end).skip(range.start) {
        let class = marks(index);
        if class != open {
            if !open.is_empty() {
                html.push_str("</span>");
            }
            if !class.is_empty() {
                html.push_str(&format!("<span class=\"{class}\">"));
            }
            open = class;
        }
        match letter {
            '\u{fffd}' => html.push_str("<u>·</u>"),
            other => html.push_str(&escape(&other.to_string())),
        }
    }
    if !open.is_empty() {
        html.push_str("</span>");
    }
    if range.end == letters.len() {
        html.push('"');
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_slice_views_of_a_text_is_marked() {
        let hello = MemoryText {
            text: "hello".into(),
            offset: 0,
        };
        let all = 0..5;
        assert_eq!(text(&hello, all.clone(), &[]), "\"hello\"");
        assert_eq!(
            text(&hello, all.clone(), &[(1, 3)]),
            "\"h<span class=\"x1\">e</span><span class=\"x1 e1\">l</span>lo\""
        );
        assert_eq!(
            text(&hello, all, &[(0, 3), (2, 5)]),
            "\"<span class=\"x1\">he</span><span class=\"x1 e1 x2\">l</span><span class=\"x2\">l</span><span class=\"x2 e2\">o</span>\""
        );
        assert_eq!(text(&hello, 2..9, &[]), "llo\"");
    }

    #[test]
    fn undefined_elements_that_follow_each_other_are_one_cell() {
        let part = |index: u32, value: Value| Part {
            name: index.to_string(),
            offset: index,
            size: 1,
            value,
        };
        let parts = [
            part(0, Value::Scalar("1".into())),
            part(1, Value::Undefined),
            part(2, Value::Undefined),
        ];
        let texts = |alone: u32| -> Vec<String> {
            let cells = cells(&parts, |offset| offset == alone).into_iter();
            cells.map(|cell| cell.text).collect()
        };
        assert_eq!(texts(0), ["1", "2 undefined"]);
        assert_eq!(texts(1), ["1", "undefined", "undefined"]);
        let cells = cells(&parts, |_| false);
        assert_eq!((cells[1].from, cells[1].to), (1, 3));
    }
}
