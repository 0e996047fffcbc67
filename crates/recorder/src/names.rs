//! Names as a programmer writes them, from those that the compiler gives: without the paths of files, without
//! the numbers of instances. Pure.

/// A type's name. `file` is the listing's path inside the listings folder, without `.zig`:
/// `03_allocator/caller_owns`.
pub(crate) fn type_name(raw: &str, file: &str) -> String {
    let mut name = inferred_errors(raw);
    name = without(&name, &format!("{}.", file.replace('/', ".")));
    if let Some((folder, _)) = file.split_once('/') {
        name = without(&name, &format!("{folder}."));
    }
    for (path, short) in [
        ("mem.Allocator.Error", "Allocator.Error"),
        ("mem.Allocator", "Allocator"),
        ("mem.Alignment", "Alignment"),
        ("heap.ArenaAllocator", "ArenaAllocator"),
        ("heap.FixedBufferAllocator", "FixedBufferAllocator"),
        ("heap.BufferFirstAllocator", "BufferFirstAllocator"),
        ("heap.SafeAllocator", "SafeAllocator"),
        ("process.Init", "Init"),
    ] {
        name = name.replace(path, short);
    }
    name = instance(&name, "array_list.Aligned(", |arguments| {
        let element = arguments.strip_suffix(",null")?;
        Some(format!("ArrayList({})", type_name(element, file)))
    });
    name = instance(&name, "multi_array_list.MultiArrayList(", |arguments| {
        Some(format!("MultiArrayList({})", type_name(arguments, file)))
    });
    // The longer name first: it ends as the shorter one does.
    for (opens, names) in [
        (
            "array_hash_map.Custom(",
            [
                "array_hash_map.String",
                "array_hash_map.Auto",
                "array_hash_map.Custom",
            ],
        ),
        (
            "hash_map.Custom(",
            [
                "StringHashMapUnmanaged",
                "AutoHashMapUnmanaged",
                "HashMapUnmanaged",
            ],
        ),
        (
            "hash_map.HashMap(",
            ["StringHashMap", "AutoHashMap", "HashMap"],
        ),
    ] {
        name = instance(&name, opens, |arguments| map_name(arguments, names, file));
    }
    without_numbers(&name)
}

/// `name` without `path` wherever a path begins so: `a.` begins that of `a.Node`, and no part of `data.Node` or `b.a.Node`.
fn without(name: &str, path: &str) -> String {
    let mut out = String::new();
    let mut rest = name;
    while let Some(at) = rest.find(path) {
        let (before, after) = (&rest[..at], &rest[at + path.len()..]);
        out.push_str(before);
        let goes_on = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-');
        if out.ends_with(goes_on) && !out.ends_with("..") {
            out.push_str(path);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// A map's name, from what it is an instance of: its key, its value and its context. `names` are those of a map of
/// strings, of one that hashes by itself, and of any other.
fn map_name(arguments: &str, names: [&str; 3], file: &str) -> Option<String> {
    let arguments = split(arguments);
    let [key, value, context, ..] = arguments.as_slice() else {
        return None;
    };
    let (key, value) = (type_name(key, file), type_name(value, file));
    Some(match context {
        context if context.ends_with("hash_map.StringContext") => format!("{}({value})", names[0]),
        context if context.contains("hash_map.AutoContext(") => {
            format!("{}({key}, {value})", names[1])
        }
        _ => format!("{}({key}, {value})", names[2]),
    })
}

/// What commas part, outside of brackets.
fn split(arguments: &str) -> Vec<&str> {
    let mut depth = 0;
    let commas = |character: char| {
        match character {
            '(' | '{' | '[' => depth += 1,
            ')' | '}' | ']' => depth -= 1,
            _ => {}
        }
        depth == 0 && character == ','
    };
    arguments.split(commas).collect()
}

/// A function's name: `init` of the container `Model` is `Model.init`, a test is `test "name"`.
pub(crate) fn function_name(path: &str, file: &str) -> String {
    let own = format!("{}.", file.replace('/', "."));
    let folder = file
        .split_once('/')
        .map_or(String::new(), |(folder, _)| format!("{folder}."));
    let name = path
        .strip_prefix(&own)
        .or_else(|| path.strip_prefix(&folder))
        .unwrap_or(path);
    if let Some(test) = name.strip_prefix("test.") {
        return format!("test \"{test}\"");
    }
    without_numbers(name)
}

/// Whether a global's path is of the listing's own file, at its top level.
pub(crate) fn is_of(path: &str, file: &str) -> bool {
    path.strip_prefix(&format!("{}.", file.replace('/', ".")))
        .is_some()
}

/// `@typeInfo(…).error_union.error_set!T` is what the compiler calls `!T` with the errors inferred.
fn inferred_errors(raw: &str) -> String {
    const MARK: &str = ".error_union.error_set!";
    match raw.rfind(MARK) {
        Some(at) if raw.starts_with("@typeInfo(") => format!("!{}", &raw[at + MARK.len()..]),
        _ => raw.to_string(),
    }
}

/// Rewrites an instance of a generic type: what is between the brackets, as `rewrite` says.
fn instance(name: &str, opens: &str, rewrite: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::new();
    let mut rest = name;
    while let Some(at) = rest.find(opens) {
        let inside = &rest[at + opens.len()..];
        let mut depth = 1;
        let close = inside.char_indices().find(|&(_, character)| {
            match character {
                '(' | '{' | '[' => depth += 1,
                ')' | '}' | ']' => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        let Some((close, _)) = close else { break };
        match rewrite(&inside[..close]) {
            Some(new) => {
                out.push_str(&rest[..at]);
                out.push_str(&new);
            }
            None => out.push_str(&rest[..at + opens.len() + close + 1]),
        }
        rest = &inside[close + 1..];
    }
    out.push_str(rest);
    out
}

/// `largest__func_12` is an instance of `largest`, `Shape__struct_3` a type without a name inside `Shape`.
fn without_numbers(name: &str) -> String {
    let mut out = String::new();
    let mut rest = name;
    while let Some(at) = rest.find("__") {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let tail = &after[2..];
        let kind_end = tail.find('_').unwrap_or(0);
        let digits = tail
            .get(kind_end + 1..)
            .unwrap_or("")
            .bytes()
            .take_while(u8::is_ascii_digit)
            .count();
        let known = matches!(
            &tail[..kind_end],
            "func" | "struct" | "enum" | "union" | "anon" | "opaque"
        );
        if known && digits > 0 {
            rest = &tail[kind_end + 1 + digits..];
        } else {
            out.push_str("__");
            rest = tail;
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_named_as_they_are_written() {
        for (raw, name) in [
            ("[]u8", "[]u8"),
            ("?*03_allocator.caller_owns.Node", "?*Node"),
            ("[2]03_allocator.tensor.Tensor", "[2]tensor.Tensor"),
            ("array_list.Aligned(u32,null)", "ArrayList(u32)"),
            (
                "array_list.Aligned(array_list.Aligned(u8,null),null)",
                "ArrayList(ArrayList(u8))",
            ),
            (
                "hash_map.Custom([]const u8,u32,hash_map.StringContext,80)",
                "StringHashMapUnmanaged(u32)",
            ),
            (
                "hash_map.HashMap([]const u8,array_list.Aligned(u32,null),hash_map.StringContext,80)",
                "StringHashMap(ArrayList(u32))",
            ),
            (
                "*hash_map.Custom(u32,hash_map.Custom([]const u8,u8,hash_map.StringContext,80),hash_map.AutoContext(u32),80)",
                "*AutoHashMapUnmanaged(u32, StringHashMapUnmanaged(u8))",
            ),
            (
                "array_hash_map.Custom([]const u8,i16,array_hash_map.StringContext,true)",
                "array_hash_map.String(i16)",
            ),
            (
                "multi_array_list.MultiArrayList(03_allocator.caller_owns.Node)",
                "MultiArrayList(Node)",
            ),
            (
                "@typeInfo(@typeInfo(@TypeOf(03_allocator.caller_owns.main)).@\"fn\".return_type.?).error_union.error_set!void",
                "!void",
            ),
            ("mem.Allocator", "Allocator"),
        ] {
            assert_eq!(type_name(raw, "03_allocator/caller_owns"), name);
        }
    }

    #[test]
    fn a_short_files_name_is_not_part_of_others() {
        for (raw, name) in [
            ("a.Node", "Node"),
            ("[]const a.Node", "[]const Node"),
            ("data.Node", "data.Node"),
            ("tree.a.Node", "tree.a.Node"),
            (
                "hash_map.Custom(u32,a.Node,hash_map.AutoContext(u32),80)",
                "AutoHashMapUnmanaged(u32, Node)",
            ),
        ] {
            assert_eq!(type_name(raw, "a"), name);
        }
        assert_eq!(type_name("mem.Allocator", "m"), "Allocator");
    }

    #[test]
    fn functions_are_named_as_they_are_called() {
        for (path, name) in [
            ("03_allocator.caller_owns.main", "main"),
            ("03_allocator.caller_owns.Model.init", "Model.init"),
            ("03_allocator.caller_owns.largest__func_12", "largest"),
            (
                "03_allocator.caller_owns.test.frees all",
                "test \"frees all\"",
            ),
            ("03_allocator.tensor.Tensor.deinit", "tensor.Tensor.deinit"),
        ] {
            assert_eq!(function_name(path, "03_allocator/caller_owns"), name);
        }
    }
}
