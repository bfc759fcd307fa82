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

    /// <summary>How many bytes of modules stay compiled in memory, by the size of their .wasm; 256 MiB by default.</summary>
    [Range(0, long.MaxValue)]
    public long ModuleCacheBytes { get; set; } = 256 << 20;

    /// <summary>
    /// How many guest spans may wait for their export, those of all jobs together; what finds no place is folded. 64 to
    /// 262,144, by default 8,192, which take up to about 64 MiB. A further 64 a slot are kept for outermost spans and errors.
    /// </summary>
    [Range(64, 262_144)]
    public int GuestSpanPlaces { get; set; } = 8192;
}

/// <summary>Checks the options at start.</summary>
[OptionsValidator]
internal sealed partial class NodeOptionsValidator : IValidateOptions<NodeOptions>;
