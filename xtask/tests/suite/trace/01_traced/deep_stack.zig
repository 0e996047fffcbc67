//! Calls with so much memory each that few of them fill the stack.
fn down(depth: u8) u8 {
    var large: [1 << 20]u8 = undefined;
    large[depth] = depth;
    return down(depth + 1) + large[depth];
}

pub fn main() void {
    _ = down(0);
}
