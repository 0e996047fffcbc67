//! Reads safetensors, the format in which model weights are published: eight bytes that hold the
//! header's length, a JSON header that says where each tensor lies, then the tensors' bytes. The
//! header may also hold `__metadata__`, texts about the file, which nobody here asks for.
//! https://github.com/huggingface/safetensors#format

const std = @import("std");
const Allocator = std.mem.Allocator;

pub const Error = error{
    /// The file ends before its header or its tensors do.
    FileTooShort,
    /// The header is no JSON, or does not describe tensors.
    BadHeader,
    /// The file has no tensor of this name.
    TensorMissing,
    /// The tensor holds another type of number.
    WrongType,
    /// The tensor has another shape, or not as many bytes as its shape needs.
    WrongShape,
    /// A weight is an infinity or not a number.
    NotFinite,
    OutOfMemory,
};

/// A file whose header has been read. It borrows both the file's bytes and the memory of its
/// header: it must not outlive either.
pub const File = struct {
    scratch: Allocator,
    header: std.json.ObjectMap,
    data: []const u8,

    /// What the header says of a tensor. `__metadata__` is not one: it has no `dtype`.
    const Tensor = struct { dtype: []const u8, shape: []const usize, data_offsets: [2]usize };

    /// The header is parsed into `scratch`, and nothing there is freed: pass an arena.
    pub fn open(scratch: Allocator, bytes: []const u8) Error!File {
        if (bytes.len < 8) return error.FileTooShort;
        const length = std.mem.readInt(u64, bytes[0..8], .little);
        if (length > bytes.len - 8) return error.FileTooShort;
        const end = 8 + @as(usize, @intCast(length));
        const json = std.json.parseFromSliceLeaky(std.json.Value, scratch, bytes[8..end], .{}) catch |err|
            return if (err == error.OutOfMemory) error.OutOfMemory else error.BadHeader;
        if (json != .object) return error.BadHeader;
        return .{ .scratch = scratch, .header = json.object, .data = bytes[end..] };
    }

    /// A copy of the tensor's numbers, owned by the caller, aligned for vector instructions.
    pub fn floats(file: File, gpa: Allocator, name: []const u8, shape: []const usize) Error![]align(64) f32 {
        const bytes = try file.tensor(name, "F32", 4, shape);
        const numbers = try gpa.alignedAlloc(f32, .@"64", bytes.len / 4);
        errdefer gpa.free(numbers);
        for (numbers, 0..) |*number, i| {
            // The bytes may start at any address, and are little-endian on every machine.
            number.* = @bitCast(std.mem.readInt(u32, bytes[4 * i ..][0..4], .little));
            if (!std.math.isFinite(number.*)) return error.NotFinite;
        }
        return numbers;
    }

    /// The tensor's numbers as they lie in the file: a view, at any address, and in the order of
    /// bytes of this machine, which is the file's if it is little-endian.
    pub fn view(file: File, T: type, name: []const u8, shape: []const usize) Error![]align(1) const T {
        const dtype = switch (T) {
            f32 => "F32",
            f16 => "F16",
            i8 => "I8",
            u8 => "U8",
            else => @compileError("no tensor of a file holds " ++ @typeName(T)),
        };
        return @ptrCast(try file.tensor(name, dtype, @sizeOf(T), shape));
    }

    fn tensor(
        file: File,
        name: []const u8,
        dtype: []const u8,
        width: usize,
        shape: []const usize,
    ) Error![]const u8 {
        const value = file.header.get(name) orelse return error.TensorMissing;
        const found = std.json.parseFromValueLeaky(Tensor, file.scratch, value, .{}) catch |err|
            return if (err == error.OutOfMemory) error.OutOfMemory else error.BadHeader;
        if (!std.mem.eql(u8, found.dtype, dtype)) return error.WrongType;
        if (!std.mem.eql(usize, found.shape, shape)) return error.WrongShape;
        var size = width;
        for (shape) |n| size *= n;
        const begin, const end = found.data_offsets;
        if (begin > end or end - begin != size) return error.WrongShape;
        if (end > file.data.len) return error.FileTooShort;
        return file.data[begin..end];
    }
};
