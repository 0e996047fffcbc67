pub fn main() void {
    var count: u32 = 0;
    while (count < 332) {
        count += 1;
        count +|= 0;
    }
}
