using Aspire.Dashboard;
using Aspire.Dashboard.Configuration;

try
{
    var options = DashboardOptions.From(new ConfigurationBuilder().AddEnvironmentVariables().Build());
    await using var dashboard = DashboardApplication.Create(options);
    await dashboard.StartAsync(CancellationToken.None);
    Announcement.Write(Console.Out, dashboard, options);
    await dashboard.WaitForShutdownAsync();
    return 0;
}
catch (DashboardStartException exception)
{
    await Console.Error.WriteLineAsync($"The dashboard cannot start. {exception.Message}");
    return 1;
}
