//! Values and texts that are almost those of a program. Pure.

use crate::model::Value;

pub(super) fn holds_pointers(value: &Value) -> bool {
    match value {
        Value::Pointer(_) => true,
        Value::Fields(parts) | Value::Items(parts) => {
            parts.iter().any(|part| holds_pointers(&part.value))
        }
        _ => false,
    }
}

/// A value that is almost the same, and fits where this one does; not the one that was there.
pub(super) fn altered(value: &Value, from: Option<&Value>) -> Vec<Value> {
    let parts = |parts: &[crate::model::Part]| -> Option<Vec<crate::model::Part>> {
        let (index, other) = parts.iter().enumerate().find_map(|(index, part)| {
            Some((index, altered(&part.value, None).into_iter().next()?))
        })?;
        let mut parts = parts.to_vec();
        parts[index].value = other;
        Some(parts)
    };
    let others = match value {
        Value::Scalar(text) => scalars_instead(text),
        Value::Fields(fields) => parts(fields).map(Value::Fields).into_iter().collect(),
        Value::Items(items) => parts(items).map(Value::Items).into_iter().collect(),
        _ => Vec::new(),
    };
    let mut others: Vec<Value> = others;
    others.retain(|other| Some(other) != from);
    others
}

/// The first part of a value that can be another one: its name, what it holds and what it could hold.
pub(super) fn part_instead(name: &str, value: &Value) -> Option<(String, Value, Value)> {
    match value {
        Value::Scalar(_) => {
            let other = altered(value, Some(value)).into_iter().next()?;
            Some((name.to_string(), value.clone(), other))
        }
        Value::Fields(parts) => parts.iter().find_map(|part| {
            let name = format!("{name}{}", crate::text::field(&part.name));
            part_instead(&name, &part.value)
        }),
        Value::Items(parts) => parts.iter().find_map(|part| {
            let name = format!("{}[{}]", name.trim_start_matches("block "), part.name);
            part_instead(&name, &part.value)
        }),
        _ => None,
    }
}

/// Smaller numbers, which fit where a larger one does; the other truth value.
pub(super) fn scalars_instead(text: &str) -> Vec<Value> {
    let others: Vec<String> = match text {
        "true" => vec!["false".into()],
        "false" => vec!["true".into()],
        "0" => vec!["1".into()],
        _ => match text.parse::<u128>() {
            Ok(number) => [number - 1, number / 2, 0]
                .map(|other| other.to_string())
                .to_vec(),
            Err(_) => match text.parse::<f64>() {
                Ok(number) if number.is_finite() => vec![(number / 2.0).to_string()],
                _ => Vec::new(),
            },
        },
    };
    others.into_iter().map(Value::Scalar).collect()
}

/// What is printed, with its last number another one.
pub(super) fn printed_instead(text: &str) -> Vec<String> {
    let Some(end) = text.rfind(|c: char| c.is_ascii_digit()) else {
        return Vec::new();
    };
    let start = text[..end]
        .rfind(|c: char| !c.is_ascii_digit())
        .map_or(0, |before| {
            before + text[before..].chars().next().map_or(1, char::len_utf8)
        });
    let Ok(number) = text[start..=end].parse::<u64>() else {
        return Vec::new();
    };
    [number.checked_add(1), number.checked_sub(1)]
        .into_iter()
        .flatten()
        .map(|number| format!("{}{number}{}", &text[..start], &text[end + 1..]))
        .collect()
}
