//! Records programs beyond the book's, and looks at what was recorded. The programs are in `trace/`.

pub mod fixtures;

use std::sync::atomic::AtomicBool;

use crate::trace::fixtures::{
    FIXTURES, LIMITS, before, block, build, events, last, part, pointed, record, shown, target,
    top, variable,
};
use book_recorder::record::host::Machine;
use book_recorder::run::{RunEnd, Runnable};
use book_trace::model::{
    Block, BlockState, Deferred, End, EventKind, ObjectKey, Step, Target, Value,
};
use book_trace::render::{self, labels, question, sentence};
use book_trace::snapshot;

#[test]
fn values_are_those_that_the_program_prints() {
    let mut compared = 0;
    for name in ["values", "calls", "loops", "corners"] {
        let trace = record(name);
        for (step, after) in trace.steps.iter().zip(&trace.steps[1..]) {
            for line in after.output.lines() {
                let Some((name, value)) = line.split_once(" = ") else {
                    continue;
                };
                assert_eq!(shown(step, name), value, "{name}");
                compared += 1;
            }
        }
    }
    assert!(compared > 25, "only {compared} values were compared");
}

#[test]
fn every_kind_of_value_is_shown_as_a_programmer_thinks_of_it() {
    let trace = record("values");
    let step = before(&trace, "print(\"grid");
    for (name, value) in [
        ("open", "@enumFromInt(7)"),
        ("nothing", "null"),
        ("circle", ".{ .circle = 1.5 }"),
        ("rect", ".{ .rect = .{ .w = 1, .h = 2 } }"),
        ("empty", ".none"),
        ("flags", ".{ .low = true, .middle = 3, .high = 9 }"),
        ("pair", ".{ .0 = 7, .1 = false }"),
        ("raw", "{ undefined, 9, undefined, undefined }"),
        ("text", "len 5 → literal \"hello\""),
        ("part", "len 2 → literal[1] \"el\""),
        ("zeroed", "→ literal \"zed\""),
        ("words", "len 2 → literal"),
    ] {
        assert_eq!(shown(step, name), value, "{name}");
    }
    assert_eq!(variable(step, "raw").memory.bytes, "??09????");
    assert_eq!(variable(step, "none").memory.bytes, "........00......");
    assert_eq!(variable(step, "words").memory.ty, "[]const []const u8");
    // How deep the stack is, which depends on the rest of the program, does not matter to a pointer to nothing.
    assert_eq!(variable(step, "hollow").memory.bytes, "0400000000000000");
    assert_eq!(variable(step, "line").memory.ty, "Line");
    // A variable is there once it has been written.
    let early = before(&trace, "var truth");
    assert!(
        !top(early)
            .variables
            .iter()
            .any(|object| object.name == "letter")
    );
}

#[test]
fn each_call_and_each_return_is_a_step() {
    let trace = record("calls");
    let deepest = trace.steps.iter().map(|step| step.frames.len()).max();
    assert_eq!(deepest, Some(5), "main and four calls of factorial");
    let mut returned: Vec<String> = Vec::new();
    for step in &trace.steps {
        for event in &step.events {
            if let EventKind::Return { function, value } = &event.what {
                let value = value.as_ref().map(|value| labels::value(step, value));
                let value = value.as_deref().unwrap_or("nothing");
                returned.push(format!("{function} {value}"));
            }
        }
    }
    assert_eq!(
        returned,
        [
            "factorial 1",
            "factorial 1",
            "factorial 2",
            "factorial 6",
            "larger 4",
            "larger 3.5",
            "scaled 40",
            "doubled nothing",
            "node .{ .value = 5, .next = null }",
            "support.sum 6",
            "maybe 9",
            "node .{ .value = 8, .next = null }",
            "parsed .{ .value = 8, .next = null }",
            "deep error.Bottom",
            "deep error.Bottom",
            "deep error.Bottom",
            "main nothing",
        ]
    );
    for step in &trace.steps {
        let returns = step
            .events
            .iter()
            .filter(|event| matches!(event.what, EventKind::Return { .. }));
        assert!(returns.count() <= 1);
    }
    assert_eq!(shown(before(&trace, "twice = x * 2"), "x"), "21");
    let in_support = before(&trace, "var total");
    assert_eq!(top(in_support).function, "support.sum");
    assert_eq!(
        trace.files[top(in_support).at.file],
        "01_traced/support.zig"
    );
}

#[test]
fn deferred_statements_run_backwards_and_on_the_path_that_they_are_for() {
    let trace = record("calls");
    let deferred: Vec<(Deferred, &str)> = trace
        .steps
        .iter()
        .filter_map(|step| Some((step.ran?.deferred?, step.output.trim_end())))
        .collect();
    let expected: Vec<(Deferred, &str)> = vec![
        (Deferred::Errdefer, "undo 0"),
        (Deferred::Defer, "leave 0"),
        (Deferred::Errdefer, "undo 1"),
        (Deferred::Defer, "leave 1"),
        (Deferred::Errdefer, "undo 2"),
        (Deferred::Defer, "leave 2"),
    ];
    assert_eq!(deferred, expected);
}

#[test]
fn loops_step_each_time_round() {
    let trace = record("loops");
    let times = |line: u32| {
        let at = |step: &&Step| step.next.is_some_and(|next| next.line == line);
        trace.steps.iter().filter(at).count()
    };
    let source = &FIXTURES.sources["01_traced/loops.zig"];
    let line_of = |text: &str| {
        let found = source.lines().position(|line| line.contains(text));
        found.expect("the line") as u32 + 1
    };
    assert_eq!(times(line_of("const square")), 3);
    assert_eq!(times(line_of("while (i < 3)")), 4);
    assert!(times(line_of("for ([_]u32{ 5, 6 }")) >= 2);
    // What a round declares is gone when the next begins.
    for step in &trace.steps {
        if step
            .next
            .is_some_and(|next| next.line == line_of("while (i < 3)"))
        {
            assert!(
                !top(step)
                    .variables
                    .iter()
                    .any(|object| object.name == "square")
            );
        }
    }
}

#[test]
fn a_list_that_grows_leaves_its_old_block_and_pointers_into_it_behind() {
    let trace = record("containers");
    let grown = before(&trace, "const tail");
    assert_eq!(pointed(grown, "first").state, BlockState::Freed);
    let list = &variable(grown, "list").memory;
    assert_eq!(list.ty, "ArrayList(u64)");
    let Value::Pointer(items) = part(&list.value, "items") else {
        panic!("the items are a slice")
    };
    assert_eq!(items.len, Some(40));
    let Target::Object(ObjectKey::Block(id), 0) = items.target else {
        panic!("the items are in a block")
    };
    assert_eq!(block(grown, id).element.as_deref(), Some("u64"));
    assert!(
        events(&trace)
            .iter()
            .any(|what| matches!(what, EventKind::Remap { .. }))
    );
}

#[test]
fn lists_and_trees_are_followed() {
    let trace = record("containers");
    let step = before(&trace, "const rows");
    let head = pointed(step, "head");
    let tail = pointed(step, "tail");
    let Value::Pointer(next) = part(&head.memory.value, "next") else {
        panic!("next is a pointer")
    };
    assert_eq!(next.target, Target::Object(ObjectKey::Block(tail.id), 0));
    let root = &variable(step, "root").memory.value;
    for (field, name) in [("left", "leaf"), ("right", "root")] {
        let Value::Pointer(pointer) = part(root, field) else {
            panic!("{field} is a pointer")
        };
        assert_eq!(
            pointer.target,
            Target::Object(variable(step, name).key.clone(), 0)
        );
    }
    let rows = before(&trace, "var map");
    let Value::Items(parts) = &pointed(rows, "rows").memory.value else {
        panic!("the rows are slices")
    };
    assert_eq!(parts.len(), 2);
}

#[test]
fn allocators_lie_inside_each_other() {
    let trace = record("allocators");
    let step = before(&trace, "deep[0] = 1");
    let deep = pointed(step, "deep");
    let Some(ObjectKey::Block(chunk)) = deep.inside else {
        panic!("it is in a chunk of the inner arena")
    };
    let chunk = block(step, chunk);
    assert_eq!(
        (chunk.allocator.as_str(), chunk.serves.as_deref()),
        ("outer", Some("inner"))
    );
    let Some(ObjectKey::Block(outer)) = chunk.inside else {
        panic!("it is in a chunk of the outer arena")
    };
    assert_eq!(block(step, outer).allocator, "init.gpa");
    assert_eq!(deep.allocator, "inner");

    let step = before(&trace, "a[0] = 5");
    assert_eq!(
        pointed(step, "a").inside.as_ref(),
        Some(&variable(step, "buffer").key)
    );
    let step = before(&trace, "c.* = 9");
    let in_static = pointed(step, "c").inside.clone();
    let buffer = step
        .statics
        .iter()
        .find(|object| object.name == "static_buffer");
    assert_eq!(in_static, buffer.map(|object| object.key.clone()));
}

#[test]
fn what_allocators_do_is_told_as_the_program_asks_for_it() {
    let trace = record("allocators");
    let of = |wanted: &str| -> Vec<String> {
        events(&trace)
            .into_iter()
            .filter_map(|what| match what {
                EventKind::Alloc {
                    size,
                    element,
                    allocator,
                    ..
                } if allocator == wanted => Some(format!(
                    "alloc {size} {}",
                    element.as_deref().unwrap_or("-")
                )),
                EventKind::AllocFailed {
                    size, allocator, ..
                } if allocator == wanted => Some(format!("no {size}")),
                EventKind::Free {
                    size, allocator, ..
                } if allocator == wanted => Some(format!("free {size}")),
                EventKind::Reset { allocator } if allocator == wanted => Some("reset".into()),
                _ => None,
            })
            .collect()
    };
    assert_eq!(
        of("fixed"),
        ["alloc 6 u16", "alloc 3 u8", "free 3", "free 6", "no 100"]
    );
    assert_eq!(of("in_static"), ["alloc 8 u64", "reset"]);
    assert_eq!(of("inner"), ["alloc 8 u32"]);
    assert_eq!(of("page_allocator")[..2], ["alloc 10 u8", "free 10"]);
    // One that passes requests on is not told twice.
    assert_eq!(of("counting"), [""; 0]);
    let counted = before(&trace, "counting.allocator().free");
    assert_eq!(pointed(counted, "counted").allocator, "init.gpa");
    // What `init.arena` holds at the end is no leak.
    assert!(
        !events(&trace)
            .iter()
            .any(|what| matches!(what, EventKind::Leak { .. }))
    );
}

#[test]
fn a_reset_or_ended_arena_leaves_dangling_pointers() {
    let trace = record("allocators");
    let ended = before(&trace, "_ = outer.reset");
    assert_eq!(pointed(ended, "deep").state, BlockState::Freed);
    assert_eq!(pointed(ended, "kept").state, BlockState::Live);
    let reset = before(&trace, "outer.deinit()");
    assert_eq!(pointed(reset, "kept").state, BlockState::Freed);
}

#[test]
fn mistakes_are_seen() {
    let trace = record("mistakes");
    let step = before(&trace, "print(\"end");
    assert_eq!(
        *target(step, "gone"),
        Target::Gone("buffer of local".into())
    );
    assert_eq!(
        *target(step, "inside"),
        Target::Gone("scoped of main".into())
    );
    assert_eq!(pointed(step, "freed").state, BlockState::Freed);
    assert_eq!(target(step, "copy"), target(step, "freed"));
    let leaked: Vec<&Block> = last(&trace)
        .blocks
        .iter()
        .filter(|block| block.state == BlockState::Leaked)
        .collect();
    assert_eq!(leaked.len(), 1);
    assert!(
        last(&trace)
            .events
            .iter()
            .any(|event| matches!(event.what, EventKind::Leak { size: 8, .. }))
    );
}

#[test]
fn a_wrong_free_is_told_at_the_step_that_does_it() {
    let told = |name: &str| {
        let trace = record(name);
        assert!(matches!(&trace.end, End::Panic(message) if message.contains("free")));
        last(&trace).events.last().expect("an event").what.clone()
    };
    assert!(matches!(
        told("double_free"),
        EventKind::DoubleFree { block: 0, .. }
    ));
    assert!(matches!(
        told("wrong_free"),
        EventKind::WrongFree {
            size: 2,
            block: Some(0),
            ..
        }
    ));
    assert!(matches!(
        told("free_stack"),
        EventKind::WrongFree {
            size: 16,
            block: None,
            ..
        }
    ));
}

#[test]
fn a_write_into_a_freed_block_is_told_at_the_step_that_does_it() {
    let trace = record("late_write");
    let (at, step) = (trace.steps.iter().enumerate())
        .find(|(_, step)| {
            let mut events = step.events.iter();
            events.any(|event| matches!(event.what, EventKind::WriteAfterFree { .. }))
        })
        .expect("the write is told");
    assert_eq!(
        sentence::of_step(&trace, at),
        "Line 13 ran: writes into block A, which is freed; touch returns. Next: line 22."
    );
    let states = |step: &Step| -> Vec<BlockState> { step.blocks.iter().map(|b| b.state).collect() };
    assert_eq!(states(step), [BlockState::Written, BlockState::Freed]);
    assert_eq!(
        states(last(&trace)),
        [BlockState::Written, BlockState::Freed]
    );
    // A reader who is asked what that line does cannot be told that it does nothing.
    let options = question::options(&trace, at, &[]);
    assert_eq!(options[0], "writes into block A, which is freed");
    // The allocator finds the write when it looks: after the program has done its work.
    assert_eq!(trace.end, End::Panic("write after free at *…".into()));
    let told = sentence::of_step(&trace, trace.steps.len() - 1);
    assert!(
        told.ends_with("Then the allocator's check panics: write after free at *…."),
        "{told}"
    );
}

#[test]
fn a_value_that_is_returned_and_kept_is_told_once() {
    let trace = record("late_write");
    let told: Vec<String> = (0..trace.steps.len())
        .map(|at| sentence::of_step(&trace, at))
        .collect();
    let returned = told.iter().find(|told| told.contains("kept returns"));
    assert_eq!(
        returned.map(String::as_str),
        Some("Line 9 ran: kept returns; pair is → A. Next: line 18.")
    );
}

#[test]
fn a_panic_and_an_error_end_the_program_where_they_happen() {
    let trace = record("panics");
    assert_eq!(
        trace.end,
        End::Panic("index out of bounds: index 5, len 3".into())
    );
    assert_eq!(top(last(&trace)).function, "at");
    assert_eq!(shown(last(&trace), "index"), "5");

    let trace = record("fails");
    assert_eq!(trace.end, End::Error("error.TooShort".into()));
    assert!(
        last(&trace)
            .blocks
            .iter()
            .all(|block| block.state == BlockState::Freed)
    );
}

#[test]
fn tests_are_traced_like_programs() {
    let trace = record("tests");
    let names: Vec<&str> = trace
        .steps
        .iter()
        .flat_map(|step| step.frames.first())
        .map(|frame| frame.function.as_str())
        .collect();
    assert!(names.contains(&"test \"allocates and frees\"") && names.contains(&"test \"leaks\""));
    let leaks = events(&trace)
        .into_iter()
        .filter(|what| matches!(what, EventKind::Leak { .. }))
        .count();
    assert_eq!(leaks, 1);
}

#[test]
fn programs_that_do_nothing_or_too_much_are_told_from_others() {
    assert_eq!(record("nothing").steps.len(), 2);
    let thousand = record("thousand").steps.len();
    assert!((990..=1_000).contains(&thousand), "{thousand} steps");
    let stopped = |name: &str| match record(name).end {
        End::Stopped(reason) => reason,
        end => panic!("{name} ends with {end:?}"),
    };
    let endless = "it takes more than 20000 steps, and a diagram follows no more";
    assert_eq!(stopped("forever"), endless);
    assert_eq!(
        stopped("spins"),
        "it runs too long, more than 20000000 instructions"
    );
}

#[test]
fn what_nobody_wants_any_more_is_not_interpreted_to_its_end() {
    // It has begun, and nobody waits for it.
    let canceled = AtomicBool::new(true);
    let machine = Machine::new(&FIXTURES.program).expect("a program");
    let mut entries = FIXTURES.built.entries.iter();
    let spins = entries.position(|entry| entry.name == "spins");
    let number = spins.expect("a program of this name") as u32;
    let ended = machine.record_until(number, "01_traced/spins", LIMITS, &canceled);
    let error = ended.expect_err("it is called off").to_string();
    assert!(error.contains("nobody wants it any more"), "{error}");

    let counts = "(module (memory (export \"memory\") 1) (func (export \"_start\") (local i32)
        (loop (br_if 0 (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 5000000))))))";
    let counts = Runnable::new(&wat::parse_str(counts).expect("a module")).expect("a module");
    let end = |canceled: bool| {
        let ran = counts.run_until("counts", &AtomicBool::new(canceled));
        ran.expect("it can be run").1
    };
    assert_eq!([false, true].map(end), [RunEnd::Exited(0), RunEnd::Stopped]);
}

#[test]
fn a_trace_is_the_same_byte_for_byte_whatever_else_is_in_the_program() {
    let alone = build(&["allocators"], "trace-tests-alone");
    let name = "allocators";
    let alone = alone.record(name).expect("it can be recorded");
    let (together, alone) = (snapshot::write(&record(name)), snapshot::write(&alone));
    for (together, alone) in together.lines().zip(alone.lines()) {
        assert_eq!(together, alone);
    }
    assert_eq!(together.len(), alone.len());
}

#[test]
fn a_trace_is_written_and_read_back() {
    for entry in &FIXTURES.built.entries {
        let Ok(trace) = FIXTURES.record(&entry.name) else {
            continue;
        };
        let written = snapshot::write(&trace);
        assert_eq!(snapshot::read(&written).expect("it can be read"), trace);
        let told = render::terminal::render(&trace, &FIXTURES.sources, None);
        assert!(told.contains("step 1 of"));
    }
}

#[test]
fn what_is_not_in_memory_is_not_shown_and_the_rest_is_found_however_deep() {
    let trace = record("corners");
    let step = before(&trace, "deep.* = 7");
    for name in ["known", "zero", "empty", "byte_pairs", "bare"] {
        let mut variables = top(step).variables.iter();
        assert!(variables.all(|object| object.name != name), "{name}");
    }
    let in_memory = before(&trace, "return filled");
    // Neither what is ignored nor what the compiler knows is in memory.
    assert_eq!(top(in_memory).variables, []);
    let box_of = |depth: u32, on: bool, second: &str| {
        format!(
            ".{{ .label = null, .corners = {{ .{{ .x = -1, .y = 2 }}, {second} }}, .inner = .{{ .depth = {depth}, .on = {on} }} }}"
        )
    };
    let boxes = [
        box_of(1, true, ".{ .x = 3, .y = 4 }"),
        box_of(2, false, ".{ .x = -1, .y = 2 }"),
    ];
    for (name, value) in [
        ("boxes", format!("{{ {} }}", boxes.join(", ")).as_str()),
        ("deep", "→ boxes[1].corners[0].y"),
        ("to_pointer", "→ to_a"),
        ("to_a", "→ a"),
        ("some_rows", "len 2 → literal"),
        ("shape", ".{ .boxes = len 1 → boxes[1] }"),
    ] {
        assert_eq!(shown(step, name), value, "{name}");
    }
    // Numbers, although they could be printed as characters.
    let numbers = (step.statics.iter()).find(|object| object.memory.ty == "[1]u8");
    let numbers = &numbers.expect("a row of bytes").memory.value;
    assert!(matches!(numbers, Value::Items(_)), "{numbers:?}");
    // The compiler copied this constant for the call.
    let in_show = before(&trace, "for (team)");
    assert_eq!(shown(in_show, "team"), "len 2 → team of main");
    let told = (0..trace.steps.len()).map(|at| sentence::of_step(&trace, at));
    let told: Vec<String> = told.filter(|told| told.contains("].y becomes")).collect();
    assert_eq!(
        told,
        ["Line 46 ran: boxes[1].corners[0].y becomes 7. Next: line 47."]
    );
}
