namespace Aspire.Dashboard.Security;

/// <summary>Marks an endpoint with its rule.</summary>
internal sealed record AccessRuleMetadata(AccessRule Rule);
