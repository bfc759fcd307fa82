using System.Text.Json.Serialization;

namespace WasmAspire.Instrument;

/// <summary>Why a function was not instrumented.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LeftOut>))]
public enum LeftOut
{
    /// <summary>It matches a pattern of <see cref="InstrumentOptions.Exclude"/>.</summary>
    [JsonStringEnumMemberName("excluded")]
    Excluded,

    /// <summary>It matches no pattern of <see cref="InstrumentOptions.Include"/>.</summary>
    [JsonStringEnumMemberName("not-included")]
    NotIncluded,

    /// <summary>It has neither calls nor loops, and fewer instructions than <see cref="InstrumentOptions.MinInstructions"/>.</summary>
    [JsonStringEnumMemberName("small-leaf")]
    SmallLeaf,

    /// <summary>It is an allocator's or one that a compiler adds (<see cref="Choice.DefaultExclusions"/>).</summary>
    [JsonStringEnumMemberName("runtime")]
    Runtime,

    /// <summary>It is small and does nothing but call the Observe API.</summary>
    [JsonStringEnumMemberName("wraps-observe-api")]
    WrapsObserveApi,

    /// <summary>It has as many locals, or as much code, as engines accept.</summary>
    [JsonStringEnumMemberName("too-large")]
    TooLarge,
}
