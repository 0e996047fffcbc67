//@ run
#[derive(Default)]
struct Counter {
    hits: u32,
}

impl Counter {
    fn record(&mut self) {
        self.hits += 1;
    }

    fn is_busy(&self) -> bool {
        self.hits > 1
    }
}

fn main() {
    let mut counter = Counter::default();
    counter.record(); // short for Counter::record(&mut counter)
    Counter::record(&mut counter);
    println!("hits {}, busy {}", counter.hits, counter.is_busy() as u8);
}
