//@ run
#[derive(Debug)]
enum Error {
    Refused,
}

fn handshake(fails: bool) -> Result<(), Error> {
    if fails { Err(Error::Refused) } else { Ok(()) }
}

fn connect(fails: bool) -> Result<(), Error> {
    println!("open");
    handshake(fails).inspect_err(|_| println!("undo: close"))?;
    println!("connected");
    Ok(())
}

fn main() {
    let _ = connect(false);
    if let Err(err) = connect(true) {
        println!("failed: {err:?}");
    }
}
