using System.Globalization;
using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Pages;

/// <summary>A colour for each resource, by order of appearance; the style sheet has the colours.</summary>
internal static class Palette
{
    private const int Colours = 10;

    public static string Class(StoredResource resource) => string.Create(CultureInfo.InvariantCulture, $"colour-{resource.Number % Colours}");
}
