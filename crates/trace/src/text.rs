//! Values on one line, for the terminal, for sentences and for diagrams. Pure.

#![warn(missing_docs)]

use super::model::{BlockState, MemoryText, Part, Pointer, Value};

/// A value on one line, as a programmer would write it; pointers, whose names depend on the step, as `pointer`
/// writes them.
pub fn value(value: &Value, pointer: &dyn Fn(&Pointer) -> String) -> String {
    match value {
        untouched if is_untouched(untouched) => "undefined".into(),
        Value::Scalar(text) => text.clone(),
        Value::Undefined => "undefined".into(),
        Value::Opaque => "…".into(),
        Value::Text(text) => quoted(text),
        Value::Pointer(found) => pointer(found),
        Value::Items(parts) => items(parts, &|part| self::value(part, pointer)),
        Value::Fields(parts) => {
            let fields: Vec<String> = parts
                .iter()
                .map(|part| {
                    format!(
                        "{} = {}",
                        field(&part.name),
                        self::value(&part.value, pointer)
                    )
                })
                .collect();
            format!(".{{ {} }}", fields.join(", "))
        }
    }
}

/// What follows a value's name to name a field of it; an entry of a map is named by its key, in brackets.
pub fn field(name: &str) -> String {
    match name.starts_with('[') {
        true => name.to_string(),
        false => format!(".{name}"),
    }
}

/// Whether nothing has been written to any part of a value.
pub fn is_untouched(value: &Value) -> bool {
    match value {
        Value::Undefined => true,
        Value::Fields(parts) | Value::Items(parts) => {
            !parts.is_empty() && parts.iter().all(|part| is_untouched(&part.value))
        }
        _ => false,
    }
}

/// A value that holds no pointers, on one line.
pub fn plain(value: &Value) -> String {
    self::value(value, &|_| "…".into())
}

/// The elements of an array on one line, each written by `write`; many undefined ones are counted.
fn items(parts: &[Part], write: &dyn Fn(&Value) -> String) -> String {
    const MANY: usize = 4;
    let runs = parts.chunk_by(|a, b| a.value == Value::Undefined && b.value == Value::Undefined);
    let texts: Vec<String> = runs
        .flat_map(|run| {
            let count: usize = run.iter().map(Part::count).sum();
            if run[0].value == Value::Undefined && count >= MANY {
                return vec![format!("{count} undefined")];
            }
            run.iter()
                .map(|part| match part.value {
                    Value::Opaque if part.name.ends_with(" more") => part.name.clone(),
                    _ => write(&part.value),
                })
                .collect()
        })
        .collect();
    format!("{{ {} }}", texts.join(", "))
}

/// Text in quotes; an undefined byte is a middle dot, a zero and a line break have signs of their own. Many at its end
/// are counted.
pub fn quoted(text: &MemoryText) -> String {
    let (used, rest) = used(&text.text);
    let text = format!("\"{}\"", used.replace('\u{fffd}', "·"));
    match rest {
        Some((count, what)) if used.is_empty() => format!("{count} {what}"),
        Some((count, what)) => format!("{text} and {count} {what}"),
        None => text,
    }
}

/// The part of a text that is used, and what fills the rest of a buffer, if that is much: how many bytes, and of what.
pub fn used(text: &str) -> (&str, Option<(usize, &'static str)>) {
    const MANY: usize = 12;
    for (filler, what) in [('\u{fffd}', "undefined"), ('\u{2400}', "zeros")] {
        let used = text.trim_end_matches(filler);
        let count = text[used.len()..].chars().count();
        if count >= MANY {
            return (used, Some((count, what)));
        }
    }
    (text, None)
}

/// The word for whose a block is, as readers see it.
pub fn state(state: BlockState) -> &'static str {
    match state {
        BlockState::Live => "live",
        BlockState::Freed => "freed",
        BlockState::Written => "freed, then written to",
        BlockState::Leaked => "leaked",
    }
}
