//! Spans, tags, logs and metrics from a WebAssembly guest to its host: the Observe API for Zig.
//!
//!     const observe = @import("observe");
//!
//!     fn load(path: []const u8) !void {
//!         const span = observe.enter("load");
//!         defer span.end(); // with this block, whichever way it is left
//!         observe.tag("path", path);
//!         ...
//!
//! A module that calls these functions imports them from `dylibso:observe/api`, so it only runs on a
//! host that offers them. On targets other than wasm32, and where the root file declares
//! `pub const observe_disabled = true;`, every function is a no-op and nothing is imported.
//!
//! Nothing here allocates. Tags, formatted logs and metrics take 1,024 bytes of the stack; what does
//! not fit is cut off between two characters.

const builtin = @import("builtin");
const root = @import("root");
const std = @import("std");

const capacity = 1024;

const enabled = builtin.cpu.arch == .wasm32 and
    !(@hasDecl(root, "observe_disabled") and root.observe_disabled);

const host = struct {
    extern "dylibso:observe/api" fn @"span-enter"(name: [*]const u8, length: usize) void;
    extern "dylibso:observe/api" fn @"span-exit"() void;
    extern "dylibso:observe/api" fn @"span-tags"(tags: [*]const u8, length: usize) void;
    extern "dylibso:observe/api" fn log(level: i32, text: [*]const u8, length: usize) void;
    extern "dylibso:observe/api" fn metric(format: i32, text: [*]const u8, length: usize) void;
};

/// How grave a log record is.
pub const Level = enum(i32) { err = 1, warn = 2, info = 3, debug = 4, trace = 5 };

/// An open span, to be ended in the block that opened it: `defer span.end();`.
pub const Span = struct {
    /// Closes the innermost open span. A trap and `std.process.exit` run no `defer`; the host closes
    /// what they leave open.
    pub fn end(_: Span) void {
        if (enabled) host.@"span-exit"();
    }
};

/// Opens a span inside the innermost open one.
pub fn enter(name: []const u8) Span {
    if (enabled) host.@"span-enter"(name.ptr, name.len);
    return .{};
}

/// Tags the innermost open span. The API joins tags with commas and ends a key at its first colon,
/// so a comma in a value becomes a semicolon, a comma or colon in a key an underscore.
pub fn tag(key: []const u8, value: []const u8) void {
    tagf(key, "{s}", .{value});
}

/// The same with a value formatted as by `std.fmt`.
pub fn tagf(key: []const u8, comptime format: []const u8, arguments: anytype) void {
    if (enabled) {
        var buffer: [capacity]u8 = undefined;
        const name = print(&buffer, "{s}", .{key});
        replace(name, ',', '_');
        replace(name, ':', '_');
        const colon = print(buffer[name.len..], ":", .{});
        const start = name.len + colon.len;
        const value = print(buffer[start..], format, arguments);
        replace(value, ',', ';');
        host.@"span-tags"(&buffer, start + value.len);
    }
}

/// Writes a log record, correlated with the innermost open span.
pub fn log(level: Level, message: []const u8) void {
    if (enabled) host.log(@intFromEnum(level), message.ptr, message.len);
}

/// The same with a message formatted as by `std.fmt`.
pub fn logf(level: Level, comptime format: []const u8, arguments: anytype) void {
    if (enabled) {
        var buffer: [capacity]u8 = undefined;
        log(level, print(&buffer, format, arguments));
    }
}

/// Sends a line of statsd text, for kinds that have no function here.
pub fn metric(statsd: []const u8) void {
    if (enabled) host.metric(1, statsd.ptr, statsd.len);
}

/// Adds to a counter. The name of a metric holds no `:` and no `|`.
pub fn counter(name: []const u8, delta: i64) void {
    metricf("{s}:{d}|c", .{ name, delta });
}

/// Sets a gauge.
pub fn gauge(name: []const u8, value: f64) void {
    metricf("{s}:{d}|g", .{ name, value });
}

/// Records a duration.
pub fn timing(name: []const u8, milliseconds: f64) void {
    metricf("{s}:{d:.3}|ms", .{ name, milliseconds });
}

fn metricf(comptime format: []const u8, arguments: anytype) void {
    if (enabled) {
        var buffer: [capacity]u8 = undefined;
        metric(print(&buffer, format, arguments));
    }
}

/// What fits of the text, up to the end of a character.
fn print(buffer: []u8, comptime format: []const u8, arguments: anytype) []u8 {
    return std.fmt.bufPrint(buffer, format, arguments) catch buffer[0..wholeUtf8(buffer)];
}

/// The length without a UTF-8 sequence that was cut off at the end.
fn wholeUtf8(bytes: []const u8) usize {
    var lead = bytes.len;
    while (lead > 0 and bytes.len - lead < 4) {
        lead -= 1;
        if (bytes[lead] & 0xC0 != 0x80) {
            const expected = std.unicode.utf8ByteSequenceLength(bytes[lead]) catch 1;
            return if (bytes.len - lead < expected) lead else bytes.len;
        }
    }
    return bytes.len; // not UTF-8: the host replaces what it cannot read
}

fn replace(text: []u8, old: u8, replacement: u8) void {
    for (text) |*byte| {
        if (byte.* == old) byte.* = replacement;
    }
}
