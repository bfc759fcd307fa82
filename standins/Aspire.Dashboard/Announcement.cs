using Aspire.Dashboard.Configuration;

namespace Aspire.Dashboard;

/// <summary>Says where the dashboard is, in the words of Aspire's.</summary>
internal static class Announcement
{
    public static void Write(TextWriter output, DashboardApplication dashboard, DashboardOptions options)
    {
        Write(Door.Frontend, "Now listening on:");
        Write(Door.OtlpGrpc, "OTLP/gRPC listening on:");
        Write(Door.OtlpHttp, "OTLP/HTTP listening on:");
        if (options.BrowserToken.Text is { } token && dashboard.Addresses(Door.Frontend).FirstOrDefault() is { } frontend)
        {
            output.WriteLine($"Login to the dashboard at {frontend.GetLeftPart(UriPartial.Authority)}/login?t={Uri.EscapeDataString(token)}");
        }

        void Write(Door door, string words)
        {
            foreach (var address in dashboard.Addresses(door))
            {
                output.WriteLine($"{words} {address.GetLeftPart(UriPartial.Authority)}");
            }
        }
    }
}
