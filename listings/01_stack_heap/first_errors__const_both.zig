//@ compile-error: unused local constant
//@ variant: What if `scores` is a `const`?
pub fn main() void {
    const scores = [_]i32{ 1, 2, 3 };
    const backup = scores;
}
