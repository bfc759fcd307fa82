using System.Buffers;
using WasmAspire.Jobs;
using WasmAspire.Wasi;

namespace WasmAspire.ComputeNode.Execution;

/// <summary>What a guest writes to stdout or stderr, up to the job's limit.</summary>
/// <param name="name">The stream's name.</param>
/// <param name="limit">Bytes that it may have.</param>
internal sealed class OutputBuffer(string name, long limit) : IWasiOutput
{
    private readonly ArrayBufferWriter<byte> buffer = new();

    /// <summary>What came so far.</summary>
    public ReadOnlyMemory<byte> Content => buffer.WrittenMemory;

    /// <inheritdoc/>
    /// <exception cref="GuestStoppedException">The limit is passed; what fits is kept.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        var room = (int)Math.Min(limit - buffer.WrittenCount, bytes.Length);
        buffer.Write(bytes[..room]);
        if (room < bytes.Length)
        {
            throw new GuestStoppedException(JobReason.OutputLimit, $"The job wrote more than {limit} bytes to {name}; limits.{name}Bytes may be raised to {64 << 20}.");
        }
    }
}
