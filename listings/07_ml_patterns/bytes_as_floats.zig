//@ compile-error: @ptrCast increases pointer alignment
//@ title: A cast from bytes to floats

const file = [_]u8{ 7, 0, 0, 128, 63, 0, 0, 0, 64 }; // one byte, then 1.0 and 2.0

pub fn main() void {
    const bytes: []const u8 = file[1..];
    const weights: []const f32 = @ptrCast(bytes);
    _ = weights;
}
