//@ compile-error: pointer capture of non pointer type '[3]u8'
//@ title: The same loop without `&`
pub fn main() void {
    var scores = [_]u8{ 1, 2, 3 };
    scores[0] = 5;
    for (scores) |*s| s.* *= 2;
}
