//@ run
//@ variant: What if it returns the array itself, as `[3]i32`?
fn loadScores() [3]i32 {
    const scores = [_]i32{ 1, 2, 3 };
    return scores;
}

pub fn main() void {
    _ = loadScores();
}
