use exercise::{Bump, Error, median, smooth, softmax};

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
fn what_is_allocated_is_the_next_part_of_the_buffer() {
    let mut buffer = [1.0, 2.0, 3.0, 4.0, 5.0];
    let mut bump = Bump::new(&mut buffer);
    let first = bump.alloc(2).expect("hint: two floats fit into five");
    let second = bump
        .alloc(3)
        .expect("hint: three floats fit into what is left");
    assert_eq!(first, [1.0, 2.0]);
    assert_eq!(second, [3.0, 4.0, 5.0]);
    assert_eq!(bump.left(), 0);
}

#[test]
fn an_allocation_that_fails_takes_nothing() {
    let mut buffer = [0.0; 4];
    let mut bump = Bump::new(&mut buffer);
    assert_eq!(bump.alloc(5), Err(Error::OutOfMemory));
    assert!(
        bump.left() == 4,
        "hint: {} of 4 floats are left: when was the buffer moved out of `self`?",
        bump.left()
    );
}

#[test]
fn probabilities_are_positive_and_add_up_to_one() {
    let mut buffer = [0.0; 8];
    let result = softmax(&mut buffer, &[1.0, 2.0, 3.0, 2.0]).expect("hint: four fit into eight");
    assert_eq!(result.len(), 4);
    for (got, wanted) in result.iter().zip([0.0723, 0.1966, 0.5344, 0.1966]) {
        assert!((got - wanted).abs() < 0.0001, "got {got} for {wanted}");
    }
    assert!(
        buffer[2] > 0.5,
        "hint: the probabilities are not at the start of the caller's buffer"
    );
}

#[test]
fn large_logits_do_not_overflow() {
    let mut buffer = [0.0; 2];
    let result = softmax(&mut buffer, &[1000.0, 1000.0]).expect("hint: two fit into two");
    assert!(
        result == [0.5, 0.5],
        "hint: exp(1000) is infinite: what can be subtracted from all logits first?"
    );
}

#[test]
fn probabilities_that_do_not_fit_are_out_of_memory() {
    let mut buffer = [0.0; 2];
    assert_eq!(
        softmax(&mut buffer, &[1.0, 2.0, 3.0]),
        Err(Error::OutOfMemory)
    );
}

#[test]
fn the_median_is_in_the_middle_of_the_sorted_samples() {
    let mut buffer = [0.0; 4];
    let mut bump = Bump::new(&mut buffer);
    assert_eq!(median(&mut bump, &[9.0, 1.0, 3.0]), Ok(3.0));
    assert!(
        median(&mut bump, &[4.0, 1.0, 3.0, 2.0]) == Ok(2.5),
        "hint: an even number of samples has two in the middle"
    );
    assert_eq!(median(&mut bump, &[]), Err(Error::NoSamples));
    assert_eq!(median(&mut bump, &[0.0; 5]), Err(Error::OutOfMemory));
}

#[test]
fn median_leaves_as_much_as_before() {
    let mut buffer = [0.0; 5];
    let mut bump = Bump::new(&mut buffer);
    assert_eq!(median(&mut bump, &[9.0, 1.0, 3.0]), Ok(3.0));
    assert!(
        bump.left() == 5,
        "hint: {} of 5 floats are left: where was the sorted copy?",
        bump.left()
    );
}

#[test]
fn smoothing_replaces_each_sample_by_the_mean_of_its_neighborhood() {
    let mut buffer = [0.0; 8];
    let samples = [0.0, 6.0, 0.0, 12.0];
    let once = smooth(&mut Bump::new(&mut buffer), &samples, 1).expect("hint: eight are enough");
    assert!(
        once == [3.0, 2.0, 6.0, 6.0],
        "hint: the neighbors count as they were before the round, got {once:?}"
    );
    let unchanged = smooth(&mut Bump::new(&mut buffer), &samples, 0);
    assert_eq!(unchanged.expect("hint: eight are enough"), samples);
    let single = smooth(&mut Bump::new(&mut buffer), &[5.0], 3);
    assert_eq!(single.expect("hint: eight are enough"), [5.0]);
}

#[test]
fn smoothing_leaves_only_its_result_allocated() {
    let mut buffer = [0.0; 9];
    let mut bump = Bump::new(&mut buffer);
    smooth(&mut bump, &[0.0, 6.0, 0.0, 12.0], 2).expect("hint: nine are enough");
    assert!(
        bump.left() == 5,
        "hint: 9 - 4 floats should be left, not {}",
        bump.left()
    );
}

#[test]
fn smoothing_without_room_for_two_copies_leaves_nothing_allocated() {
    let mut buffer = [0.0; 7];
    let mut bump = Bump::new(&mut buffer);
    let result = smooth(&mut bump, &[0.0, 6.0, 0.0, 12.0], 1);
    assert_eq!(result, Err(Error::OutOfMemory));
    assert!(
        bump.left() == 7,
        "hint: one copy fitted, the other did not: {} of 7 floats are left",
        bump.left()
    );
}

#[test]
fn nothing_asks_the_heap() {
    let mut buffer = [0.0; 6000];
    let mut samples = [0.0; 3000];
    for (i, sample) in samples.iter_mut().enumerate() {
        *sample = (i * 7919 % 3001) as f32;
    }
    let (results, allocations) = counting::allocations(|| {
        [
            softmax(&mut buffer, &samples).is_ok(),
            median(&mut Bump::new(&mut buffer), &samples).is_ok(),
            smooth(&mut Bump::new(&mut buffer), &samples, 2).is_ok(),
        ]
    });
    assert_eq!(results, [true; 3]);
    assert!(
        allocations == 0,
        "hint: {allocations} allocations on the heap: which call needs memory of its own?"
    );
}
