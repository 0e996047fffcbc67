//@ compile-error: local variable is never mutated
//@ title: A backup, half written
pub fn main() void {
    var scores = [_]i32{ 1, 2, 3 };
    const backup = scores;
}
