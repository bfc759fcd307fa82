namespace Aspire.Hosting.ApplicationModel;

/// <summary>A part of an endpoint's address.</summary>
public enum EndpointProperty
{
    /// <summary>The host, for example <c>localhost</c>.</summary>
    Host = 1,

    /// <summary>The port that clients use.</summary>
    Port = 3,
}
