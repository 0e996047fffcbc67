//! What nobody has written to takes one row, whatever it is made of.

use super::picture::{Regions, picture};
use crate::model::{Frame, Memory, MemoryText, Object, ObjectKey, Part, Statement, Step, Value};

fn part(name: &str, offset: u32, size: u32, value: Value) -> Part {
    Part {
        name: name.into(),
        offset,
        size,
        value,
    }
}

fn point(x: Value, y: Value) -> Value {
    Value::Fields(vec![part("x", 0, 4, x), part("y", 4, 4, y)])
}

/// The rows of a variable that holds this.
fn rows(value: Value) -> Vec<String> {
    let key = ObjectKey::Variable(1, "points".into());
    let memory = Memory {
        ty: String::new(),
        address: 0,
        size: 80,
        align: 4,
        value,
        bytes: String::new(),
    };
    let at = Statement {
        file: 0,
        line: 1,
        deferred: None,
    };
    let step = Step {
        frames: vec![Frame {
            id: 1,
            function: "main".into(),
            at,
            variables: vec![Object {
                key,
                name: "points".into(),
                memory,
            }],
        }],
        ..Step::default()
    };
    let (picture, _) = picture(&step, Regions::default(), None, &[]);
    let html = picture.stack.concat();
    let rows = html.split("<div class=\"r").skip(1);
    rows.map(|row| {
        let mut text = String::new();
        let mut inside = true;
        for letter in row.chars() {
            match letter {
                '<' => inside = true,
                '>' => inside = false,
                letter if !inside => text.push(letter),
                _ => {}
            }
        }
        text.trim().to_string()
    })
    .collect()
}

#[test]
fn a_struct_that_nobody_has_touched_is_one_row() {
    let undefined = point(Value::Undefined, Value::Undefined);
    assert_eq!(rows(undefined), ["points undefined"]);
}

#[test]
fn elements_that_nobody_has_touched_are_one_row_after_those_that_are_used() {
    let number = |text: &str| Value::Scalar(text.into());
    let mut items = vec![part("0", 0, 8, point(number("1"), number("2")))];
    for index in 1..10 {
        let value = point(Value::Undefined, Value::Undefined);
        items.push(part(&index.to_string(), index * 8, 8, value));
    }
    let rows = rows(Value::Items(items));
    assert_eq!(
        rows.last().map(String::as_str),
        Some("[1] to [9] 9 undefined")
    );
    assert_eq!(rows.len(), 3, "{rows:?}");
}

#[test]
fn the_rest_of_a_long_buffer_that_nobody_has_touched_belongs_to_its_row() {
    let mut items: Vec<Part> = (0..64)
        .map(|index| part(&index.to_string(), index, 1, Value::Undefined))
        .collect();
    items[0].value = Value::Scalar("7".into());
    items.push(part("192 more", 64, 192, Value::Undefined));
    assert_eq!(rows(Value::Items(items)), ["points 7255 undefined"]);

    let mut items = vec![part("0", 0, 8, point(Value::Undefined, Value::Undefined))];
    items.push(part("9 more", 8, 72, Value::Undefined));
    items.insert(0, part("0", 0, 8, Value::Opaque));
    items[1].name = "1".into();
    let rows = rows(Value::Items(items));
    assert_eq!(
        rows.last().map(String::as_str),
        Some("[1] to [10] 10 undefined")
    );
}

#[test]
fn the_rest_of_a_text_buffer_is_counted() {
    let text = |text: String| Value::Text(MemoryText { text, offset: 0 });
    let buffer = |filler: &str| text(format!("hello{}", filler.repeat(75)));
    assert_eq!(
        rows(buffer("\u{fffd}")),
        ["points", "\"hello\"", "75 undefined"]
    );
    assert_eq!(
        rows(buffer("\u{2400}")),
        ["points", "\"hello\"", "75 zeros"]
    );
    assert_eq!(rows(text("\u{2400}".repeat(80))), ["points 80 zeros"]);
    let value = buffer("\u{fffd}");
    assert_eq!(crate::text::plain(&value), "\"hello\" and 75 undefined");
}
