namespace Aspire.Hosting.ApplicationModel;

/// <summary>The application's resources, in the order they were added.</summary>
public interface IResourceCollection : IList<IResource>;
