namespace Aspire.Hosting.ApplicationModel;

/// <summary>An address of a resource.</summary>
public sealed class UrlSnapshot
{
    internal UrlSnapshot(string name, string url)
    {
        Name = name;
        Url = url;
    }

    /// <summary>The endpoint's name.</summary>
    public string? Name { get; }

    /// <summary>The address that clients use.</summary>
    public string Url { get; }
}
