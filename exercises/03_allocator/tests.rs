use exercise::{above, join, split};

/// Counts the allocations of each thread, so that a test can ask what a call cost.
mod counting {
    use std::alloc::{GlobalAlloc, Layout, System};
    use std::cell::Cell;

    thread_local! {
        static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
        static BYTES: Cell<usize> = const { Cell::new(0) };
        static LIVE: Cell<isize> = const { Cell::new(0) };
    }

    struct Counting;

    #[global_allocator]
    static COUNTING: Counting = Counting;

    // Safety: every call goes to the system allocator; counting itself allocates nothing.
    // A `realloc` is not overridden: it becomes one `alloc` and one `dealloc`.
    unsafe impl GlobalAlloc for Counting {
        unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
            ALLOCATIONS.set(ALLOCATIONS.get() + 1);
            BYTES.set(BYTES.get() + layout.size());
            LIVE.set(LIVE.get() + layout.size() as isize);
            unsafe { System.alloc(layout) }
        }

        unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
            LIVE.set(LIVE.get() - layout.size() as isize);
            unsafe { System.dealloc(block, layout) }
        }
    }

    /// What a piece of work asked of the allocator on this thread.
    pub struct Usage {
        pub allocations: usize,
        pub bytes: usize,
        /// Bytes that it allocated and did not free.
        pub live: isize,
    }

    pub fn measure<T>(work: impl FnOnce() -> T) -> (T, Usage) {
        let before = (ALLOCATIONS.get(), BYTES.get(), LIVE.get());
        let result = work();
        let usage = Usage {
            allocations: ALLOCATIONS.get() - before.0,
            bytes: BYTES.get() - before.1,
            live: LIVE.get() - before.2,
        };
        (result, usage)
    }
}

const SCORES: [f32; 6] = [0.9, 0.1, 0.5, 0.7, 0.2, 0.8];

#[test]
fn above_keeps_the_scores_above_the_threshold_in_their_order() {
    let result = above(&SCORES, 0.5);
    assert!(
        result == [0.9, 0.7, 0.8],
        "hint: 0.5 is not greater than 0.5, got {result:?}"
    );
}

#[test]
fn above_allocates_once_and_exactly_what_it_returns() {
    let (result, usage) = counting::measure(|| above(&SCORES, 0.5));
    assert!(
        usage.allocations == 1,
        "hint: the vector was allocated {} times: does it know its length in advance?",
        usage.allocations
    );
    assert!(
        usage.bytes == result.len() * size_of::<f32>(),
        "hint: {} bytes for {} floats: how much room is at the end of the vector?",
        usage.bytes,
        result.len()
    );
}

#[test]
fn above_is_empty_if_no_score_is_high_enough() {
    let (result, usage) = counting::measure(|| above(&SCORES, 1.0));
    assert!(result.is_empty());
    assert!(
        usage.allocations == 0,
        "hint: an empty vector needs no memory"
    );
}

#[test]
fn join_puts_the_separator_between_the_tokens_and_nowhere_else() {
    let text = join(&["the", "quick", "", "fox"], ", ");
    assert!(
        text == "the, quick, , fox",
        "hint: four tokens have three separators between them, got {text:?}"
    );
    assert_eq!(join(&["alone"], ", "), "alone");
}

#[test]
fn join_allocates_once_and_exactly_the_text() {
    let (text, usage) = counting::measure(|| join(&["a", "bc", "def"], "--"));
    assert!(
        usage.allocations == 1,
        "hint: the text was allocated {} times: can its length be known in advance?",
        usage.allocations
    );
    assert!(
        usage.bytes == text.len(),
        "hint: {} bytes for a text of {}",
        usage.bytes,
        text.len()
    );
}

#[test]
fn joining_no_tokens_gives_an_empty_text() {
    assert!(join(&[], ", ").is_empty());
}

#[test]
fn split_puts_every_score_into_one_of_the_two_parts() {
    let parts = split(&SCORES, 0.5);
    assert!(
        parts.high == [0.9, 0.7, 0.8] && parts.low == [0.1, 0.5, 0.2],
        "hint: every score belongs into one part, in its order, got {parts:?}"
    );
}

#[test]
fn split_allocates_twice_and_no_more_than_the_scores_need() {
    let (_parts, usage) = counting::measure(|| split(&SCORES, 0.5));
    assert!(
        usage.allocations == 2,
        "hint: one allocation for each part, not {}",
        usage.allocations
    );
    assert!(
        usage.bytes == size_of_val(&SCORES),
        "hint: every score goes into one part only: how large must the two be together?"
    );
}

#[test]
fn what_the_caller_drops_is_freed() {
    let ((), usage) = counting::measure(|| {
        drop(above(&SCORES, 0.5));
        drop(join(&["a", "bc"], "--"));
        drop(split(&SCORES, 0.5));
    });
    assert!(
        usage.live == 0,
        "hint: {} bytes are still allocated: who owns them?",
        usage.live
    );
}
