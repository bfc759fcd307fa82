using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace WasmAspire.ComputeNode;

/// <summary>What an operator may set of a node.</summary>
internal sealed class NodeOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Node";

    /// <summary>The node's name, unique among the nodes; by default the service's name and instance id.</summary>
    [MaxLength(128)]
    public string Name { get; set; } = "";

    /// <summary>How many jobs run at once, 1 to 256; by default as many as there are processors.</summary>
    [Range(1, 256)]
    public int Slots { get; set; } = Environment.ProcessorCount;

    /// <summary>
    /// Bytes of memory for jobs, at least 64 KiB; by default three quarters of the node's memory. A node takes a job only
    /// where those that run leave as much as it may take: memory, files, output and what it is given.
    /// </summary>
    [Range(64 << 10, long.MaxValue)]
    public long JobMemoryBytes { get; set; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 * 3;

    /// <summary>How many bytes of compiled modules stay in memory; 256 MiB by default.</summary>
    [Range(0, long.MaxValue)]
    public long ModuleCacheBytes { get; set; } = 256 << 20;

    /// <summary>
    /// The folder for compiled modules, so that they outlive the node's process; empty for none. They are native code: it
    /// must be nobody else's, and no shared volume. By default in the user's local application data.
    /// </summary>
    public string CompiledFolder { get; set; } = DefaultCompiledFolder();

    /// <summary>How many bytes of compiled modules stay in the folder; 1 GiB by default.</summary>
    [Range(0, long.MaxValue)]
    public long CompiledFolderBytes { get; set; } = 1 << 30;

    /// <summary>Seconds that compiling one module may take, 1 to 3600; 30 by default.</summary>
    [Range(1, 3600.0)]
    public double CompileSeconds { get; set; } = 30;

    /// <summary>Bytes of memory that compiling one module may take, 256 MiB to 64 GiB; by default 2 GiB, but at most a quarter of the node's memory.</summary>
    [Range(256L << 20, 64L << 30)]
    public long CompileMemoryBytes { get; set; } = Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4, 256L << 20, 2L << 30);

    /// <summary>How long one compiled module may be, 1 MiB to 512 MiB; 256 MiB by default.</summary>
    [Range(1 << 20, 512 << 20)]
    public int MaxCompiledBytes { get; set; } = 256 << 20;

    /// <summary>How many modules are compiled at once, 1 to 64; 2 by default.</summary>
    [Range(1, 64)]
    public int Compilers { get; set; } = 2;

    /// <summary>
    /// How many guest spans may wait for their export, those of all jobs together; what finds no place is folded. 64 to
    /// 262,144, by default 8,192, which take up to about 64 MiB. A further 64 a slot are kept for outermost spans and errors.
    /// </summary>
    [Range(64, 262_144)]
    public int GuestSpanPlaces { get; set; } = 8192;

    /// <summary>Keys of the baggage that guests find in their BAGGAGE variable; none by default.</summary>
    public IReadOnlyList<string> GuestBaggage { get; set; } = [];

    /// <summary>Keys of the baggage that guest spans carry as attributes, <c>baggage.KEY</c>; none by default.</summary>
    public IReadOnlyList<string> SpanBaggage { get; set; } = [];

    private static string DefaultCompiledFolder() =>
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) is { Length: > 0 } data ? Path.Combine(data, "WasmAspire", "compiled") : "";
}

/// <summary>Checks the options at start.</summary>
[OptionsValidator]
internal sealed partial class NodeOptionsValidator : IValidateOptions<NodeOptions>;
