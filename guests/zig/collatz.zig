//! Looks for the number below a million whose Collatz sequence is the longest.

const std = @import("std");
const observe = @import("observe");

const limit = 1_000_000;

fn length(start: u64) u32 {
    var number = start;
    var steps: u32 = 1;
    while (number != 1) : (steps += 1) {
        number = if (number % 2 == 0) number / 2 else 3 * number + 1;
    }
    return steps;
}

fn longestBelow(end: u64) error{NoNumber}!u64 {
    const span = observe.enter("longest_below");
    defer span.end();
    observe.tagf("limit", "{d}", .{end});
    if (end < 2) return error.NoNumber; // the span ends here as well

    var best: u64 = 1;
    var steps: u32 = 1;
    var number: u64 = 2;
    while (number < end) : (number += 1) {
        const found = length(number);
        if (found > steps) {
            best = number;
            steps = found;
        }
    }
    observe.tagf("steps", "{d}", .{steps});
    return best;
}

pub fn main() !void {
    const span = observe.enter("collatz");
    defer span.end();
    const best = longestBelow(limit) catch |err| {
        observe.logf(.err, "no result: {s}", .{@errorName(err)});
        return err;
    };
    observe.counter("numbers", limit);
    observe.logf(.info, "the longest sequence below {d} begins with {d}", .{ limit, best });
    std.debug.print("{d}\n", .{best});
}
