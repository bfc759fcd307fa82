namespace WasmAspire.Wasm;

/// <summary>A tool that had a part in a module, from its section <c>producers</c> (WebAssembly tool conventions, ProducersSection.md).</summary>
/// <param name="Field">What part: <c>language</c>, <c>processed-by</c> or <c>sdk</c>.</param>
/// <param name="Name">The tool.</param>
/// <param name="Version">Its version; may be empty.</param>
public sealed record Producer(string Field, string Name, string Version)
{
    // Compilers write half a dozen; a small file could hold millions.
    private const int MaxProducers = 1_000;

    /// <summary>Reads the section's content. One that is malformed gives those before the fault.</summary>
    internal static IReadOnlyList<Producer> Read(ReadOnlySpan<byte> content)
    {
        var producers = new List<Producer>();
        var reader = new ModuleReader(content, "producers", 0, content.Length);
        try
        {
            for (var fields = reader.ReadCount(); fields > 0; fields--)
            {
                var field = reader.ReadName();
                for (var values = reader.ReadCount(); values > 0 && producers.Count < MaxProducers; values--)
                {
                    producers.Add(new Producer(field, reader.ReadName(), reader.ReadName()));
                }
            }
        }
        catch (WasmFormatException)
        {
        }

        return producers;
    }
}
