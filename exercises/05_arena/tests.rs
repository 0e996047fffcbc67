use exercise::{Scratch, keyword, keywords};

/// Counts the allocations of each thread, so that a test can ask what a call cost.
mod counting {
    use std::alloc::{GlobalAlloc, Layout, System};
    use std::cell::Cell;

    thread_local! {
        static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
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
        /// Bytes that it allocated and did not free.
        pub live: isize,
    }

    pub fn measure<T>(work: impl FnOnce() -> T) -> (T, Usage) {
        let before = (ALLOCATIONS.get(), LIVE.get());
        let result = work();
        let usage = Usage {
            allocations: ALLOCATIONS.get() - before.0,
            live: LIVE.get() - before.1,
        };
        (result, usage)
    }
}

#[test]
fn words_are_in_lower_case_and_none_is_empty() {
    let mut scratch = Scratch::default();
    let found: Vec<&str> = scratch.words(" The  Quick fox ").collect();
    assert!(
        found == ["the", "quick", "fox"],
        "hint: several spaces separate two words as well as one does, got {found:?}"
    );
    assert_eq!(scratch.words("   ").count(), 0);
}

#[test]
fn the_words_of_the_text_before_are_forgotten() {
    let mut scratch = Scratch::default();
    assert_eq!(scratch.words("first text").count(), 2);
    let found: Vec<&str> = scratch.words("second").collect();
    assert!(
        found == ["second"],
        "hint: what is still in the scratch memory? got {found:?}"
    );
}

#[test]
fn scratch_memory_is_used_again() {
    let mut scratch = Scratch::default();
    assert_eq!(scratch.words("a text that is longer").count(), 5);
    let (count, usage) = counting::measure(|| scratch.words("a shorter text").count());
    assert_eq!(count, 3);
    assert!(
        usage.allocations == 0,
        "hint: the memory of the longer text is there: what asks for more?"
    );
}

#[test]
fn the_keyword_is_the_longest_word_the_first_of_equals() {
    let mut scratch = Scratch::default();
    assert_eq!(keyword(&mut scratch, "the Gradient is steep"), "gradient");
    assert!(
        keyword(&mut scratch, "tree leaf") == "tree",
        "hint: which word wins if two are as long?"
    );
    assert_eq!(keyword(&mut scratch, ""), "");
}

#[test]
fn a_keyword_keeps_only_its_own_memory() {
    let mut scratch = Scratch::default();
    keyword(&mut scratch, "one Seven two and some more");
    let (word, usage) = counting::measure(|| keyword(&mut scratch, "one Seven two"));
    assert_eq!(word, "seven");
    assert!(
        usage.allocations == 1 && usage.live == 5,
        "hint: {} allocations and {} bytes for a word of 5",
        usage.allocations,
        usage.live
    );
}

#[test]
fn every_text_of_a_batch_has_its_keyword() {
    let found = keywords(&["the Weights and the bias", "", "learning rate"]);
    assert_eq!(found, ["weights", "", "learning"]);
}

#[test]
fn a_batch_leaves_nothing_allocated_but_its_results() {
    let (found, usage) = counting::measure(|| keywords(&["the Weights", "", "learning rate"]));
    let texts: usize = found.iter().map(String::len).sum();
    let needed = found.len() * size_of::<String>() + texts;
    assert!(
        found.len() == 3 && usage.live == needed as isize,
        "hint: {} bytes are allocated, the results need {needed}",
        usage.live
    );
}

#[test]
fn a_hundred_texts_use_the_scratch_memory_of_one() {
    let text = "w".repeat(2000);
    let texts = vec![text.as_str(); 100];
    let (found, usage) = counting::measure(|| keywords(&texts));
    assert_eq!(found.len(), 100);
    assert!(
        usage.allocations <= 110,
        "hint: {} allocations for a hundred results: is the scratch memory used again?",
        usage.allocations
    );
}
