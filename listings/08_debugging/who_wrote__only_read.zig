//@ run
//@ variant: What if `bonus` only looks at the score?
//@ trace
const std = @import("std");

const Player = struct { score: u32 };

fn bonus(player: *Player) void {
    std.debug.print("score {d}\n", .{player.score});
}

fn play(team: []const *Player) void {
    for (team) |player| bonus(player);
}

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    const ann = try gpa.create(Player);
    defer gpa.destroy(ann);
    const bob = try gpa.create(Player);
    ann.* = .{ .score = 1 };
    bob.* = .{ .score = 2 };

    const team = [_]*Player{ ann, bob };
    gpa.destroy(bob); // bob leaves the game
    play(&team);
    std.debug.print("ann has {d}\n", .{ann.score});
}
