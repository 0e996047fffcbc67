//@ run
/// Lets at most `limit` bytes be in use at once, if everybody asks it.
struct Budget {
    limit: usize,
    used: usize,
}

impl Budget {
    fn alloc(&mut self, len: usize) -> Option<Vec<u8>> {
        if len > self.limit - self.used {
            return None;
        }
        self.used += len;
        Some(vec![0; len])
    }
}

// ANCHOR: main
fn main() {
    let mut budget = Budget {
        limit: 100,
        used: 0,
    };
    let mut requests = Vec::new();
    for n in 0..8 {
        let Some(request) = budget.alloc(30) else {
            let used = budget.used;
            println!("request {n} does not fit, {used} bytes in use");
            break;
        };
        requests.push(request);
    }
}
// ANCHOR_END: main
