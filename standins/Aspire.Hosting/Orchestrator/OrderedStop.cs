using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Stops resources after those that depend on them, and the dashboard last, since it receives what the others still send.</summary>
internal static class OrderedStop
{
    /// <summary>How long a process has to end after SIGTERM.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(6);

    /// <summary>All have to be gone within 10 s; the rest is for killing and for the AppHost's own end.</summary>
    private static readonly TimeSpan Total = TimeSpan.FromSeconds(8);

    /// <summary>What each later group has at least.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(0.5);

    public static async Task RunAsync(IReadOnlyList<ResourceRunner> runners)
    {
        var groups = Group(runners);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < groups.Count; i++)
        {
            var left = Total - clock.Elapsed - Least * (groups.Count - 1 - i);
            var grace = left > Grace ? Grace : left > Least ? left : Least;
            await Task.WhenAll(groups[i].Select(runner => runner.StopAsync(grace)));
        }
    }

    /// <summary>The groups in the order in which they stop; those of one group stop together.</summary>
    internal static IReadOnlyList<IReadOnlyList<ResourceRunner>> Group(IReadOnlyList<ResourceRunner> runners)
    {
        var depths = new Dictionary<IResource, int>();
        return [.. runners.GroupBy(runner => runner.Resource is DashboardResource ? -1 : Depth(runner.Resource, depths))
            .OrderByDescending(group => group.Key)
            .Select(group => group.ToArray())];
    }

    /// <summary>How many resources in a row a resource depends on. A circle counts as its members' first visit.</summary>
    private static int Depth(IResource resource, Dictionary<IResource, int> depths)
    {
        if (depths.TryGetValue(resource, out var known))
        {
            return known;
        }

        depths[resource] = 0;
        return depths[resource] = resource.GetDependencies().Select(dependency => Depth(dependency, depths) + 1).DefaultIfEmpty(0).Max();
    }
}
