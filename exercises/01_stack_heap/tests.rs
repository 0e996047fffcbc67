use exercise::{Batch, NoSpaceLeft, detached, label, normalized, window};

/// Counts the allocations of each thread, so that a test can ask what a call cost.
mod counting {
    use std::alloc::{GlobalAlloc, Layout, System};
    use std::cell::Cell;

    thread_local! {
        static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
    }

    struct Counting;

    #[global_allocator]
    static COUNTING: Counting = Counting;

    // Safety: every call goes to the system allocator; counting itself allocates nothing.
    unsafe impl GlobalAlloc for Counting {
        unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
            ALLOCATIONS.set(ALLOCATIONS.get() + 1);
            unsafe { System.alloc(layout) }
        }

        unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
            unsafe { System.dealloc(block, layout) }
        }
    }

    /// How many allocations of this thread `work` makes.
    pub fn allocations<T>(work: impl FnOnce() -> T) -> (T, usize) {
        let before = ALLOCATIONS.get();
        let result = work();
        (result, ALLOCATIONS.get() - before)
    }
}

#[test]
fn normalized_scores_add_up_to_one() {
    let result = normalized([1.0, 3.0, 4.0, 8.0]);
    assert!(
        result == [0.0625, 0.1875, 0.25, 0.5],
        "hint: is every score divided by the sum of all four? got {result:?}"
    );
}

#[test]
fn scores_that_are_all_zero_become_equal_scores() {
    let result = normalized([0.0; 4]);
    assert!(
        result == [0.25; 4],
        "hint: what is 0 divided by 0? got {result:?}"
    );
}

#[test]
fn scores_that_cancel_out_become_equal_scores() {
    let result = normalized([2.0, -2.0, 3.0, -3.0]);
    assert!(
        result == [0.25; 4],
        "hint: which number may not be 0: a score, or what you divide by? got {result:?}"
    );
}

#[test]
fn what_is_written_through_a_window_is_seen_in_the_samples() {
    let mut samples = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0];
    let view = window(&mut samples, 2, 3).expect("hint: three samples from index 2 fit into eight");
    assert!(
        view.len() == 3,
        "hint: compare the length of the view with what was asked for"
    );
    view[0] = 20.0;
    assert!(
        samples[2] == 20.0,
        "hint: the view does not point into the caller's samples: where does it point?"
    );
}

#[test]
fn a_window_may_end_at_the_last_sample() {
    let mut samples = [0.0, 1.0, 2.0, 3.0];
    let tail = window(&mut samples, 1, 3).expect("hint: samples 1, 2 and 3 exist");
    assert_eq!(tail, [1.0, 2.0, 3.0]);
    let empty = window(&mut samples, 4, 0).expect("hint: an empty window at the very end fits");
    assert!(empty.is_empty());
}

#[test]
fn a_window_that_does_not_fit_is_none() {
    let mut samples = [0.0, 1.0, 2.0, 3.0];
    for (start, len) in [(2, 3), (5, 0), (usize::MAX, 2), (2, usize::MAX)] {
        assert!(
            window(&mut samples, start, len).is_none(),
            "hint: is there room for {len} samples from index {start} on?"
        );
    }
}

#[test]
fn the_label_is_written_into_the_callers_buffer() {
    let mut buffer = [0; 32];
    let text = label(&mut buffer, 7).expect("hint: sample-7 fits into 32 bytes");
    assert!(
        text == "sample-7",
        "hint: only the part that was written is returned, got {text:?}"
    );
    assert!(
        buffer.starts_with(b"sample-7"),
        "hint: the text is not at the start of the caller's buffer"
    );
}

#[test]
fn a_label_allocates_nothing() {
    let mut buffer = [0; 32];
    let (result, allocations) = counting::allocations(|| label(&mut buffer, 7).is_ok());
    assert!(result, "hint: sample-7 fits into 32 bytes");
    assert!(
        allocations == 0,
        "hint: the caller brought the memory; what in `label` asks the heap for more?"
    );
}

#[test]
fn a_label_that_does_not_fit_is_an_error() {
    let mut buffer = [0; 10];
    assert!(
        label(&mut buffer, 123) == Ok("sample-123"),
        "hint: sample-123 fits exactly into 10 bytes"
    );
    assert!(
        label(&mut buffer, 1234) == Err(NoSpaceLeft),
        "hint: sample-1234 has 11 bytes, the buffer has 10"
    );
}

#[test]
fn a_detached_batch_has_samples_of_its_own() {
    let mut samples = [1.0, 2.0, 3.0];
    let mut storage = [0.0; 3];
    let original = Batch {
        gains: [0.5, 2.0],
        samples: &samples,
    };
    let copy = detached(&original, &mut storage).expect("hint: three samples fit into three");
    // This line compiles only because the copy no longer borrows `samples`.
    samples[0] = 100.0;
    assert!(
        copy.samples == [1.0, 2.0, 3.0],
        "hint: are the floats copied into the storage? got {:?}",
        copy.samples
    );
    assert!(
        copy.gains == [0.5, 2.0],
        "hint: the gains are part of the batch"
    );
    assert_eq!(samples[0], 100.0);
}

#[test]
fn a_detached_batch_has_as_many_samples_as_the_original() {
    let mut storage = [0.0; 8];
    let original = Batch {
        gains: [1.0, 1.0],
        samples: &[1.0, 2.0, 3.0],
    };
    let copy = detached(&original, &mut storage).expect("hint: three samples fit into eight");
    assert!(
        copy.samples == [1.0, 2.0, 3.0],
        "hint: the storage may be larger than the batch, got {:?}",
        copy.samples
    );
}

#[test]
fn a_batch_that_does_not_fit_its_storage_is_an_error() {
    let mut storage = [0.0; 2];
    let original = Batch {
        gains: [1.0, 1.0],
        samples: &[1.0, 2.0, 3.0],
    };
    assert!(
        detached(&original, &mut storage).is_err(),
        "hint: three samples do not fit into two"
    );
}
