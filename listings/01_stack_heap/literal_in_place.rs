//@ run
struct Size {
    width: u32,
    height: u32,
}

fn main() {
    let mut pair = [1, 2];
    pair = [pair[1], pair[0]];
    println!("array   {} {}", pair[0], pair[1]);

    let mut a = 1;
    let mut b = 2;
    (a, b) = (b, a);
    println!("two     {a} {b}");

    let mut size = Size {
        width: 1,
        height: 2,
    };
    size = Size {
        width: size.height,
        height: size.width,
    };
    println!("struct  {} {}", size.width, size.height);
}
