namespace WasmAspire.Wasm.Dwarf;
/// <summary>x</summary>
public sealed class CodeMap {
    private readonly List<(int, int)> e = [];
    /// <summary>x</summary>
    public void Add(int oldAddress, int newAddress) => e.Add((oldAddress, newAddress));
}
/// <summary>x</summary>
public static class LineTableRewriter {
    /// <summary>x</summary>
    public static byte[] Rewrite(ReadOnlySpan<byte> debugLine, CodeMap map) { ArgumentNullException.ThrowIfNull(map); return debugLine.ToArray(); }
}
