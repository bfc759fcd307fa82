using System.Text;

namespace WasmAspire.Wasm;

/// <summary>
/// The function names of a module's name section (WebAssembly 2.0, appendix 7.4.1). Names are decoded when asked for: a
/// module may have a million.
/// </summary>
public sealed class FunctionNames
{
    private const byte FunctionSubsection = 1;

    private readonly byte[] bytes;
    private readonly Dictionary<int, (int Start, int Length)> places = [];

    private FunctionNames(byte[] bytes) => this.bytes = bytes;

    /// <summary>A module without names.</summary>
    public static FunctionNames None { get; } = new([]);

    /// <summary>How many functions have a name.</summary>
    public int Count => places.Count;

    /// <summary>The name of the function with this index (imports first), or null; bytes that are not UTF-8 become U+FFFD.</summary>
    public string? this[int function] =>
        places.TryGetValue(function, out var place) ? Encoding.UTF8.GetString(bytes, place.Start, place.Length) : null;

    /// <summary>Reads the section's content. One that is malformed gives the names before the fault: a custom section never makes a module invalid.</summary>
    internal static FunctionNames Read(ReadOnlySpan<byte> content, int functionCount)
    {
        var names = new FunctionNames(content.ToArray());
        try
        {
            names.ReadSubsections(functionCount);
        }
        catch (WasmFormatException)
        {
        }

        return names;
    }

    private void ReadSubsections(int functionCount)
    {
        var reader = new ModuleReader(bytes, "name", 0, bytes.Length);
        while (reader.Left > 0)
        {
            var id = reader.ReadByte();
            var content = reader.ReadBytes(reader.ReadU32());
            if (id == FunctionSubsection)
            {
                ReadFunctions(new ModuleReader(bytes, "name", reader.Position - content.Length, reader.Position), functionCount);
            }
        }
    }

    private void ReadFunctions(ModuleReader reader, int functionCount)
    {
        var count = reader.ReadCount();
        for (var i = 0; i < count; i++)
        {
            var function = reader.ReadU32();
            var length = reader.ReadBytes(reader.ReadU32()).Length;
            if (function < (uint)functionCount)
            {
                places.TryAdd((int)function, (reader.Position - length, length));
            }
        }
    }
}
