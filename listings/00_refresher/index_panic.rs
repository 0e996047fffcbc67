//@ panic: index out of bounds
fn at(numbers: &[i32], index: usize) -> i32 {
    numbers[index]
}

fn main() {
    let numbers = [1, 2, 3, 4];
    println!("{}", at(&numbers, 3));
    println!("{}", at(&numbers, 4));
}
