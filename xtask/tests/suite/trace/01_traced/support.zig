//! Imported by `calls.zig`.

pub fn sum(numbers: []const u32) u32 {
    var total: u32 = 0;
    for (numbers) |number| total += number;
    return total;
}
