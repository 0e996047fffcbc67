//@ compile-error: cast discards const qualifier
//@ title: A counter that is declared `const`
const Counter = struct {
    hits: u32 = 0,

    fn record(self: *Counter) void {
        self.hits += 1;
    }
};

pub fn main() void {
    const counter: Counter = .{};
    counter.record();
}
