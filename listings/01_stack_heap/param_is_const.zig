//@ compile-error: cannot assign to constant
//@ title: A parameter cannot be assigned to
fn zeroFirst(scores: [3]i32) void {
    scores[0] = 0;
}

pub fn main() void {
    zeroFirst(.{ 1, 2, 3 });
}
