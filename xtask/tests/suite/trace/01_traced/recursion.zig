pub fn main() void {
    _ = down(0);
}

fn down(depth: u32) u32 {
    if (depth == 1_000_000) return 0;
    return down(depth + 1) + 1;
}
