//@ run
fn main() {
    let mut names: Vec<String> = Vec::new();

    let name = String::from("relu");
    names.push(name); // moved: the vector owns the string now
    println!("{}", names[0]);
} // dropping the vector drops every string in it
