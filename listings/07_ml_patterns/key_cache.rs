//@ run

struct KeyCache {
    keys: Vec<f32>,
}

impl KeyCache {
    /// Never grows: `with_capacity` gave it room for all rows.
    fn append(&mut self, key: [f32; 2]) -> Result<(), &'static str> {
        if self.keys.capacity() - self.keys.len() < 2 {
            return Err("CacheFull");
        }
        self.keys.extend_from_slice(&key);
        Ok(())
    }
}

fn main() {
    let mut cache = KeyCache {
        keys: Vec::with_capacity(3 * 2),
    };
    for token in 1..5 {
        let x = token as f32;
        if let Err(error) = cache.append([x, -x]) {
            println!("token {token}: {error}");
            break;
        }
        println!("token {token}: {} numbers cached", cache.keys.len());
    }
}
