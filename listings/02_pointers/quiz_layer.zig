//@ run
//@ title: The first layer
const std = @import("std");

const Layer = struct { width: u8 };
const Model = struct { layers: [2]Layer };

fn first(model: *Model) *Layer {
    return &model.layers[0];
}

fn ifWider(model: Model) u8 {
    var trial = model;
    first(&trial).width += 1;
    return trial.layers[0].width;
}

pub fn main() void {
    var model: Model = .{ .layers = .{ .{ .width = 8 }, .{ .width = 4 } } };
    const layer = first(&model);
    layer.width += 2;
    std.debug.print("{d} {d}\n", .{ ifWider(model), model.layers[0].width });
}
