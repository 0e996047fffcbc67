//@ run
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

static LIVE: AtomicUsize = AtomicUsize::new(0);

/// The system's allocator, with a counter of live bytes.
struct Counting;

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LIVE.fetch_add(layout.size(), Relaxed);
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static GLOBAL: Counting = Counting;

#[derive(Default)]
struct Service {
    seen: Vec<String>,
}

impl Service {
    fn handle(&mut self, name: &str) {
        self.seen.push(name.to_string()); // "only until we know why it is slow"
    }
}

fn main() {
    let before = LIVE.load(Relaxed);
    let mut service = Service::default();
    for _ in 0..1000 {
        service.handle("a cat on a mat");
    }
    let during = LIVE.load(Relaxed);
    drop(service);
    let after = LIVE.load(Relaxed);

    println!("at least 14,000 bytes more: {}", during - before >= 14_000);
    println!("more after the drop: {}", after - before);
}
