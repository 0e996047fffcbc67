//! What is asked of a variant before it is shown.

use super::*;
use crate::variant::{VariantQuestion, ask, form};

fn asked(listing_: (&str, &str), variant: (&str, &str)) -> VariantQuestion {
    let whole = listing("03_allocator/a.zig", listing_.0, Some(listing_.1));
    let variant = listing("03_allocator/a__b.zig", variant.0, Some(variant.1));
    ask(&whole, &variant)
}

fn right(listing: (&str, &str), variant: (&str, &str)) -> &'static str {
    let VariantQuestion { options, right } = asked(listing, variant);
    options[right]
}

const RUN: &str = "//@ run\npub fn main() void {}\n";
const LEAK: &str = "//@ leak\npub fn main() void { gpa; }\n";
const PANIC: &str = "//@ panic: a\npub fn main() void {}\n";
const BROKEN: &str = "//@ compile-error: a\npub fn main() void {}\n";
const TEST: &str = "//@ test\ntest {}\n";
const FAILURE: &str = "//@ test-failure: a\ntest {}\n";

#[test]
fn the_right_option_comes_from_the_two_records() {
    assert_eq!(right((RUN, "1\n"), (RUN, "1\n")), "It prints the same");
    assert_eq!(
        right((RUN, "1\n"), (RUN, "2\n")),
        "It prints something else"
    );
    assert_eq!(right((RUN, ""), (LEAK, "leaked")), "It leaks");
    assert_eq!(right((RUN, ""), (PANIC, "a")), "It panics");
    assert_eq!(right((RUN, ""), (BROKEN, "a")), "It does not compile");
    assert_eq!(
        right((LEAK, "leaked"), (RUN, "")),
        "It runs to its end, and nothing is wrong"
    );
    assert_eq!(
        right((TEST, "1 passed"), (TEST, "2 passed")),
        "The tests still pass"
    );
    assert_eq!(right((TEST, ""), (FAILURE, "a")), "A test fails or leaks");
    assert_eq!(right((FAILURE, "a"), (TEST, "")), "All tests pass");
}

#[test]
fn where_it_happens_is_not_what_happens() {
    let at = |file: &str, line: u32, text: &str| {
        format!("panic: a\n{file}.zig:{line}:5: in main\n    {text}\n    ^\nend\n")
    };
    let (before, moved, other) = (
        at("a", 3, "f();"),
        at("a__b", 14, "g();"),
        at("a__b", 3, "f();") + "more\n",
    );
    assert_eq!(
        right((PANIC, &before), (PANIC, &moved)),
        "It still panics, for the same reason"
    );
    assert_eq!(
        right((PANIC, &before), (PANIC, &other)),
        "It panics, for another reason"
    );
}

#[test]
fn options_are_two_to_four_and_could_all_be() {
    let sources = [RUN, LEAK, PANIC, BROKEN, TEST, FAILURE];
    for before in sources {
        for after in sources {
            let is_test = |source: &str| source.contains("test {");
            if is_test(before) != is_test(after) {
                continue;
            }
            let VariantQuestion { options, .. } = asked((before, "a"), (after, "b"));
            assert!((2..=4).contains(&options.len()), "{options:?}");
            let leaks = options.contains(&"It leaks");
            assert!(!leaks || after.contains("gpa"), "{options:?}");
            assert_eq!(
                is_test(before),
                options.iter().any(|option| option.contains("test")),
                "{options:?}"
            );
        }
    }
}

#[test]
fn a_form_says_which_option_is_right_and_nothing_else() {
    let whole = listing("03_allocator/a.zig", RUN, Some("1\n"));
    let variant = listing("03_allocator/a__b.zig", PANIC, Some("secret\n"));
    let html = form(&whole, &variant);
    assert!(
        html.contains("data-predict=\"03_allocator-a__b\" data-right=\"3\""),
        "{html}"
    );
    assert!(!html.contains("secret"), "{html}");
}
