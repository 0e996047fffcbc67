//@ panic: index out of bounds
struct CleansUp;

impl Drop for CleansUp {
    fn drop(&mut self) {
        println!("cleaned up");
    }
}

fn third(scores: &[u8]) -> u8 {
    let _guard = CleansUp;
    scores[2]
}

fn main() {
    let scores = [10u8, 20, 30];
    println!("{}", third(&scores));
    println!("{}", third(&scores[0..2]));
}
