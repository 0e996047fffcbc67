//@ panic: index out of bounds: the len is 3 but the index is 3
fn last(view: &[i32]) -> i32 {
    view[view.len()]
}

fn main() {
    let scores = [10, 20, 30, 40, 50];
    println!("{}", last(&scores[1..4]));
}
