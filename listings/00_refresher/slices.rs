//@ run
fn sum(numbers: &[i32]) -> i32 {
    let mut total = 0;
    for number in numbers {
        total += number;
    }
    total
}

fn main() {
    let mut all = [1, 2, 3, 4];
    let middle: &mut [i32] = &mut all[1..3];

    middle[0] = 20;
    println!("{} {} {}", middle.len(), all[1], sum(&all));
}
