using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Configures containers.</summary>
public static class ContainerResourceBuilderExtensions
{
    /// <summary>Chooses the image's tag.</summary>
    public static IResourceBuilder<T> WithImageTag<T>(this IResourceBuilder<T> builder, string tag)
        where T : ContainerResource
    {
        var image = builder.Resource.Annotations.OfType<ContainerImageAnnotation>().Last();
        return builder.WithAnnotation(image with { Tag = tag }, ResourceAnnotationMutationBehavior.Replace);
    }

    internal static IResourceBuilder<T> WithImage<T>(this IResourceBuilder<T> builder, string registry, string image, string tag)
        where T : ContainerResource =>
        builder.WithAnnotation(new ContainerImageAnnotation(registry, image, tag), ResourceAnnotationMutationBehavior.Replace);

    internal static IResourceBuilder<T> WithEntrypoint<T>(this IResourceBuilder<T> builder, string entrypoint)
        where T : ContainerResource
    {
        builder.Resource.Entrypoint = entrypoint;
        return builder;
    }

    /// <summary>Mounts a volume; its default name says of which AppHost and resource it is.</summary>
    internal static IResourceBuilder<T> WithVolume<T>(this IResourceBuilder<T> builder, string? name, string target, bool isReadOnly)
        where T : ContainerResource
    {
        var application = builder.ApplicationBuilder;
        var hash = application.Configuration["AppHost:Sha256"]![..10].ToLowerInvariant();
        name ??= $"{application.Environment.ApplicationName.ToLowerInvariant()}-{hash}-{builder.Resource.Name}-data";
        return builder.WithAnnotation(new ContainerVolumeAnnotation(name, target, isReadOnly));
    }
}
