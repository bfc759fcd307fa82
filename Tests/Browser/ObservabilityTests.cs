using Microsoft.Playwright;
using WasmAspire.Tests.EndToEnd;
using WasmAspire.Tests.Requires;
using static Microsoft.Playwright.Assertions;

namespace WasmAspire.Tests.Browser;

/// <summary>The cases of docs/observability.md and docs/instrumentation.md as the dashboard shows them, with the pictures that stand there.</summary>
public sealed class ObservabilityTests(Chromium browser, DashboardAppHost appHost) : IClassFixture<Chromium>, IClassFixture<DashboardAppHost>
{
    [RequiresStandInsFact(Chromium.Executable, "redis-server")]
    public async Task AHealthyRun()
    {
        var text = string.Join('\n', Enumerable.Repeat("It is a truth universally acknowledged", 10_000));
        var dashboard = await OpenTraceAsync(
            "rust/checksums",
            new { name = "checksums", args = new[] { "/data/one.txt", "/data/two.txt" }, inputs = new[] { new { path = "/data/one.txt", text }, new { path = "/data/two.txt", text } } },
            "Completed");

        await Expect(Rows(dashboard, "checksum of a file")).ToHaveCountAsync(2);
        await SelectAsync(dashboard, "checksum of a file");
        await Expect(Pane(dashboard).Locator("[data-key=path] dd")).ToHaveTextAsync("/data/one.txt");
        await ShootAsync(dashboard, "healthy");
    }

    [RequiresStandInsFact(Chromium.Executable, "redis-server")]
    public async Task ASlowFunction()
    {
        var dashboard = await OpenTraceAsync("c/slow_function", new { name = "medians" }, "Completed");

        await Expect(Rows(dashboard, "median_of_list")).ToHaveCountAsync(24);
        await Rows(dashboard, "median_of_list").Nth(15).ClickAsync();
        await Expect(Pane(dashboard).Locator("[data-key=list] dd")).ToHaveTextAsync("16");
        await Expect(Pane(dashboard).Locator("[data-key=length] dd")).ToHaveTextAsync("12000");
        await ShootAsync(dashboard, "slow");
    }

    [RequiresStandInsFact(Chromium.Executable, "redis-server")]
    public async Task ATrapWithItsLine()
    {
        var dashboard = await OpenTraceAsync("c/trap", new { name = "trap", args = new[] { "divide" } }, "Failed");

        await SelectAsync(dashboard, "inner");
        var log = Pane(dashboard).GetByTestId("log").Filter(new() { HasText = "integer divide by zero" });
        await Expect(log).ToContainTextAsync("at divide_by_zero in c/trap.c:line 25");
        await log.ScrollIntoViewIfNeededAsync();
        await ShootAsync(dashboard, "trap");
    }

    [RequiresStandInsFact(Chromium.Executable, "redis-server")]
    public async Task AModuleWithoutAnyInstrumentation()
    {
        var dashboard = await OpenTraceAsync(
            "c/read_input",
            new { name = "read input", args = new[] { "/data/a.txt" }, inputs = new[] { new { path = "/data/a.txt", text = "hello" } }, observe = new { minSpanMicroseconds = 0 } },
            "Completed");

        await SelectAsync(dashboard, "wasi.path_open");
        await Expect(Pane(dashboard)).ToContainTextAsync("data/a.txt");
        await Expect(Rows(dashboard, "wasi.fd_write")).Not.ToHaveCountAsync(0);
        await ShootAsync(dashboard, "uninstrumented");
    }

    [RequiresStandInsFact(Chromium.Executable, "redis-server")]
    public async Task AModuleThatTheNodeInstruments()
    {
        var dashboard = await OpenTraceAsync(
            "benchmarks/json",
            new { name = "json", entrypoint = "run", entrypointArgs = new[] { 500 }, observe = new { instrument = "auto" } },
            "Completed",
            "run");

        // Which of the functions below it are long enough for a span is the machine's affair.
        await Expect(Rows(dashboard, "run")).ToHaveCountAsync(1);
        await SelectAsync(dashboard, "execute run");
        await Expect(Pane(dashboard).Locator("[data-key='wasm.gated.calls'] dd").First).ToBeVisibleAsync();
        await ShootAsync(dashboard, "automatic");
    }

    private async Task<IPage> OpenTraceAsync(string guest, object spec, string state, string entrypoint = "_start")
    {
        using var requester = new HttpClient { BaseAddress = appHost.Requester };
        var job = await requester.RunAsync(guest, spec);
        Assert.Equal(state, job.GetProperty("state").GetString());

        var trace = new Uri(job.GetProperty("traceUrl").GetString()!);
        var dashboard = await browser.OpenAsync(trace);
        await dashboard.GotoAsync($"/login?t={DashboardAppHost.Token}&returnUrl={Uri.EscapeDataString(trace.AbsolutePath)}");
        await Expect(Rows(dashboard, $"execute {entrypoint}")).ToHaveCountAsync(1);
        return dashboard;
    }

    private static ILocator Rows(IPage dashboard, string name) => dashboard.Locator($"[data-testid=span-row][data-span-name='{name}']");

    private static ILocator Pane(IPage dashboard) => dashboard.GetByTestId("span-pane");

    private static Task SelectAsync(IPage dashboard, string name) => Rows(dashboard, name).First.ClickAsync();

    // After a change of the pages: cp artifacts/screenshots/*.png docs/images/
    private static Task<byte[]> ShootAsync(IPage dashboard, string name) =>
        dashboard.ScreenshotAsync(new() { Path = Path.Combine(RepositoryRoot.Path, "artifacts", "screenshots", $"{name}.png") });
}
