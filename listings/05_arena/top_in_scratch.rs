//@ compile-error: E0499
fn top<'a>(scratch: &'a mut Vec<u8>, scores: &[u8], k: usize) -> &'a [u8] {
    scratch.clear();
    scratch.extend_from_slice(scores);
    scratch.sort_by(|a, b| b.cmp(a));
    &scratch[..k] // a view of the scratch
}

fn main() {
    let mut scratch = Vec::new();
    let first = top(&mut scratch, &[10, 70, 20], 1);
    let second = top(&mut scratch, &[5, 4, 6], 1);
    println!("{} {}", first[0], second[0]);
}
