use exercise::{halve_largest, join, split, vocabulary};

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
const SENTENCE: &str = "the cat and the dog and the bird sat on a mat in the sun";

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
fn a_vocabulary_has_each_word_once_in_the_order_in_which_they_came() {
    let words = vocabulary(SENTENCE.split(' '));
    let expected = [
        "the", "cat", "and", "dog", "bird", "sat", "on", "a", "mat", "in", "sun",
    ];
    assert!(
        *words == expected,
        "hint: every different word belongs into the vocabulary, and belongs there once, got {words:?}"
    );
}

#[test]
fn nothing_but_the_vocabulary_stays_allocated() {
    let (words, usage) = counting::measure(|| vocabulary(SENTENCE.split(' ')));
    let texts: usize = words.iter().map(String::len).sum();
    let bytes = size_of_val(&*words) + texts;
    assert!(
        usage.live == bytes as isize,
        "hint: the words and the slice of them need {bytes} bytes, and {} are allocated: what for?",
        usage.live
    );
}

#[test]
fn halving_appends_half_of_the_largest_batch() {
    let mut batches = vec![2, 9, 5];
    halve_largest(&mut batches);
    assert!(
        batches == [2, 5, 5, 4],
        "hint: 9 samples are 5 and 4: the batch keeps 5, and the 4 come last, got {batches:?}"
    );
    halve_largest(&mut batches);
    assert!(
        batches == [2, 3, 5, 4, 2],
        "hint: two batches are the largest: which of them is halved? got {batches:?}"
    );
}

#[test]
fn halving_a_list_with_room_allocates_nothing() {
    let mut batches = Vec::with_capacity(4);
    batches.extend([2, 9, 5]);
    let ((), usage) = counting::measure(|| halve_largest(&mut batches));
    assert!(
        usage.allocations == 0,
        "hint: the list had room for one more batch: what was the other memory for?"
    );
    assert_eq!(batches, [2, 5, 5, 4]);
}

#[test]
fn what_the_caller_drops_is_freed() {
    let ((), usage) = counting::measure(|| {
        drop(join(&["a", "bc"], "--"));
        drop(split(&SCORES, 0.5));
        drop(vocabulary(SENTENCE.split(' ')));
    });
    assert!(
        usage.live == 0,
        "hint: {} bytes are still allocated: who owns them?",
        usage.live
    );
}
