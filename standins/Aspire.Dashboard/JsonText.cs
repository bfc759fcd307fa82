using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Aspire.Dashboard;

/// <summary>JSON written by hand, for shapes that are not a type's.</summary>
internal static class JsonText
{
    // relaxed: the text is never part of HTML, and stays readable
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One JSON text, as UTF-8.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            write(writer);
        }
        return buffer.WrittenSpan.ToArray();
    }
}
