using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>How a test takes part in an AppHost's entry point that it runs.</summary>
internal interface IBuilderInterceptor
{
    /// <summary>A builder is being made; its options may be changed.</summary>
    void OnConstructing(DistributedApplicationOptions options, HostApplicationBuilderSettings settings);

    /// <summary><c>Build</c> was called; the entry point goes on when this returns.</summary>
    void OnBuilding(DistributedApplicationBuilder builder);

    /// <summary><c>Build</c> returns; gives the application that the entry point is to run.</summary>
    DistributedApplication OnBuilt(DistributedApplication application);
}
