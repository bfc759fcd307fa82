namespace Aspire.Dashboard.Configuration;

/// <summary>On each connection: the door it came through.</summary>
internal sealed record DoorFeature(Door Door);
