using System.Buffers;
using System.Text;
using WasmAspire.Wasi;

namespace WasmAspire.Tests.Wasi;

/// <summary>Keeps what a guest writes.</summary>
internal sealed class CapturedOutput : IWasiOutput
{
    private readonly ArrayBufferWriter<byte> written = new();

    /// <summary>It as text.</summary>
    public string Text => Encoding.UTF8.GetString(written.WrittenSpan);

    public void Write(ReadOnlySpan<byte> bytes) => written.Write(bytes);
}
