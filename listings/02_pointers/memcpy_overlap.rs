//@ compile-error: E0502
fn drop_first(window: &mut [u8]) {
    let n = window.len() - 1;
    window[..n].copy_from_slice(&window[1..]);
}

fn main() {
    let mut window = [1u8, 2, 3, 4];
    drop_first(&mut window);
    println!("{window:?}");
}
