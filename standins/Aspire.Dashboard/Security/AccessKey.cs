using System.Security.Cryptography;
using System.Text;

namespace Aspire.Dashboard.Security;

/// <summary>A shared secret that opens a door, or the open door itself.</summary>
internal sealed class AccessKey
{
    private readonly byte[]? hash;

    private AccessKey(string? text)
    {
        Text = text;
        if (text is not null)
        {
            hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
            Session = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(text), "browser session"u8));
        }
    }

    /// <summary>Admits whoever comes, key or not.</summary>
    public static AccessKey Anyone { get; } = new(null);

    /// <summary>The secret; null where there is none.</summary>
    public string? Text { get; }

    /// <summary>What a browser that has shown the key carries instead of it: good as long as the key is.</summary>
    public string Session { get; } = "";

    public static AccessKey Of(string key) => new(key);

    public bool Admits(string? presented) => hash is null || Same(hash, presented);

    /// <summary>The same for the value of <see cref="Session"/>.</summary>
    public bool AdmitsSession(string? presented) => hash is null || Same(SHA256.HashData(Encoding.UTF8.GetBytes(Session)), presented);

    /// <summary>Takes the same time for every wrong key: hashes are compared, and all of each.</summary>
    private static bool Same(byte[] hash, string? presented) =>
        presented is not null && CryptographicOperations.FixedTimeEquals(hash, SHA256.HashData(Encoding.UTF8.GetBytes(presented)));
}
