//@ compile-error: returning address of expired local variable 'scores'
//@ title: Return the address of a local
fn loadScores() []i32 {
    var scores = [_]i32{ 1, 2, 3 };
    return &scores;
}

pub fn main() void {
    _ = loadScores();
}
