pub fn main() void {
    var count: u32 = 0;
    while (count < 5_000) {
        count += 1;
    }
}
