//@ run
fn greeting(user: &str) -> &'static str {
    format!("model of {user}").leak() // for the rest of the program
}

fn main() {
    println!("{}", greeting("Ada"));
}
