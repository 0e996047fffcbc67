//@ panic: called `Option::unwrap()` on a `None` value
fn last(numbers: &[i32]) -> Option<i32> {
    if numbers.is_empty() {
        return None;
    }
    Some(numbers[numbers.len() - 1])
}

fn main() {
    println!("{}", last(&[1, 2]).unwrap());
    println!("{}", last(&[]).unwrap());
}
