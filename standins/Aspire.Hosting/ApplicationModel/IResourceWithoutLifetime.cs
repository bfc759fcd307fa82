namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that is there from the start: nobody waits for it.</summary>
internal interface IResourceWithoutLifetime : IResource;
