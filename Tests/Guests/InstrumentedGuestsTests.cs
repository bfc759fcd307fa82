using WasmAspire.Instrument;
using WasmAspire.Tests.Requires;
using WasmAspire.Wasm;

namespace WasmAspire.Tests.Guests;

/// <summary>Every guest does what it did when the instrumenter has been at it, and its calls balance unless it traps.</summary>
public sealed class InstrumentedGuestsTests
{
    private static readonly string Guests = Path.Combine(RepositoryRoot.Path, "guests", "wasm");

    /// <summary>All but those that an instrumenter has been at already.</summary>
    public static TheoryData<string> Cases => new(GuestCases.All
        .Where(guest => ObserveAbi.InstrumenterOf(WasmModule.Read(Read(guest.Module))) is null)
        .Select(guest => guest.Name));

    public static TheoryData<string> Modules => new(Directory
        .GetFiles(Guests, "*.wasm", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Guests, file)[..^".wasm".Length]));

    [Theory]
    [MemberData(nameof(Cases))]
    public void DoTheSame(string name)
    {
        var guest = GuestCases.Get(name);
        foreach (var options in new InstrumentOptions[] { new(), new() { All = true, Gates = false } })
        {
            var open = new Stack<int>();
            var entered = 0;
            var run = RecordingHost.Run(guest, Instrumenter.Instrument(Read(guest.Module), options).Wasm.ToArray(), (call, function) =>
            {
                if (call == "enter")
                {
                    entered++;
                    open.Push(function);
                }
                else if (call == "exit")
                {
                    Assert.Equal(open.Pop(), function);
                }
            });

            Assert.Equal(guest.Expected, run.Transcript);
            Assert.True(open.Count == 0 || !run.Transcript.Contains("=> return", StringComparison.Ordinal), $"{open.Count} calls were not left");

            // The one is small leaves alone, the other never starts.
            Assert.True(entered > 0 || guest.Module is "c/add" or "wat/unknown_import");
        }
    }

    [RequiresToolTheory("wasm-validate")]
    [MemberData(nameof(Modules))]
    public void AreValidForWabt(string module)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["instrumented.wasm"], Instrumenter.Instrument(Read(module), new InstrumentOptions { All = true }).Wasm.ToArray());

        Tool.Run("wasm-validate", "--enable-multi-memory", folder["instrumented.wasm"]);
    }

    private static byte[] Read(string module) => File.ReadAllBytes(Path.Combine(Guests, module + ".wasm"));
}
