using WasmAspire.Wasm;
using WasmAspire.Wasm.Dwarf;
using WasmAspire.Wasm.Instructions;

namespace WasmAspire.Cli.Lint;

/// <summary>
/// Finds functions that open a span and certainly leave it open: on a way from an unconditional <c>span-enter</c> to the
/// function's end or to a <c>return</c> there is no call that could close it. It is silent wherever that is not certain: in
/// loops, after indirect calls, after calls of functions that may themselves close a span.
/// </summary>
internal static class OpenSpans
{
    // A binding's function that opens a span for its caller does little else after.
    private const int BindingInstructions = 16;

    public static IEnumerable<Finding> Find(byte[] wasm, WasmModule module, SourceLines lines)
    {
        var (enters, exits) = (ImportsNamed(module, "span-enter", "span_enter"), ImportsNamed(module, "span-exit", "span_exit"));
        if (enters.Count == 0)
        {
            return [];
        }

        var closers = Closers(wasm, module, exits);
        var labels = new FunctionLabels(module);
        var findings = new List<Finding>();
        for (var function = module.ImportedFunctionCount; function < module.FunctionCount; function++)
        {
            if (FindIn(wasm, module.Bodies[function - module.ImportedFunctionCount], enters, closers) is var (offset, early))
            {
                var source = lines.TryFind(offset - module.Code.Start, out var line) ? FunctionLabels.Printable($"{line.File}:{line.Line}") : null;
                findings.Add(new Finding(
                    "W04",
                    FindingLevel.Warning,
                    early ? "a return leaves the span open that was opened here" : "the span that is opened here is never closed",
                    labels.Name(function),
                    function,
                    offset,
                    source));
            }
        }

        return findings;
    }

    /// <summary>Where the body opens a span that it leaves open, and whether only by an early return.</summary>
    private static (int Offset, bool Early)? FindIn(byte[] wasm, ByteRange body, HashSet<uint> enters, HashSet<uint> closers)
    {
        int? opened = null;
        var after = 0;
        var calls = 0;
        var loops = new Stack<int>();
        var reachable = true;
        var reader = new InstructionReader(wasm, "code", body);
        reader.ReadLocals();
        while (reader.Depth >= 0)
        {
            var depth = reader.Depth;
            var instruction = reader.Read();
            after++;
            switch (instruction.Opcode)
            {
                case Opcode.Loop:
                    loops.Push(depth);
                    break;
                case Opcode.End when loops.TryPeek(out var loop) && loop == reader.Depth:
                    loops.Pop();
                    break;
                case Opcode.Call when enters.Contains(instruction.Index) && opened is null && depth == 0:
                    (opened, after, calls) = (instruction.Start, 0, 0);
                    break;
                case Opcode.Call when closers.Contains(instruction.Index):
                case Opcode.CallIndirect or Opcode.ReturnCall or Opcode.ReturnCallIndirect:
                    if (opened is not null)
                    {
                        return null;
                    }

                    break;
                case Opcode.Call:
                    calls++;
                    break;
                case Opcode.Return when opened is { } offset && loops.Count == 0:
                    return Opens(after, calls) ? null : (offset, depth > 0);
                case Opcode.Br or Opcode.BrIf or Opcode.BrTable when depth == 0 && opened is null:
                    // What follows may not be reached.
                    return null;
            }

            reachable = instruction.Opcode == Opcode.End ? reachable : instruction.Opcode != Opcode.Unreachable;
        }

        return opened is { } left && reachable && !Opens(after, calls) ? (left, false) : null;
    }

    private static bool Opens(int after, int calls) => calls == 0 && after <= BindingInstructions;

    private static HashSet<uint> ImportsNamed(WasmModule module, params string[] names)
    {
        var functions = module.Imports.Where(import => import.Kind == ExternalKind.Function).ToList();
        return [.. Enumerable.Range(0, functions.Count).Where(i => ObserveAbi.IsApi(functions[i]) && names.Contains(functions[i].Name)).Select(i => (uint)i)];
    }

    /// <summary>The functions that may close a span: those that call one that does, or call what cannot be told.</summary>
    private static HashSet<uint> Closers(byte[] wasm, WasmModule module, HashSet<uint> exits)
    {
        var callers = new Dictionary<uint, List<uint>>();
        var found = new Queue<uint>(exits);
        for (var function = module.ImportedFunctionCount; function < module.FunctionCount; function++)
        {
            var reader = new InstructionReader(wasm, "code", module.Bodies[function - module.ImportedFunctionCount]);
            reader.ReadLocals();
            while (reader.Depth >= 0)
            {
                var instruction = reader.Read();
                if (instruction.Opcode is Opcode.Call or Opcode.ReturnCall)
                {
                    (callers.TryGetValue(instruction.Index, out var known) ? known : callers[instruction.Index] = []).Add((uint)function);
                }
                else if (instruction.Opcode is Opcode.CallIndirect or Opcode.ReturnCallIndirect)
                {
                    found.Enqueue((uint)function);
                }
            }
        }

        var closers = new HashSet<uint>();
        while (found.TryDequeue(out var closer))
        {
            if (closers.Add(closer) && callers.TryGetValue(closer, out var more))
            {
                more.ForEach(found.Enqueue);
            }
        }

        return closers;
    }
}
