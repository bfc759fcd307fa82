using System.Security.Cryptography;
using System.Text.Json;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A password of random letters and digits.</summary>
/// <param name="Length">22 of 62 characters are 130 bits.</param>
internal sealed record GeneratedPassword(int Length)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public string Next() => RandomNumberGenerator.GetString(Alphabet, Length);

    public void WriteToManifest(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("generate");
        writer.WriteNumber("minLength", Length);
        writer.WriteBoolean("special", false);
        writer.WriteEndObject();
    }
}
