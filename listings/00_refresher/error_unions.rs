//@ run
#[derive(Debug)]
enum Error {
    NotADigit,
}

fn digit(c: char) -> Result<u8, Error> {
    if !c.is_ascii_digit() {
        return Err(Error::NotADigit);
    }
    Ok(c as u8 - b'0')
}

fn main() {
    let a = digit('7').unwrap_or(0);
    println!("a is {a}");

    let b = match digit('x') {
        Ok(b) => b,
        Err(err) => {
            println!("failed: {err:?}");
            return;
        }
    };
    println!("b is {b}");
}
