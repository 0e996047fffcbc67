//@ run
struct OnDrop(String); // prints its text when its scope ends

impl Drop for OnDrop {
    fn drop(&mut self) {
        println!("{}", self.0);
    }
}

fn work() {
    println!("open file");
    let _file = OnDrop("close file".to_string());

    println!("take lock");
    let _lock = OnDrop("release lock".to_string());

    println!("write");
}

fn main() {
    work();
    for i in 0..2 {
        let _turn = OnDrop(format!("end of turn {i}"));
        println!("turn {i}");
    }
}
