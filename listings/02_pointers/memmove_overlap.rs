//@ run
fn drop_first(window: &mut [u8]) {
    window.copy_within(1.., 0);
}

fn main() {
    let mut window = [1u8, 2, 3, 4];
    drop_first(&mut window);
    println!("{} {} {} {}", window[0], window[1], window[2], window[3]);
}
