use exercise::{HISTORY, Tracker, UnknownRun};

/// Counts the bytes of each thread, so that a test can ask what a call left allocated.
mod counting {
    use std::alloc::{GlobalAlloc, Layout, System};
    use std::cell::Cell;

    thread_local! {
        static LIVE: Cell<isize> = const { Cell::new(0) };
    }

    struct Counting;

    #[global_allocator]
    static COUNTING: Counting = Counting;

    // Safety: every call goes to the system allocator; counting itself allocates nothing.
    unsafe impl GlobalAlloc for Counting {
        unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
            LIVE.set(LIVE.get() + layout.size() as isize);
            unsafe { System.alloc(layout) }
        }

        unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
            LIVE.set(LIVE.get() - layout.size() as isize);
            unsafe { System.dealloc(block, layout) }
        }
    }

    /// How many bytes `work` allocates and does not free.
    pub fn left_by(work: impl FnOnce()) -> isize {
        let before = LIVE.get();
        work();
        LIVE.get() - before
    }
}

fn tracker(names: &[&str]) -> Tracker {
    let mut tracker = Tracker::default();
    for name in names {
        tracker.start(name);
    }
    tracker
}

#[test]
fn a_tracker_with_forks_is_freed_when_it_is_dropped() {
    let left = counting::left_by(|| {
        let mut tracker = tracker(&["baseline"]);
        tracker.fork("baseline", "wide").unwrap();
        tracker.record("wide", 0.5).unwrap();
    });
    assert!(
        left == 0,
        "the tracker was dropped, and {left} bytes are still allocated"
    );
}

#[test]
fn parents_and_forks_know_each_other() {
    let mut tracker = tracker(&["baseline"]);
    tracker.fork("baseline", "wide").unwrap();
    tracker.fork("baseline", "deep").unwrap();
    assert_eq!(tracker.parent("wide"), Ok(Some("baseline".to_owned())));
    assert_eq!(tracker.parent("baseline"), Ok(None));
    let forks = tracker.forks("baseline").unwrap();
    assert_eq!(forks, ["wide", "deep"]);
}

#[test]
fn a_loss_of_an_unknown_run_is_an_error() {
    let mut tracker = tracker(&["baseline"]);
    assert_eq!(tracker.record("basline", 0.5), Err(UnknownRun));
    assert_eq!(tracker.record("baseline", 0.5), Ok(()));
}

#[test]
fn a_run_keeps_its_latest_losses() {
    let mut tracker = tracker(&["baseline"]);
    for step in 0..HISTORY + 3 {
        tracker.record("baseline", step as f32).unwrap();
    }
    let losses = tracker.watch("baseline").unwrap().to_vec();
    let latest: Vec<f32> = (3..HISTORY + 3).map(|step| step as f32).collect();
    assert!(
        losses == latest,
        "{} losses, the first of them is {:?}",
        losses.len(),
        losses.first()
    );
}

#[test]
fn a_long_run_needs_no_more_memory_than_a_short_one() {
    let mut tracker = tracker(&["baseline"]);
    for step in 0..1000 {
        tracker.record("baseline", step as f32).unwrap();
    }
    let grown = counting::left_by(|| {
        for step in 0..100_000 {
            tracker.record("baseline", step as f32).unwrap();
        }
    });
    assert!(
        grown == 0,
        "{grown} bytes more are allocated after 100,000 losses more"
    );
}

#[test]
fn the_current_run_is_the_one_that_was_recorded_last() {
    let mut tracker = tracker(&["first", "second", "third"]);
    assert_eq!(tracker.current(), None);
    tracker.record("third", 0.5).unwrap();
    assert_eq!(tracker.current(), Some("third"));
    assert_eq!(tracker.remove("other"), Err(UnknownRun));
    assert_eq!(tracker.current(), Some("third"));
}

#[test]
fn the_current_run_stays_current_when_another_one_is_removed() {
    let mut tracker = tracker(&["first", "second", "third", "fourth"]);
    tracker.record("fourth", 0.5).unwrap();
    tracker.remove("first").unwrap();
    tracker.start("fifth"); // so that the old index is in use again
    let current = tracker.current();
    assert!(
        current == Some("fourth"),
        "the run recorded last is \"fourth\", and {current:?} is current"
    );
}

#[test]
fn a_run_that_was_removed_is_not_current() {
    let mut tracker = tracker(&["first", "second", "third"]);
    tracker.record("first", 0.5).unwrap();
    tracker.remove("first").unwrap();
    let current = tracker.current();
    assert!(
        current.is_none(),
        "the run recorded last was removed, and {current:?} is current"
    );
}

#[test]
fn later_losses_show_in_a_watched_run_and_not_in_a_snapshot() {
    let mut tracker = tracker(&["baseline"]);
    tracker.record("baseline", 0.5).unwrap();
    let watched = tracker.watch("baseline").unwrap();
    let snapshot = tracker.snapshot("baseline").unwrap();
    tracker.record("baseline", 0.25).unwrap();
    assert_eq!(watched.to_vec(), [0.5, 0.25]);
    assert!(
        snapshot.to_vec() == [0.5],
        "0.25 was recorded after the snapshot, which is {:?}",
        snapshot.to_vec()
    );
}

#[test]
fn a_report_has_a_line_for_each_run() {
    let mut tracker = tracker(&["baseline", "wide"]);
    tracker.record("baseline", 0.5).unwrap();
    tracker.record("wide", 0.25).unwrap();
    tracker.record("wide", 0.125).unwrap();
    assert_eq!(tracker.report(), "baseline: 0.5\nwide: 0.125\n");
}

#[test]
fn a_report_is_freed_when_the_caller_drops_it() {
    let tracker = tracker(&["baseline", "wide"]);
    let left = counting::left_by(|| assert_ne!(tracker.report().len(), 0));
    assert!(
        left == 0,
        "the report was dropped, and {left} bytes are still allocated"
    );
}
