//@ run

/// Keeps blocks that were given back, to hand them out again.
#[derive(Default)]
struct Caching {
    idle: Vec<Vec<u8>>,
    allocated: usize, // bytes in use
    reserved: usize,  // bytes taken from the global allocator
}

impl Caching {
    fn take(&mut self, len: usize) -> Vec<u8> {
        self.allocated += len;
        if let Some(i) = self.idle.iter().position(|block| block.len() == len) {
            return self.idle.swap_remove(i);
        }
        self.reserved += len;
        vec![0; len]
    }

    /// Moves the block in: its last user cannot use it any more.
    fn give_back(&mut self, block: Vec<u8>) {
        self.allocated -= block.len();
        self.idle.push(block);
    }

    /// Drops the idle blocks.
    fn empty_cache(&mut self) {
        for block in self.idle.drain(..) {
            self.reserved -= block.len();
        }
    }

    fn report(&self, step: &str) {
        let (allocated, reserved) = (self.allocated, self.reserved);
        println!("{step}: allocated {allocated}, reserved {reserved}");
    }
}

fn main() {
    let mut cache = Caching::default();
    let weights = cache.take(1000);
    let activations = cache.take(600);
    cache.report("one batch");
    cache.give_back(activations);
    cache.report("batch done");
    let again = cache.take(600);
    cache.report("next batch");
    cache.give_back(again);
    cache.empty_cache();
    cache.report("emptyCache");
    cache.give_back(weights);
    cache.empty_cache();
    cache.report("model gone");
}
