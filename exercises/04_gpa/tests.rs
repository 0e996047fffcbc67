use exercise::{Dataset, LengthMismatch};

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

const SAMPLES: [f32; 3] = [0.5, 1.5, 2.5];
const LABELS: [u8; 3] = [1, 0, 1];

fn train() -> Dataset {
    Dataset::new("train", &SAMPLES, &LABELS)
        .expect("hint: one label for each sample is what it takes")
}

#[test]
fn a_data_set_has_copies_of_what_it_was_given() {
    let dataset = train();
    assert_eq!(dataset.name, "train");
    assert_eq!(dataset.samples, SAMPLES);
    assert_eq!(dataset.labels, LABELS);
}

#[test]
fn a_data_set_is_three_allocations() {
    let (dataset, usage) = counting::measure(train);
    let needed = dataset.name.len() + size_of_val(&SAMPLES) + size_of_val(&LABELS);
    assert!(
        usage.allocations == 3 && usage.bytes == needed,
        "hint: {} allocations of {} bytes for three copies of {needed} bytes",
        usage.allocations,
        usage.bytes
    );
}

#[test]
fn a_missing_label_is_a_mismatch() {
    let result = Dataset::new("train", &SAMPLES, &LABELS[..2]);
    assert!(
        result.err() == Some(LengthMismatch),
        "hint: three samples and two labels do not belong together"
    );
}

#[test]
fn a_refused_data_set_costs_nothing() {
    let (result, usage) = counting::measure(|| Dataset::new("train", &SAMPLES, &LABELS[..2]));
    assert!(result.is_err());
    assert!(
        usage.allocations == 0,
        "hint: {} allocations before the refusal: what can be checked without memory?",
        usage.allocations
    );
}

#[test]
fn a_new_name_replaces_the_old_one() {
    let mut dataset = train();
    dataset.rename("validation");
    assert!(
        dataset.name == "validation",
        "hint: the whole name is replaced, got {:?}",
        dataset.name
    );
}

#[test]
fn a_data_set_that_goes_takes_everything_with_it() {
    let ((), usage) = counting::measure(|| {
        let mut dataset = train();
        dataset.rename("validation");
        dataset.rename("test");
    });
    assert!(
        usage.live == 0,
        "hint: {} bytes are still allocated: who owns them?",
        usage.live
    );
}

#[test]
fn samples_that_were_taken_stay_when_the_data_set_goes() {
    let mut dataset = train();
    let taken = dataset.take_samples();
    assert!(
        dataset.samples.is_empty(),
        "hint: the data set still has samples: were they handed over or copied?"
    );
    assert_eq!(dataset.labels, LABELS);
    drop(dataset);
    assert_eq!(taken, SAMPLES);
}

#[test]
fn taking_the_samples_allocates_nothing() {
    let mut dataset = train();
    let (taken, usage) = counting::measure(|| dataset.take_samples());
    assert_eq!(taken, SAMPLES);
    assert!(
        usage.allocations == 0,
        "hint: the samples are in memory already; what asks for more?"
    );
}
