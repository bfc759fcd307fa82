namespace Aspire.Hosting.ApplicationModel;

/// <summary>Where clients reach an endpoint.</summary>
internal sealed record AllocatedEndpoint(string UriScheme, string Address, int Port)
{
    public string UriString => FormattableString.Invariant($"{UriScheme}://{(Address.Contains(':', StringComparison.Ordinal) ? $"[{Address}]" : Address)}:{Port}");
}
