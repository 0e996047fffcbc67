//@ compile-error: expected type '*i32', found '@TypeOf(null)'
//@ title: A pointer set to null
pub fn main() void {
    const score: *i32 = null;
    score.* = 1;
}
