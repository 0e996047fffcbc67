//! The digit classifier for a page: exported functions over the model of `../digits.zig`.
//!
//!     zig build-exe -target wasm32-freestanding -fno-entry -rdynamic -O safe -fstrip \
//!         -femit-bin=digits.wasm --dep digits -Mroot=capstone/web.zig -Mdigits=digits.zig
//!
//! run in the lesson's folder. The page fills `inputPointer()[0..64]` with pixels from 0 to 16,
//! calls `classify()`, reads ten logits at `outputPointer()`, and calls `reset()`, in this order.
//! A page that forgets `reset()` sees `arenaUsed()` and `arenaCapacity()` grow: that is the lesson.
//!
//! Functions that can fail return a negative number; `errorName` says which error it was.

const std = @import("std");
const digits = @import("digits");
const Counting = digits.Counting;
const ArenaAllocator = std.heap.ArenaAllocator;
const FixedBufferAllocator = std.heap.FixedBufferAllocator;

var input: [digits.sizes[0]]u8 = @splat(0);
var output: [10]f32 = @splat(0);
var model: ?digits.Model = null;

// The weights' size is known when this is compiled, so their block is static.
var weights_block: [digits.weights_bytes]u8 align(64) = undefined;
var weights: FixedBufferAllocator = .init(&weights_block);

// Every byte that is taken from the page's memory goes through here.
var from_page: Counting = .{ .child = std.heap.page_allocator };
var scratch_arena: ArenaAllocator = .init(page_interface);
/// What inferences asked the scratch arena for since the last reset.
var asked: Counting = .{ .child = undefined };

const page_interface: std.mem.Allocator = from_page.allocator();

var last_error: ?anyerror = null;

fn fail(err: anyerror) i32 {
    last_error = err;
    return -1;
}

/// Loads the weights, once. 0, or a negative number.
export fn load() i32 {
    if (model != null) return 0;
    asked.child = scratch_arena.allocator();
    model = digits.Model.load(weights.allocator(), page_interface, digits.model_file) catch |err| {
        weights.reset();
        return fail(err);
    };
    return 0;
}

/// 64 bytes, row by row, to be filled with the pixels: 0 is paper, 16 is ink.
export fn inputPointer() [*]u8 {
    return &input;
}

/// Ten `f32`: the logits of the last `classify`.
export fn outputPointer() [*]const f32 {
    return &output;
}

/// The digit, 0 to 9, or a negative number. Takes scratch memory and does not give it back.
export fn classify() i32 {
    const loaded = &(model orelse return fail(error.NotLoaded));
    output = loaded.infer(asked.allocator(), &input) catch |err| return fail(err);
    return @intCast(digits.label(&output));
}

/// Forgets the scratch memory of all inferences since the last reset, and keeps its capacity.
export fn reset() void {
    _ = scratch_arena.reset(.retain_capacity);
    asked = .{ .child = asked.child };
}

/// Bytes of the weights.
export fn modelBytes() usize {
    return weights.end_index;
}

/// Bytes of the block that holds them.
export fn modelCapacity() usize {
    return weights_block.len;
}

/// Bytes of scratch memory in use: since the last `reset`.
export fn arenaUsed() usize {
    return asked.live;
}

/// Bytes that the scratch arena holds, used or not.
export fn arenaCapacity() usize {
    return scratch_arena.queryCapacity();
}

/// Bytes that one inference plans to use.
export fn plannedBytes() usize {
    return digits.plan_bytes;
}

/// How often an arena has asked the page's memory for more, since the start.
export fn allocations() usize {
    return from_page.allocations;
}

/// The name of the last error, as bytes of `errorLength()`.
export fn errorName() [*]const u8 {
    return if (last_error) |err| @errorName(err).ptr else "";
}

export fn errorLength() usize {
    return if (last_error) |err| @errorName(err).len else 0;
}
