//@ compile-error: error[E0515]
struct Pair {
    y: u32,
}

struct Text {
    bytes: &'static [u8],
}

fn a_slice() -> &'static mut [u8] {
    let mut buf = [1, 2, 3];
    &mut buf[0..]
}

fn a_named_pointer() -> &'static u32 {
    let x = 1;
    let p = &x;
    p
}

fn a_field() -> &'static u32 {
    let pair = Pair { y: 2 };
    &pair.y
}

fn a_constant(n: u32) -> &'static u32 {
    let doubled = n * 2;
    &doubled
}

fn in_a_struct() -> Text {
    let buf = *b"hi";
    Text { bytes: &buf }
}

fn main() {
    a_slice();
    a_named_pointer();
    a_field();
    a_constant(1);
    in_a_struct();
    println!("done");
}
