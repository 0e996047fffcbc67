//@ compile-error: use of undeclared identifier
//@ title: What is refused before any type is looked at
fn negate(x: bool) bool {
    return not(x);
}
fn double(x: u32) u32 {
    const x = 2 * x;
    return x;
}
fn count(xs: []const u32, start: u32) usize {
    var n: usize = 0;
    for (xs) |x| n += 1;
    return n;
}
fn keep(x: u32) u32 {
    _ = x;
    return x;
}
fn kind(name: []const u8) u8 {
    return switch (name) {
        "relu" => 1,
        else => 0,
    };
}

pub fn main() void {}
