using WasmAspire.Wasm.Dwarf;

namespace WasmAspire.Tests.Wasm.Dwarf;

/// <summary>Line tables written by hand, for code of which each ten bytes have grown by two.</summary>
public sealed class LineTableRewriterTests
{
    /// <summary>A unit and what its rewritten self says.</summary>
    public static TheoryData<string, byte[], string[]> Programs => new()
    {
        // 0x4B: line +1, address +4; 0x21: line +1, address +1.
        { "special opcodes", [.. LineUnit.SetAddress(10), 1, 0x4B, 0x21, 2, 7, .. LineUnit.End], ["12-15 src/a.c:1:0", "16-16 src/a.c:2:0", "17-25 src/a.c:3:0"] },
        { "a special opcode that is too far now", [.. LineUnit.SetAddress(15), 1, 0xF9, 2, 9, .. LineUnit.End], ["17-36 src/a.c:1:0", "37-47 src/a.c:8:0"] },
        { "const_add_pc", [.. LineUnit.SetAddress(10), 1, 8, 1, 2, 3, .. LineUnit.End], ["12-35 src/a.c:1:0"] },
        { "fixed_advance_pc", [.. LineUnit.SetAddress(10), 1, 9, 20, 0, 3, 1, 1, 2, 5, .. LineUnit.End], ["12-35 src/a.c:1:0", "36-40 src/a.c:2:0"] },
        { "another set_address in a sequence", [.. LineUnit.SetAddress(10), 1, .. LineUnit.SetAddress(40), 3, 2, 1, 2, 5, .. LineUnit.End], ["12-47 src/a.c:1:0", "48-52 src/a.c:3:0"] },
        { "unknown opcodes", [.. LineUnit.SetAddress(10), 0, 3, 0x80, 1, 2, 12, 1, 1, 2, 5, .. LineUnit.End], ["12-16 src/a.c:1:0"] },
        { "a sequence that goes backwards", [.. LineUnit.SetAddress(50), 1, .. LineUnit.SetAddress(40), 1, .. LineUnit.End, .. LineUnit.Sequence(100)], ["120-123 src/a.c:1:0"] },
        { "a sequence of removed code", [.. LineUnit.SetAddress(0), 1, 2, 90, .. LineUnit.End, .. LineUnit.SetAddress(0xFFFF_FFFF), 1, 2, 4, .. LineUnit.End, .. LineUnit.Sequence(100)], ["120-123 src/a.c:1:0"] },
        { "a program that is cut off", [.. LineUnit.Sequence(100), .. LineUnit.SetAddress(200), 1, 3, 0x80], ["120-123 src/a.c:1:0"] },
    };

    [Theory]
    [MemberData(nameof(Programs))]
    public void RowsMoveWithTheirCode(string what, byte[] program, string[] rows)
    {
        foreach (var unit in new LineUnit[] { new() { Program = program }, new() { Program = program, Wide = true }, new() { Program = program, Version = 2 } })
        {
            var rewritten = LineTableRewriter.Rewrite(unit.ToBytes(), Grown(), LineUnit.CodeLength, out var dropped);

            Assert.Equal(rows, LineUnit.Describe(LineUnit.Read(rewritten!)));
            Assert.Equal(0, dropped);
        }

        Assert.NotEmpty(what);
    }

    [Fact]
    public void RemovedCodeKeepsItsAddress()
    {
        byte[] program = [.. LineUnit.SetAddress(0xFFFF_FFFE), 1, 2, 4, 1, .. LineUnit.End];
        var unit = new LineUnit { Program = program }.ToBytes();

        var rewritten = LineTableRewriter.Rewrite(unit, Grown(), LineUnit.CodeLength, out _);

        Assert.Equal(program, rewritten![^program.Length..]);
    }

    [Fact]
    public void AddressesThatAreNoMultipleOfTheLengthAreSet()
    {
        // Instructions of four bytes: an advance of twelve is three, one of fourteen cannot be said.
        var unit = new LineUnit { InstructionLength = 4, Program = [.. LineUnit.SetAddress(4), 1, 2, 2, 3, 1, 1, 2, 1, .. LineUnit.End] };

        var rewritten = LineTableRewriter.Rewrite(unit.ToBytes(), Grown(), LineUnit.CodeLength, out _)!;

        Assert.Equal(["4-13 src/a.c:1:0", "14-17 src/a.c:2:0"], LineUnit.Describe(LineUnit.Read(rewritten)));
    }

    [Fact]
    public void WhatMovesNowhereIsTheSame()
    {
        var unit = new LineUnit { Program = [.. LineUnit.SetAddress(10), 1, 0x4B, 0x21, 2, 7, .. LineUnit.End] }.ToBytes();
        var code = new CodeMap();
        code.Add(0, 0);

        Assert.Equal(unit, LineTableRewriter.Rewrite([.. unit, .. unit], code, LineUnit.CodeLength, out _)![..unit.Length]);
    }

    [Fact]
    public void UnitsThatCannotBeReadAreLeftOutAndCounted()
    {
        var good = new LineUnit { Program = LineUnit.Sequence(100) }.ToBytes();
        var bad = new LineUnit { Version = 9 }.ToBytes();

        var rewritten = LineTableRewriter.Rewrite([.. bad, .. good, 0xF0, 0xFF, 0xFF, 0xFF, .. good], Grown(), LineUnit.CodeLength, out var dropped)!;

        Assert.Equal(2, dropped);
        Assert.Equal(["120-123 src/a.c:1:0"], LineUnit.Describe(LineUnit.Read(rewritten)));
    }

    [Fact]
    public void ATableThatWouldGrowOutOfProportionIsRefused()
    {
        // Each row, of one byte, would take an address of seven: the code has moved another way before each.
        var code = new CodeMap();
        for (var i = 0; i < 900; i++)
        {
            code.Add(i, i % 2 == 0 ? 10_000 + i : i);
        }

        var unit = new LineUnit { Program = [.. LineUnit.SetAddress(1), .. Enumerable.Repeat((byte)0x20, 800)] }.ToBytes();

        Assert.Null(LineTableRewriter.Rewrite(unit, code, LineUnit.CodeLength, out _));
    }

    private static CodeMap Grown()
    {
        var code = new CodeMap();
        for (var old = 0; old < LineUnit.CodeLength; old += 10)
        {
            code.Add(old, old / 10 * 12);
        }

        return code;
    }
}
