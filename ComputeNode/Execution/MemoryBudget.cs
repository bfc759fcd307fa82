using System.Globalization;
using WasmAspire.ComputeNode.Modules;
using WasmAspire.Instrument;
using Wasmtime;

namespace WasmAspire.ComputeNode.Execution;

/// <summary>The memory of one run, all memories of all its modules together (<see cref="MemoryGuard"/>).</summary>
internal sealed class MemoryBudget
{
    private const int PageBytes = 64 << 10;

    private readonly long limitBytes;
    private readonly long declaredPages;
    private readonly long growthPages;
    private Global? pagesLeft;
    private Global? refusals;

    /// <param name="limitBytes">What the job may have.</param>
    /// <param name="program">Its modules.</param>
    public MemoryBudget(long limitBytes, GuestProgram program)
    {
        this.limitBytes = limitBytes;
        declaredPages = program.Modules.Sum(module => module.Module.DeclaredPages);
        growthPages = (limitBytes / PageBytes) - declaredPages;
    }

    /// <summary>Why the run cannot even begin; null if it can.</summary>
    public string? Excess => growthPages >= 0 ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"The job begins with {declaredPages * PageBytes} bytes of memory, which its modules declare; limits.memoryBytes is {limitBytes}.");

    /// <summary>The most memory that there was; it never shrinks. 0 where the run cannot begin.</summary>
    public long PeakBytes => Excess is null ? (declaredPages + growthPages - Left) * PageBytes : 0;

    /// <summary>What to add to the words for a guest's own failure: null unless it was refused memory before.</summary>
    public string? Refused => refusals?.GetValue() is null or 0 ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"It was refused memory before: it had {PeakBytes} bytes, and limits.memoryBytes is {limitBytes}.");

    private long Left => pagesLeft?.GetValue() is int left ? (uint)left : growthPages;

    /// <summary>Gives guarded modules what they import.</summary>
    public void Define(Linker linker, Store store)
    {
        pagesLeft = new Global(store, ValueKind.Int32, (int)Math.Max(0, growthPages), Mutability.Mutable);
        refusals = new Global(store, ValueKind.Int32, 0, Mutability.Mutable);
        linker.Define(MemoryGuard.Module, MemoryGuard.PagesLeft, pagesLeft);
        linker.Define(MemoryGuard.Module, MemoryGuard.Refusals, refusals);
    }
}
