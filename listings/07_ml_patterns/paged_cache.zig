//@ run
//@ title: A cache in pages, for two conversations
//@ same-output

const std = @import("std");

const page_rows = 4;
const Page = [page_rows][2]f32; // a row is the key of one token

/// All pages there are, in one block.
const Pool = struct {
    pages: [6]Page = undefined,
    free: [6]u8 = .{ 5, 4, 3, 2, 1, 0 }, // a stack: the next one stands last
    left: usize = 6,
};

const Conversation = struct {
    table: [6]u8 = undefined, // its pages, in the order of its tokens
    tokens: usize = 0,

    fn append(self: *Conversation, pool: *Pool, key: [2]f32) error{NoPage}!void {
        const page = self.tokens / page_rows;
        if (self.tokens % page_rows == 0) { // the last page is full, or there is none
            if (pool.left == 0) return error.NoPage;
            pool.left -= 1;
            self.table[page] = pool.free[pool.left];
        }
        pool.pages[self.table[page]][self.tokens % page_rows] = key;
        self.tokens += 1;
    }

    fn end(self: *Conversation, pool: *Pool) void {
        const used = (self.tokens + page_rows - 1) / page_rows;
        for (self.table[0..used]) |page| {
            pool.free[pool.left] = page;
            pool.left += 1;
        }
        self.tokens = 0;
    }
};

pub fn main() !void {
    var pool: Pool = .{};
    var cat: Conversation = .{};
    var dog: Conversation = .{};
    for (0..9) |i| {
        const x: f32 = @floatFromInt(i);
        try cat.append(&pool, .{ x, -x });
        if (i % 2 == 0) try dog.append(&pool, .{ x, x });
    }
    std.debug.print("cat: {d} tokens, pages {d} {d} {d}\n", .{ cat.tokens, cat.table[0], cat.table[1], cat.table[2] });
    std.debug.print("dog: {d} tokens, pages {d} {d}\n", .{ dog.tokens, dog.table[0], dog.table[1] });
    std.debug.print("pages left: {d}\n", .{pool.left});
    cat.end(&pool);
    std.debug.print("cat has gone, pages left: {d}\n", .{pool.left});
}
