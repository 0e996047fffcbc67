//@ panic: Segmentation fault
//@ title: The team again, with `page_allocator`
//@ wasm: WebAssembly does not give pages back, so the write goes through
const std = @import("std");

const Player = struct { score: u32 };

fn bonus(player: *Player) void {
    player.score += 10;
}

fn play(team: []const *Player) void {
    for (team) |player| bonus(player);
}

pub fn main() !void {
    const gpa = std.heap.page_allocator; // it was init.gpa
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
