//! Questions that a diagram asks: a value or a pointer of a step is left blank, and the trace knows what belongs
//! there. Pure.

use crate::model::{Memory, ObjectKey, Part, Step, Value, letters};

use super::labels;

/// A place of a step that is left blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blank {
    /// The object: a variable, a constant, or a block.
    pub key: ObjectKey,
    /// In bytes from the start of the object.
    pub offset: u32,
    /// What of it is left blank there.
    pub of: BlankPart,
    /// What belongs there, as the diagram writes it: `3`, `A`, `scores[1]`.
    pub answer: String,
    /// Whether that is the name of a place and not a value.
    pub is_place: bool,
}

/// What of a value is left blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlankPart {
    /// All of it; of a pointer or a slice, what it points to.
    Value,
    /// The length of a slice.
    Length,
}

impl Blank {
    /// Other ways to write the answer that mean the same.
    pub fn others(&self) -> Vec<String> {
        let answer = &self.answer;
        let is_name = answer.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        match self.of {
            BlankPart::Value if is_name => {
                // Of which call it is may be left out.
                let name = answer.split(" of ").next().unwrap_or(answer);
                let mut others = vec![
                    format!("→ {name}"),
                    format!("-> {name}"),
                    format!("&{name}"),
                    format!("{name}[0]"),
                    format!("block {name}"),
                ];
                if name != answer {
                    others.push(name.to_string());
                    others.push(format!("→ {answer}"));
                }
                others
            }
            BlankPart::Value => Vec::new(),
            BlankPart::Length => vec![format!("len {answer}")],
        }
    }
}

/// Finds what `path` names at a step: a variable `n`, a block `A`, and from there `.field`, `[1]`, `.len`. Of
/// variables with the same name, that of the latest call.
///
/// # Errors
///
/// What is wrong, for the author of the question.
pub fn find(step: &Step, path: &str) -> Result<Blank, String> {
    let end = path.find(['.', '[']).unwrap_or(path.len());
    let (name, mut rest) = path.split_at(end);
    let (key, memory) = object(step, name)
        .ok_or_else(|| format!("at this step there is no variable, global or block `{name}`"))?;
    let mut value = &memory.value;
    let mut offset = 0;
    while !rest.is_empty() {
        if rest == ".len"
            && let Value::Pointer(pointer) = value
            && let Some(len) = pointer.len
        {
            return Ok(Blank {
                key,
                offset,
                of: BlankPart::Length,
                answer: len.to_string(),
                is_place: false,
            });
        }
        let (part, after) =
            part(value, rest).ok_or_else(|| format!("`{path}` names nothing at this step"))?;
        value = &part.value;
        offset = part.offset;
        rest = after;
    }
    let answer = match value {
        Value::Scalar(text) => text.clone(),
        Value::Undefined => "undefined".into(),
        Value::Text(text) => text.text.clone(),
        Value::Pointer(pointer) => match labels::target(step, pointer) {
            Some(target) => target,
            None => return Err(format!("`{path}` points to nothing that is shown")),
        },
        Value::Items(_) | Value::Fields(_) | Value::Opaque => {
            return Err(format!("`{path}` is no single value: name a part of it"));
        }
    };
    Ok(Blank {
        key,
        offset,
        of: BlankPart::Value,
        answer,
        is_place: matches!(value, Value::Pointer(_)),
    })
}

fn object<'s>(step: &'s Step, name: &str) -> Option<(ObjectKey, &'s Memory)> {
    let variables = step
        .frames
        .iter()
        .rev()
        .flat_map(|frame| &frame.variables)
        .chain(&step.statics);
    for object in variables {
        if object.name == name {
            return Some((object.key.clone(), &object.memory));
        }
    }
    let block = step
        .blocks
        .iter()
        .find(|block| letters(block.id) == name && !block.state.is_freed())?;
    Some((ObjectKey::Block(block.id), &block.memory))
}

/// The part that the first step of `path` leads to, and the rest of the path.
fn part<'v, 'p>(value: &'v Value, path: &'p str) -> Option<(&'v Part, &'p str)> {
    let (parts, name, rest) = match value {
        Value::Fields(parts) if path.starts_with('[') => {
            let end = path.find(']')? + 1;
            (parts, &path[..end], &path[end..])
        }
        Value::Fields(parts) => {
            let path = path.strip_prefix('.')?;
            let end = path.find(['.', '[']).unwrap_or(path.len());
            (parts, &path[..end], &path[end..])
        }
        Value::Items(parts) => {
            let path = path.strip_prefix('[')?;
            let end = path.find(']')?;
            (parts, &path[..end], &path[end + 1..])
        }
        _ => return None,
    };
    let part = parts.iter().find(|part| part.name == name)?;
    Some((part, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Frame, Object, Pointer, Statement, Target};
    use crate::testing::memory;

    fn step() -> Step {
        let item = |index: u32, text: &str| Part {
            name: index.to_string(),
            offset: index * 4,
            size: 4,
            value: Value::Scalar(text.into()),
        };
        let scores = ObjectKey::Variable(1, "scores".into());
        let object = |name: &str, value: Value| Object {
            key: ObjectKey::Variable(1, name.into()),
            name: name.into(),
            memory: memory(value),
        };
        Step {
            frames: vec![Frame {
                id: 1,
                function: "main".into(),
                at: Statement {
                    file: 0,
                    line: 1,
                    deferred: None,
                },
                variables: vec![
                    object("scores", Value::Items(vec![item(0, "10"), item(1, "20")])),
                    object(
                        "view",
                        Value::Pointer(Pointer {
                            address: 4,
                            len: Some(1),
                            width: 4,
                            target: Target::Object(scores, 4),
                            text: None,
                        }),
                    ),
                ],
            }],
            ..Step::default()
        }
    }

    #[test]
    fn what_belongs_in_a_blank_comes_from_the_trace() {
        for (path, answer) in [
            ("scores[1]", "20"),
            ("view", "scores[1]"),
            ("view.len", "1"),
        ] {
            assert_eq!(find(&step(), path).unwrap().answer, answer, "{path}");
        }
        assert_eq!(find(&step(), "scores[1]").unwrap().offset, 4);
    }

    #[test]
    fn a_blank_that_is_not_there_is_refused_with_a_reason() {
        for (path, reason) in [
            (
                "total",
                "at this step there is no variable, global or block `total`",
            ),
            ("scores[7]", "`scores[7]` names nothing at this step"),
            ("scores", "`scores` is no single value: name a part of it"),
        ] {
            assert_eq!(find(&step(), path).unwrap_err(), reason);
        }
    }
}
