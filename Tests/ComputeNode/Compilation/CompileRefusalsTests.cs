using System.Text;
using WasmAspire.ComputeNode.Compilation;
using WasmAspire.Wasm;
using Wasmtime;

namespace WasmAspire.Tests.ComputeNode.Compilation;

public sealed class CompileRefusalsTests
{
    [Theory]
    [InlineData("(type (func (param {0})))", "i32 ", 64, "parameters in one function type")]
    [InlineData("(type (func (result {0})))", "i32 ", 64, "results in one function type")]
    [InlineData("{0}", "(func)", 100_000, "functions")]
    [InlineData("{0}", "(type (func))", 10_000, "function types")]
    [InlineData("{0}", "(import \"a\" \"b\" (func))", 10_000, "imports")]
    public void WhatIsDeclaredTooOftenIsRefused(string module, string declaration, int limit, string what)
    {
        CheckText(Repeat(limit));

        var refused = Assert.Throws<CompileLimitException>(() => CheckText(Repeat(limit + 1)));

        Assert.Equal($"The module has {limit + 1} {what}; at most {limit} are compiled here.", refused.Message);

        string Repeat(int count) => string.Format(null, module, new StringBuilder().Insert(0, declaration, count));
    }

    [Fact]
    public void ElementSegmentsThatAreTooLongAreRefused()
    {
        CheckText($"(table 1 funcref) (func $f) (elem func {new StringBuilder().Insert(0, "$f ", 4_000_000)})");

        var refused = Assert.Throws<CompileLimitException>(() => CheckText($"(table 1 funcref) (func $f) (elem func {new StringBuilder().Insert(0, "$f ", 4_200_000)})"));

        Assert.Equal("The module has 4200007 bytes of element segments; at most 4194304 are compiled here.", refused.Message);
    }

    private static void CheckText(string fields)
    {
        var wasm = Module.ConvertText($"(module {fields})");
        CompileRefusals.Check(WasmModule.Read(wasm), wasm);
    }
}
