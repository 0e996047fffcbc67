use exercise::{BadModel, SimpleModel, WrongShape};

/// Counts the allocations of each thread, so that a test can ask what a call cost.
mod counting {
    use std::alloc::{GlobalAlloc, Layout, System};
    use std::cell::Cell;

    thread_local! {
        static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
        static BYTES: Cell<usize> = const { Cell::new(0) };
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
            unsafe { System.alloc(layout) }
        }

        unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
            unsafe { System.dealloc(block, layout) }
        }
    }

    /// What a piece of work asked of the allocator on this thread.
    pub struct Usage {
        pub allocations: usize,
        pub bytes: usize,
    }

    pub fn measure<T>(work: impl FnOnce() -> T) -> (T, Usage) {
        let before = (ALLOCATIONS.get(), BYTES.get());
        let result = work();
        let usage = Usage {
            allocations: ALLOCATIONS.get() - before.0,
            bytes: BYTES.get() - before.1,
        };
        (result, usage)
    }
}

/// Two classes, three inputs.
fn sample() -> SimpleModel {
    SimpleModel {
        inputs: 3,
        classes: 2,
        weights: vec![1.0, 2.0, 3.0, -1.0, 0.0, 0.5],
        biases: vec![10.0, 20.0],
    }
}

/// The file of `sample`, byte by byte.
const FILE: &[u8; 52] = b"SMP1\x03\x00\x00\x00\x00\x00\x00\x00\x02\x00\x00\x00\x00\x00\x00\x00\
    \x00\x00\x80\x3f\x00\x00\x00\x40\x00\x00\x40\x40\
    \x00\x00\x80\xbf\x00\x00\x00\x00\x00\x00\x00\x3f\
    \x00\x00\x20\x41\x00\x00\xa0\x41";

#[test]
fn a_score_is_the_row_of_its_class_times_the_input_plus_its_bias() {
    let mut scores = Vec::new();
    assert_eq!(sample().predict(&[1.0, 10.0, 100.0], &mut scores), Ok(()));
    assert!(
        scores == [331.0, 69.0],
        "hint: how long is the row of a class, and where does it start? got {scores:?}"
    );
}

#[test]
fn the_scores_of_the_input_before_are_replaced() {
    let model = sample();
    let mut scores = vec![7.0; 5];
    let (result, usage) = counting::measure(|| model.predict(&[0.0; 3], &mut scores));
    assert_eq!(result, Ok(()));
    assert!(
        scores == [10.0, 20.0],
        "hint: what was in the vector before? got {scores:?}"
    );
    assert!(
        usage.allocations == 0,
        "hint: there was room for two scores: what asked for more?"
    );
}

#[test]
fn an_input_of_the_wrong_length_is_refused() {
    for input in [[1.0; 4].as_slice(), &[1.0; 2]] {
        let result = sample().predict(input, &mut Vec::new());
        assert_eq!(result, Err(WrongShape));
    }
    let result = sample().classify(&[&[1.0; 3], &[1.0; 2]]);
    assert_eq!(result, Err(WrongShape));
}

#[test]
fn classify_finds_the_class_of_each_input_the_first_of_equals() {
    let winners = sample().classify(&[&[1.0, 10.0, 100.0], &[-5.0, 0.0, 0.0], &[0.0, 0.0, 4.0]]);
    assert!(
        winners == Ok(vec![0, 1, 0]),
        "hint: which class wins if two scores are equal? got {winners:?}"
    );
}

#[test]
fn a_hundred_inferences_use_the_memory_of_one() {
    let model = sample();
    let input: &[f32] = &[1.0, 2.0, 3.0];
    let inputs = vec![input; 100];
    let (winners, usage) = counting::measure(|| model.classify(&inputs));
    assert_eq!(winners.map(|winners| winners.len()), Ok(100));
    assert!(
        usage.allocations <= 10,
        "hint: {} allocations for a hundred inferences: are the scores used again?",
        usage.allocations
    );
}

#[test]
fn the_saved_bytes_are_the_four_parts_of_the_format() {
    let model = sample();
    let (bytes, usage) = counting::measure(|| model.save());
    assert!(
        bytes == FILE,
        "hint: compare the parts: 4 bytes, two times 8, six weights, two biases; got {bytes:x?}"
    );
    assert!(
        usage.allocations == 1 && usage.bytes == FILE.len(),
        "hint: the length of the file can be known in advance"
    );
}

#[test]
fn a_loaded_model_is_the_saved_one() {
    let model = SimpleModel::load(FILE).expect("hint: this is a good file");
    assert_eq!(model, sample());
}

/// Loads bad bytes. They must be refused, and cost nothing.
fn expect_refused(bytes: &[u8]) {
    let (result, usage) = counting::measure(|| SimpleModel::load(bytes));
    assert!(
        result == Err(BadModel),
        "hint: these {} bytes are not a model, got {result:?}",
        bytes.len()
    );
    assert!(
        usage.allocations == 0,
        "hint: {} bytes were asked for before the file was known to be good",
        usage.bytes
    );
}

#[test]
fn a_file_that_ends_too_early_is_refused() {
    for len in 0..FILE.len() {
        expect_refused(&FILE[..len]);
    }
}

#[test]
fn bytes_after_the_end_are_refused() {
    let mut longer = FILE.to_vec();
    for _ in 0..4 {
        longer.push(0);
        expect_refused(&longer);
    }
}

#[test]
fn a_file_of_another_kind_is_refused() {
    let mut other = *FILE;
    other[3] = b'2';
    expect_refused(&other);
}

#[test]
fn a_model_without_inputs_or_without_classes_is_refused() {
    let mut no_inputs = *FILE;
    no_inputs[4] = 0;
    expect_refused(&no_inputs[..20 + 2 * 4]);
    let mut no_classes = *FILE;
    no_classes[12] = 0;
    expect_refused(&no_classes[..20]);
}

/// The good file, with a header that claims other counts.
fn claiming(inputs: u64, classes: u64) -> Vec<u8> {
    let mut file = FILE.to_vec();
    file[4..12].copy_from_slice(&inputs.to_le_bytes());
    file[12..20].copy_from_slice(&classes.to_le_bytes());
    file
}

#[test]
fn a_header_that_claims_more_than_the_file_holds_is_refused() {
    expect_refused(&claiming(1 << 28, 1)); // a gigabyte
    expect_refused(&claiming(1 << 40, 1 << 20));
}

#[test]
fn counts_whose_product_is_too_large_for_any_number_are_refused() {
    expect_refused(&claiming(1 << 32, 1 << 32));
    expect_refused(&claiming(u64::MAX, u64::MAX));
}

#[test]
fn counts_that_fit_but_not_their_length_in_bytes_are_refused() {
    expect_refused(&claiming(1 << 62, 1));
}
