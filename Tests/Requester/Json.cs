using System.Net.Http.Headers;
using System.Text;

namespace WasmAspire.Tests.Requester;

/// <summary>Bodies in JSON.</summary>
internal static class Json
{
    /// <summary>The smallest module there is, as a spec gives it.</summary>
    public const string Module = "\"module\":{\"base64\":\"AGFzbQEAAAA=\"}";

    /// <summary>SHA-256 of <see cref="Module"/>.</summary>
    public const string ModuleSha256 = "93a44bbb96c751218e4c00d479e4c14358122a389acca16205b1e4d0dc5f9476";

    /// <summary>A spec with <see cref="Module"/> and more, such as <c>"args":["x"]</c>.</summary>
    public static HttpContent Spec(string more = "") => Text($"{{{Module}{(more.Length == 0 ? "" : ",")}{more}}}");

    /// <summary>Any text that says it is JSON.</summary>
    public static HttpContent Text(string text) => Bytes(Encoding.UTF8.GetBytes(text));

    /// <summary>Any bytes that say they are JSON.</summary>
    public static HttpContent Bytes(byte[] bytes) =>
        new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
}
