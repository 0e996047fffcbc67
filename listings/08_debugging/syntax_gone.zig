//@ run
//@ title: What Zig's parser says of three older lines
const std = @import("std");

const lines = [_][:0]const u8{
    "const zeros = [_]u8{0} ** 4;",
    "fn f() !void { errdefer |err| log(err); }",
    "usingnamespace std;",
};

pub fn main(init: std.process.Init) !void {
    for (lines) |line| {
        var tree = try std.zig.Ast.parse(init.gpa, line, .{});
        defer tree.deinit(init.gpa);

        var buffer: [128]u8 = undefined;
        var message: std.Io.Writer = .fixed(&buffer);
        if (tree.errors.len > 0) try tree.renderError(tree.errors[0], &message);
        std.debug.print("{s}\n    {s}\n", .{ line, message.buffered() });
    }
}
