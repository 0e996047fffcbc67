pub fn main() void {
    var count: u32 = 0;
    while (true) count = spin(count);
}

fn spin(from: u32) u32 {
    var value = from;
    while (value != 1) value = value +% 2;
    return value;
}
