//@ run
//@ title: A cache of rows with room for three tokens
//@ same-output
//@ trace

const std = @import("std");

const KeyCache = struct {
    keys: []f32, // room for all rows; the first `used` numbers are valid
    used: usize = 0,

    fn append(cache: *KeyCache, key: [2]f32) error{CacheFull}!void {
        if (cache.used == cache.keys.len) return error.CacheFull;
        @memcpy(cache.keys[cache.used..][0..2], &key);
        cache.used += 2;
    }
};

pub fn main(init: std.process.Init) !void {
    const keys = try init.gpa.alloc(f32, 3 * 2); // 3 tokens, 2 numbers each
    defer init.gpa.free(keys);
    var cache: KeyCache = .{ .keys = keys };

    for (1..5) |token| {
        const x: f32 = @floatFromInt(token);
        cache.append(.{ x, -x }) catch |err| {
            std.debug.print("token {d}: {t}\n", .{ token, err });
            break;
        };
        std.debug.print("token {d}: {d} numbers cached\n", .{ token, cache.used });
    }
}
