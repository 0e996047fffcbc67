//@ compile-error: expected type '*i32', found '@TypeOf(null)'
//@ title: A plain pointer cannot be null
pub fn main() void {
    const score: *i32 = null;
    score.* = 1;
}
