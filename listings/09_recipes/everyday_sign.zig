//@ compile-error: expected ';' after statement
//@ title: A sign that Python does not want
pub fn main() void {
    const steps: u32 = 3
    _ = steps;
}
