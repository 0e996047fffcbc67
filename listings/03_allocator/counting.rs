//@ run
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

static LIVE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

struct Counting;

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let live = LIVE.fetch_add(layout.size(), Relaxed) + layout.size();
        PEAK.fetch_max(live, Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(ptr, layout) }
    }
}

#[global_allocator] // one for the whole program
static ALLOCATOR: Counting = Counting;

fn main() {
    let start = LIVE.load(Relaxed);
    PEAK.store(start, Relaxed);

    let mut batch: Vec<u8> = Vec::with_capacity(100);
    batch.reserve_exact(200);
    let (live, peak) = (LIVE.load(Relaxed), PEAK.load(Relaxed));
    println!("in use {}, at most {}", live - start, peak - start);
}
