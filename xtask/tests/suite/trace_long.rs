//! Runs that take very many steps or calls, blocks at one address, and what freed blocks hold. The programs are in
//! `trace/`.

use crate::trace::fixtures::{before, block, last, record, shown};
use book_trace::model::{BlockState, End, ObjectKey, Value};
use book_trace::render::picture::{self, Regions};
use book_trace::render::sentence;

#[test]
fn of_a_long_run_the_first_steps_and_the_last_are_shown() {
    let trace = record("ten_thousand");
    assert_eq!((&trace.end, trace.steps.len()), (&End::Returned, 1_000));
    let gaps: Vec<_> = (trace.steps.iter().enumerate())
        .filter_map(|(at, step)| Some((at, step.gap.as_ref()?.steps)))
        .collect();
    let [(at, left_out)] = gaps[..] else {
        panic!("{gaps:?}");
    };
    // 5,000 times round, a condition and a statement each, before that the first line, after it the end.
    assert!((9_000..9_010).contains(&left_out), "{left_out}");
    let count = |at: usize| {
        shown(&trace.steps[at], "count")
            .parse::<u32>()
            .expect("a number")
    };
    assert_eq!(count(at) - count(at - 1), left_out.div_ceil(2));
    let told = sentence::of_step(&trace, at);
    let expected = format!("{left_out} steps are left out here. Line ");
    assert!(
        told.starts_with(&expected) && !told.contains("becomes"),
        "{told}"
    );
    let end = sentence::of_step(&trace, 999);
    assert!(end.ends_with("The program has ended."), "{end}");
}

#[test]
fn a_stack_that_overflows_is_shown_doing_so() {
    for (name, deepest) in [("recursion", 1_900..2_000), ("deep_stack", 10..40)] {
        let trace = record(name);
        let End::Stopped(reason) = &trace.end else {
            panic!("{name} ends with {:?}", trace.end);
        };
        let calls: u32 = reason
            .strip_prefix("the stack is full, ")
            .and_then(|rest| rest.strip_suffix(" calls deep")?.parse().ok())
            .unwrap_or_else(|| panic!("{reason}"));
        assert!(deepest.contains(&calls), "{name}: {calls} calls");
        let last = last(&trace);
        let left_out = last.deep.map_or(0, |deep| deep.calls);
        assert_eq!(last.frames.len() as u32 + left_out, calls);
        assert!(last.frames.len() <= 40);
        if name == "recursion" {
            assert_eq!(last.deep.map(|deep| deep.before), Some(6));
            assert_eq!(shown(last, "depth"), (calls - 2).to_string());
            let (picture, _) = picture::picture(last, Regions::default(), None, &[]);
            let line = format!("<div class=\"none\">… {left_out} more calls</div>");
            assert!(picture.stack.contains(&line), "{:?}", picture.stack);
        }
    }
}

#[test]
fn a_view_of_all_of_a_buffer_leads_to_the_buffer_and_not_to_the_piece_at_its_start() {
    let trace = record("pieces");
    let step = before(&trace, "piece[0] = 7");
    let [whole, piece] = &step.blocks[..] else {
        panic!("{:?}", step.blocks);
    };
    assert_eq!(whole.memory.address, piece.memory.address);
    assert_eq!(piece.inside, Some(ObjectKey::Block(whole.id)));
    for (name, label) in [
        ("buffer", "len 16 → A"),
        ("piece", "len 3 → B"),
        ("first", "→ B"),
    ] {
        assert_eq!(shown(step, name), label, "{name}");
    }
    assert_eq!(
        (whole.memory.ty.as_str(), piece.memory.ty.as_str()),
        ("u8", "u16")
    );
    // Neither does it when both have been freed.
    let step = before(&trace, "print");
    assert_eq!(shown(step, "buffer"), "len 16 → A, freed");
    assert_eq!(shown(step, "piece"), "len 3 → B, freed");
}

#[test]
fn a_freed_block_shows_what_it_holds_still() {
    let trace = record("pieces");
    // What an allocator's methods free is made undefined, and then may be filled; what an arena gives back stays.
    let step = before(&trace, "gpa.free(buffer)");
    assert_eq!(block(step, 1).memory.value, Value::Undefined);
    let step = before(&trace, "print");
    let filled = Value::Scalar("0x55 everywhere".into());
    assert_eq!(block(step, 1).memory.value, filled);
    let kept = block(step, 3);
    assert_eq!(
        (kept.state, kept.memory.bytes.as_str()),
        (BlockState::Freed, "0900")
    );
    let (picture, _) = picture::picture(step, picture::regions(&trace.steps), None, &[]);
    let freed: Vec<&String> = (picture.memory.iter())
        .filter(|html| html.contains("class=\"k freed\"") && html.contains("<span>9</span>"))
        .collect();
    assert_eq!(freed.len(), 1, "{:?}", picture.memory);
    // A pointer in it is nobody's: it has no arrow, and keeps nothing in the picture.
    assert!(
        picture
            .origins
            .iter()
            .all(|origin| origin.side == picture::Side::Stack)
    );
}
