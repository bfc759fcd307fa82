using System.Net.Sockets;
using Aspire.Dashboard.Api;
using Aspire.Dashboard.Configuration;
using Aspire.Dashboard.Otlp;
using Aspire.Dashboard.Pages;
using Aspire.Dashboard.Security;
using Aspire.Dashboard.Telemetry;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Aspire.Dashboard;

/// <summary>The dashboard: one web application behind three doors.</summary>
internal sealed class DashboardApplication : IAsyncDisposable
{
    private const int GrpcFrameBytes = 5;

    private readonly WebApplication app;
    private readonly DashboardOptions options;

    private DashboardApplication(WebApplication app, DashboardOptions options)
    {
        this.app = app;
        this.options = options;
    }

    public TelemetryStore Store => app.Services.GetRequiredService<TelemetryStore>();

    public static DashboardApplication Create(DashboardOptions options)
    {
        // empty: it reads no appsettings.json of whatever folder it is started in
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = "Aspire.Dashboard" });
        AddLogging(builder.Logging);
        builder.Services.AddRouting().AddProblemDetails();
        builder.Services.AddSingleton(options).AddSingleton(new TelemetryStore(options.Limits));
        builder.Services.AddOtlp();
        // a browser's open connection must not hold up the end
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, options));
        var app = builder.Build();
        Route(app, options);
        return new(app, options);
    }

    /// <summary>From then on it answers.</summary>
    /// <exception cref="DashboardStartException">An address cannot be listened on.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            throw new DashboardStartException(
                $"{exception.Message} Stop what listens there, or choose another port with ASPNETCORE_URLS, "
                + "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL or ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL.", exception);
        }
    }

    public Task WaitForShutdownAsync() => app.WaitForShutdownAsync();

    /// <summary>Where a door is, once started; with the port that the system chose where none was asked for.</summary>
    public IEnumerable<Uri> Addresses(Door door) =>
        // Kestrel lists the addresses in the order in which it was told to listen
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
            .Zip(options.Endpoints)
            .Where(pair => pair.Second.Door == door)
            .Select(pair => new Uri(pair.First));

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static void AddLogging(ILoggingBuilder logging) => logging
        .AddSimpleConsole(console => console.SingleLine = true)
        .SetMinimumLevel(LogLevel.Warning)
        // these two tell of a failed start, with a stack trace; Program says it in one line
        .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)
        .AddFilter("Microsoft.AspNetCore.Server.Kestrel", level => level is LogLevel.Warning or LogLevel.Error);

    private static void Listen(KestrelServerOptions kestrel, DashboardOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = OtlpLimits.RequestBytes + GrpcFrameBytes;
        foreach (var endpoint in options.Endpoints)
        {
            endpoint.Listen(kestrel, listener =>
            {
                listener.Protocols = endpoint.Door == Door.OtlpGrpc ? HttpProtocols.Http2 : HttpProtocols.Http1;
                var feature = new DoorFeature(endpoint.Door);
                listener.Use(next => connection =>
                {
                    connection.Features.Set(feature);
                    return next(connection);
                });
            });
        }
    }

    /// <summary>Each door has endpoints of its own: what is behind one cannot be asked for at another.</summary>
    private static void Route(WebApplication app, DashboardOptions options)
    {
        var places = new SemaphoreSlim(OtlpLimits.Requests);
        app.MapWhen(CameThrough(Door.OtlpGrpc), door => door
            .UseOtlpAccess(options.OtlpKey, places)
            .UseRouting()
            .UseEndpoints(routes => routes.MapOtlpGrpc()));
        app.MapWhen(CameThrough(Door.OtlpHttp), door => door
            .UseOtlpAccess(options.OtlpKey, places)
            .UseRouting()
            .UseEndpoints(routes => routes.MapOtlpHttp()));
        app.MapWhen(CameThrough(Door.Frontend), door => door
            .UseExceptionHandler()
            .UseBrowserDefences(options.Endpoints)
            .UseRouting()
            .UseFrontendAccess(options)
            .UseEndpoints(routes =>
            {
                routes.MapTelemetryApi();
                routes.MapPages();
            }));

        static Func<HttpContext, bool> CameThrough(Door door) => context => context.Features.Get<DoorFeature>()?.Door == door;
    }
}
