//@ run
#[derive(Debug)]
enum Error {
    NotADigit,
}

fn digit(c: char) -> Result<u32, Error> {
    c.to_digit(10).ok_or(Error::NotADigit)
}

fn number(text: &str) -> Result<u32, Error> {
    let mut result = 0;
    for c in text.chars() {
        result = result * 10 + digit(c)?;
    }
    Ok(result)
}

fn main() -> Result<(), Error> {
    println!("{}", number("451")?);

    match number("4x1") {
        Ok(n) => println!("{n}"),
        Err(err) => println!("failed: {err:?}"),
    }
    Ok(())
}
