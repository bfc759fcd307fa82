using System.Globalization;
using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Pages;

/// <summary>Times, durations and counts as people read them.</summary>
internal static class Formats
{
    private const ulong Microsecond = 1_000;
    private const ulong Millisecond = 1_000_000;
    private const ulong Second = 1_000_000_000;
    private const ulong Minute = 60 * Second;
    private const ulong Hour = 60 * Minute;
    private const ulong Day = 24 * Hour;

    /// <summary>Three digits and a unit, or two units from a minute on: 812μs, 1.25s, 2m 5s.</summary>
    public static string Duration(ulong nanoseconds) => nanoseconds switch
    {
        0 => "0s",
        < Microsecond => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds}ns"),
        < Millisecond => Digits(nanoseconds, Microsecond, "μs"),
        < Second => Digits(nanoseconds, Millisecond, "ms"),
        < Minute => Digits(nanoseconds, Second, "s"),
        < Hour => Units(nanoseconds, Minute, "m", Second, "s"),
        < Day => Units(nanoseconds, Hour, "h", Minute, "m"),
        _ => Units(nanoseconds, Day, "d", Hour, "h"),
    };

    /// <summary>The beginning of an id: enough to tell it from the others on a page.</summary>
    public static string ShortId(string id) => id[..Math.Min(7, id.Length)];

    public static string Count(int count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many)}");

    /// <summary>In UTC; a script puts the viewer's own time in its place.</summary>
    public static Html Time(ulong nanoseconds)
    {
        var time = Instant(nanoseconds);
        return Html.Of($"""<time datetime="{time.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture)}">{time.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)} UTC</time>""");
    }

    /// <summary>The name of a resource on a page: the service's, and which replica where there are several.</summary>
    public static Func<StoredResource, string> ResourceNames(IReadOnlyList<StoredResource> resources)
    {
        var replicated = resources.GroupBy(resource => resource.Key.Name, StringComparer.OrdinalIgnoreCase)
            .Where(replicas => replicas.Count() > 1)
            .Select(replicas => replicas.Key)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return resource => replicated.Contains(resource.Key.Name) ? resource.Key.ReplicaName : resource.Key.Name;
    }

    private static DateTime Instant(ulong nanoseconds) => DateTime.UnixEpoch.AddTicks((long)(nanoseconds / 100));

    private static string Digits(ulong nanoseconds, ulong unit, string name)
    {
        var value = (double)nanoseconds / unit;
        var format = value switch { < 10 => "0.##", < 100 => "0.#", _ => "0" };
        // cut, not rounded: 999.9ms is not 1000ms
        var scale = value switch { < 10 => 100, < 100 => 10, _ => 1 };
        return (Math.Floor(value * scale) / scale).ToString(format, CultureInfo.InvariantCulture) + name;
    }

    private static string Units(ulong nanoseconds, ulong large, string largeName, ulong small, string smallName)
    {
        var rest = nanoseconds % large / small;
        return string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / large}{largeName}{(rest == 0 ? "" : $" {rest}{smallName}")}");
    }
}
