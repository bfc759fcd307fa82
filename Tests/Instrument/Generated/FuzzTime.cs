using System.Globalization;

namespace WasmAspire.Tests.Instrument.Generated;

/// <summary>How long the searches for new failures take: 60 s together, or as many as WASMASPIRE_FUZZ_SECONDS says.</summary>
internal static class FuzzTime
{
    private static readonly double Seconds =
        double.TryParse(Environment.GetEnvironmentVariable("WASMASPIRE_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out var seconds) ? seconds : 60;

    public static TimeSpan OfModules => TimeSpan.FromSeconds(Seconds * 0.6);

    public static TimeSpan OfMutations => TimeSpan.FromSeconds(Seconds * 0.4);
}
