using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>The built application's resources.</summary>
internal sealed record DistributedApplicationModel(IResourceCollection Resources)
{
    public IResource? Find(string name) =>
        Resources.SingleOrDefault(r => string.Equals(r.Name, name, StringComparison.OrdinalIgnoreCase));
}
