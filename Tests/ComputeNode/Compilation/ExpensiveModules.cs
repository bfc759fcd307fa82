using System.Globalization;
using System.Text;
using Wasmtime;

namespace WasmAspire.Tests.ComputeNode.Compilation;

/// <summary>Small, valid modules that cost a compiler far more than their size.</summary>
internal static class ExpensiveModules
{
    /// <summary>Compiles within milliseconds.</summary>
    public static byte[] Cheap { get; } = Module.ConvertText("""(module (func (export "_start")))""");

    /// <summary>So many locals, each written in so many nested loops: 1,000 take over 40 s and 1.6 GB, 5,000 take 7 GB (measured).</summary>
    public static byte[] NestedLoops(int count)
    {
        var text = new StringBuilder("(module (func (export \"_start\")");
        text.Insert(text.Length, " (local i32)", count);
        for (var i = 0; i < count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $" loop (local.set {i} (i32.add (local.get {i}) (i32.const 1)))");
        }

        for (var i = 0; i < count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $" (br_if 0 (local.get {i})) end");
        }

        return Module.ConvertText(text.Append("))").ToString());
    }

    /// <summary>Functions that are small each and as many as wanted: what is compiled grows with them.</summary>
    public static byte[] ManyFunctions(int count) =>
        Module.ConvertText($"(module (func (export \"_start\")) {new StringBuilder().Insert(0, "(func)", count)})");
}
