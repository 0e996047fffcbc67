//! Maps, lists of columns and packed structs, as diagrams show them. The program is `trace/01_traced/maps.zig`.

use book_trace::model::{Block, ObjectKey, Pointer, Step, Target, Value};
use book_trace::render::labels;

use crate::trace::fixtures::{before, part, record, shown, variable};

/// The block that a container keeps its entries in.
fn storage<'s>(step: &'s Step, name: &str, field: &str) -> &'s Block {
    let value = part(&variable(step, name).memory.value, field);
    let Value::Pointer(Pointer {
        target: Target::Object(ObjectKey::Block(id), 0),
        ..
    }) = value
    else {
        panic!("`{name}.{field}` leads to no block: {value:?}");
    };
    let found = step.blocks.iter().find(|block| block.id == *id);
    found.expect("the block")
}

fn stored(step: &Step, name: &str, field: &str) -> (String, String) {
    let block = storage(step, name, field);
    let value = labels::value(step, &block.memory.value);
    (block.memory.ty.clone(), value)
}

#[test]
fn a_map_of_strings_is_shown_by_its_keys_and_values() {
    let trace = record("maps");
    let empty = before(&trace, "print(\"empty");
    let map = variable(empty, "ages");
    assert_eq!(map.memory.ty, "StringHashMap(u32)");
    assert_eq!(
        shown(empty, "ages"),
        ".{ .metadata = null, .size = 0, .available = 0, .allocator = init.gpa }"
    );
    let two = before(&trace, "print(\"two");
    let (ty, entries) = stored(two, "ages", "metadata");
    assert_eq!(ty, "2 of 8 slots");
    for entry in [
        "[\"ada\"] = .{ .key = len 3 → literal \"ada\", .value = 37 }",
        "[\"eve\"] = .{ .key = len 3 → A \"eve\", .value = 7 }",
    ] {
        assert!(entries.contains(entry), "{entry} in {entries}");
    }
    assert_eq!(shown(two, "age"), "→ B[\"ada\"].value");
    assert_eq!(
        shown(two, "ages"),
        ".{ .metadata = → B, .size = 2, .available = 4, .allocator = init.gpa }"
    );
}

#[test]
fn a_removed_entry_leaves_a_mark_and_a_freed_key_dangles() {
    let trace = record("maps");
    let removed = before(&trace, "print(\"removed");
    let (ty, entries) = stored(removed, "ages", "metadata");
    assert_eq!(ty, "1 of 8 slots, 1 removed");
    assert!(!entries.contains("ada"), "{entries}");
    let dangling = before(&trace, "print(\"dangling");
    let (_, entries) = stored(dangling, "ages", "metadata");
    assert!(
        entries.contains(".key = len 3 → A, freed, .value = 7"),
        "{entries}"
    );
}

#[test]
fn a_map_that_has_grown_and_a_set_are_read_from_their_new_block() {
    let trace = record("maps");
    let step = before(&trace, "print(\"grown");
    assert_eq!(
        variable(step, "squares").memory.ty,
        "AutoHashMapUnmanaged(u8, u64)"
    );
    let block = storage(step, "squares", "metadata");
    assert_eq!(block.memory.ty, "7 of 16 slots");
    for key in 0..7_u64 {
        let value = part(&block.memory.value, &format!("[{key}]"));
        assert_eq!(*value, Value::Scalar((key * key).to_string()));
    }
    let (ty, entries) = stored(step, "seen", "metadata");
    assert_eq!(
        (ty.as_str(), entries.as_str()),
        ("1 of 8 slots", ".{ [3] = 3 }")
    );
}

#[test]
fn maps_that_keep_an_order_are_shown_in_it() {
    let trace = record("maps");
    let step = before(&trace, "print(\"ordered");
    assert_eq!(
        variable(step, "order").memory.ty,
        "array_hash_map.String(i16)"
    );
    let (ty, entries) = stored(step, "order", "bytes");
    assert!(ty.starts_with("2 of "), "{ty}");
    assert_eq!(
        entries,
        ".{ [\"zebra\"] = .{ .key = len 5 → literal \"zebra\", .value = -1 }, [\"apple\"] = .{ .key = len 5 → literal \"apple\", .value = 2 } }"
    );
    let order = shown(step, "order");
    assert!(order.contains(".len = 2"), "{order}");
    assert!(order.ends_with(".index_header = null }"), "{order}");
    let many = storage(step, "many", "bytes");
    assert_eq!(*part(&many.memory.value, "[80]"), Value::Scalar("8".into()));
    let index = storage(step, "many", "index_header");
    assert_eq!(index.memory.ty, "index of the keys");
    assert_eq!(index.memory.value, Value::Opaque);
}

#[test]
fn a_list_of_columns_is_shown_by_the_array_of_each_field() {
    let trace = record("maps");
    let none = before(&trace, "print(\"no columns");
    assert_eq!(
        shown(none, "list"),
        ".{ .bytes = undefined, .len = 0, .capacity = 0 }"
    );
    let step = before(&trace, "print(\"columns");
    assert_eq!(variable(step, "list").memory.ty, "MultiArrayList(Tied)");
    let block = storage(step, "list", "bytes");
    assert!(block.memory.ty.starts_with("2 of "), "{}", block.memory.ty);
    let Value::Fields(columns) = &block.memory.value else {
        panic!("{:?}", block.memory.value);
    };
    let names: Vec<&str> = columns.iter().map(|part| part.name.as_str()).collect();
    assert_eq!(names, ["wide", "name", "first", "second"]);
    for (name, expected) in [
        ("wide", ["1.5", "2.5"]),
        ("first", ["1", "2"]),
        ("second", ["-1", "-2"]),
        (
            "name",
            ["len 3 → literal \"one\"", "len 3 → literal \"two\""],
        ),
    ] {
        let column = part(&block.memory.value, name);
        for (index, expected) in expected.iter().enumerate() {
            let value = part(column, &index.to_string());
            assert_eq!(labels::value(step, value), *expected, "{name}");
        }
    }
}

#[test]
fn a_packed_struct_is_shown_by_its_fields() {
    let trace = record("maps");
    let step = before(&trace, "print(\"packed");
    assert_eq!(
        shown(step, "flags"),
        ".{ .low = true, .middle = 3, .high = 9 }"
    );
    assert_eq!(
        shown(step, "header"),
        ".{ .version = 5, .mode = .write, .flags = .{ .low = true, .middle = 3, .high = 9 }, .signed = -3, .rest = 100 }"
    );
}

#[test]
fn what_a_container_gave_back_is_not_read() {
    let trace = record("maps");
    for step in &trace.steps {
        for block in step.blocks.iter().filter(|block| block.state.is_freed()) {
            // Its bytes, as far as they say anything: no entries of whoever had it.
            let value = &block.memory.value;
            let is_filled = *value == Value::Scalar("0x55 everywhere".into());
            assert!(
                is_filled || matches!(value, Value::Opaque | Value::Undefined),
                "{value:?}"
            );
        }
    }
}
