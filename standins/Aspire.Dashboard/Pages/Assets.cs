using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace Aspire.Dashboard.Pages;

/// <summary>Style sheet, scripts and icons, from the assembly.</summary>
internal static class Assets
{
    private static readonly Dictionary<string, string> Types = new()
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    public static string ReadText(string name) => Encoding.UTF8.GetString(Read(name)!);

    /// <summary>Browsers ask each time whether it has changed: a new dashboard on the same port is never seen in old clothes.</summary>
    public static IResult Get(string name, HttpContext context)
    {
        if (!Types.TryGetValue(Path.GetExtension(name), out var type) || Read(name) is not { } bytes)
        {
            return TypedResults.NotFound();
        }
        context.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Bytes(bytes, type, entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}\""));
    }

    private static byte[]? Read(string name)
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream(name);
        if (stream is null)
        {
            return null;
        }
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
