//@ run
use std::num::ParseFloatError;

fn parse(line: &str) -> Result<Vec<f32>, ParseFloatError> {
    let mut numbers = Vec::with_capacity(line.split(' ').count());
    for word in line.split(' ') {
        numbers.push(word.parse()?); // on an error the vector is dropped
    }
    Ok(numbers)
}

fn main() {
    println!("{:?}", parse("0.5 2"));
    println!("{}", parse("0.5 cat").is_err());
}
