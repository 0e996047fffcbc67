//@ compile-error: cast discards const qualifier
//@ title: A string literal cannot be changed
pub fn main() void {
    const label: []u8 = "cat";
    label[0] = 'b';
}
