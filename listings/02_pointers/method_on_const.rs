//@ compile-error: E0596
#[derive(Default)]
struct Counter {
    hits: u32,
}

impl Counter {
    fn record(&mut self) {
        self.hits += 1;
    }
}

fn main() {
    let counter = Counter::default();
    counter.record();
}
