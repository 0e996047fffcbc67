//@ run
fn sum_to(n: u32) -> u32 {
    if n == 0 {
        return 0;
    }
    let rest = sum_to(n - 1);
    n + rest
}

fn main() {
    let total = sum_to(3);
    println!("3 + 2 + 1 = {total}");
}
