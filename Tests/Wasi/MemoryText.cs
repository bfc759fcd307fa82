using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace WasmAspire.Tests.Wasi;

/// <summary>WASI's structs as text.</summary>
internal static class MemoryText
{
    private static readonly string[] EventTypes = ["clock", "read", "write"];
    private static readonly Dictionary<int, string> FileTypes = new() { [0] = "unknown", [3] = "directory", [4] = "file", [7] = "link" };

    /// <summary>Bytes of a result.</summary>
    public static int SizeOf(string kind) => kind switch
    {
        "u32" => 4,
        "u64" or "any64" or "prestat" => 8,
        "text16" => 16,
        "fdstat" => 24,
        "stat" => 64,
        _ => throw new ArgumentException($"No result is a '{kind}'.", nameof(kind)),
    };

    /// <summary>A result; <c>any</c> is one that differs from run to run.</summary>
    public static string Of(string kind, ReadOnlySpan<byte> bytes) => kind switch
    {
        "u32" => U32(bytes).ToString(CultureInfo.InvariantCulture),
        "u64" => U64(bytes).ToString(CultureInfo.InvariantCulture),
        "any64" => "any",
        "prestat" => $"tag {U32(bytes)} length {U32(bytes[4..])}",
        "fdstat" => $"{FileTypes[bytes[0]]} flags {bytes[2]} rights {U64(bytes[8..]):x} inheriting {U64(bytes[16..]):x}",
        "stat" => OfStat(bytes),
        "text" or "text16" => $"'{Of(bytes)}'",
        "names" => OfEntries(bytes, sort: true, (name, type, _) => $"{name} {type}"),
        "entries" => OfEntries(bytes, sort: false, (name, type, next) => $"{next} {name} {type}"),
        _ => throw new ArgumentException($"No result is a '{kind}'.", nameof(kind)),
    };

    /// <summary>Bytes that are mostly text; a dot for each NUL.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes).Replace('\0', '.').Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>Events: those with userdata, in their order.</summary>
    public static string OfEvents(ReadOnlySpan<byte> bytes)
    {
        List<string> events = [];
        for (; bytes.Length > 0 && U64(bytes) != 0; bytes = bytes[32..])
        {
            events.Add($"<{U64(bytes)} {EventTypes[bytes[10]]} {WitxErrno.Name(bytes[8])} bytes {U64(bytes[16..])}{(bytes[24] == 1 ? " hangup" : "")}>");
        }

        return string.Join(' ', events);
    }

    /// <summary>Writes <c>read:FD</c>, <c>write:FD</c>, <c>clock:ID:TIMEOUT:FLAGS</c> or <c>TAG:FD</c>.</summary>
    public static void WriteSubscription(Span<byte> bytes, string subscription, long userdata)
    {
        var parts = subscription.Split(':');
        var tag = Array.IndexOf(EventTypes, parts[0]);
        BinaryPrimitives.WriteInt64LittleEndian(bytes, userdata);
        bytes[8] = tag < 0 ? byte.Parse(parts[0], CultureInfo.InvariantCulture) : (byte)tag;
        BinaryPrimitives.WriteInt32LittleEndian(bytes[16..], int.Parse(parts[1], CultureInfo.InvariantCulture));
        if (tag == 0)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], ulong.Parse(parts[2], CultureInfo.InvariantCulture));
            BinaryPrimitives.WriteUInt16LittleEndian(bytes[40..], ushort.Parse(parts[3], CultureInfo.InvariantCulture));
        }
    }

    // A folder's links and size are the host's own affair, as are inodes and times.
    private static string OfStat(ReadOnlySpan<byte> bytes) => bytes[16] == 3
        ? $"device {U64(bytes)} directory"
        : $"device {U64(bytes)} {FileTypes[bytes[16]]} links {U64(bytes[24..])} size {U64(bytes[32..])}";

    private static string OfEntries(ReadOnlySpan<byte> bytes, bool sort, Func<string, string, ulong, string> show)
    {
        List<string> entries = [];
        while (bytes.Length >= 24 && U64(bytes) != 0)
        {
            var length = (int)U32(bytes[16..]);
            var name = bytes.Slice(24, Math.Min(length, bytes.Length - 24));
            entries.Add(show(Of(name), FileTypes[bytes[20]], U64(bytes)));
            bytes = bytes[(24 + name.Length)..];
        }

        return string.Join(", ", sort ? entries.Order(StringComparer.Ordinal) : entries);
    }

    private static uint U32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static ulong U64(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);
}
