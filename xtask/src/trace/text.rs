//! Values on one line, for the terminal, for sentences and for diagrams. Pure.

use super::model::{Key, Part, Pointer, State, Target, Text, Value, letters};

/// A value on one line, as a programmer would write it.
pub fn value(value: &Value) -> String {
    match value {
        Value::Scalar(text) => text.clone(),
        Value::Undefined => "undefined".into(),
        Value::Opaque => "…".into(),
        Value::Text(text) => quoted(text),
        Value::Pointer(pointer) => self::pointer(pointer),
        Value::Items(parts) => items(parts, &self::value),
        Value::Fields(parts) => {
            let fields: Vec<String> = parts
                .iter()
                .map(|part| format!(".{} = {}", part.name, self::value(&part.value)))
                .collect();
            format!(".{{ {} }}", fields.join(", "))
        }
    }
}

/// The elements of an array on one line, each written by `write`; many undefined ones are counted.
pub fn items(parts: &[Part], write: &dyn Fn(&Value) -> String) -> String {
    const MANY: usize = 4;
    let runs = parts.chunk_by(|a, b| a.value == Value::Undefined && b.value == Value::Undefined);
    let texts: Vec<String> = runs
        .flat_map(|run| {
            if run[0].value == Value::Undefined && run.len() >= MANY {
                return vec![format!("{} undefined", run.len())];
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

/// Text in quotes; an undefined byte is a middle dot, a zero and a line break have signs of their own.
pub fn quoted(text: &Text) -> String {
    format!("\"{}\"", text.text.replace('\u{fffd}', "·"))
}

/// What a pointer points to, in words.
pub fn pointer(pointer: &Pointer) -> String {
    let len = pointer
        .len
        .map_or(String::new(), |len| format!(" len {len}"));
    let text = pointer.text.as_ref().map_or(String::new(), |text| {
        format!(" \"{}\"", text.replace('\u{fffd}', "·"))
    });
    format!("→ {}{len}{text}", target(&pointer.target))
}

pub fn target(target: &Target) -> String {
    match target {
        Target::Object(key, 0) => self::key(key),
        Target::Object(key, offset) => format!("{} + {offset}", self::key(key)),
        Target::Freed(key, 0) => format!("freed {}", self::key(key)),
        Target::Freed(key, offset) => format!("freed {} + {offset}", self::key(key)),
        Target::Gone(name) => format!("{name}, which is gone"),
        Target::Elsewhere => "elsewhere".into(),
        Target::Nothing => "nothing".into(),
    }
}

pub fn key(key: &Key) -> String {
    match key {
        Key::Variable(_, name) => name.clone(),
        Key::Static(number) => format!("static {}", number + 1),
        Key::Block(id) => format!("block {}", letters(*id)),
    }
}

pub fn state(state: State) -> &'static str {
    match state {
        State::Live => "live",
        State::Freed => "freed",
        State::Leaked => "leaked",
    }
}
