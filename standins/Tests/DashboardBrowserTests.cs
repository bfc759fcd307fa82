extern alias Dashboard;

using System.Globalization;
using Dashboard::OpenTelemetry.Proto.Logs.V1;
using Dashboard::OpenTelemetry.Proto.Trace.V1;
using Microsoft.Playwright;
using WasmAspire.Tests.Browser;
using WasmAspire.Tests.Requires;
using static Microsoft.Playwright.Assertions;
using static WasmAspire.Tests.StandIns.DashboardTelemetry;

namespace WasmAspire.Tests.StandIns;

public sealed class DashboardBrowserTests(Chromium browser) : IClassFixture<Chromium>, IAsyncLifetime
{
    private readonly List<string> complaints = [];

    private DashboardHost dashboard = null!;
    private IPage page = null!;

    public async Task InitializeAsync()
    {
        dashboard = await DashboardHost.StartAsync();
        page = await browser.OpenAsync(dashboard.Frontend);
        page.PageError += (_, error) => complaints.Add(error);
        page.Console += (_, message) => complaints.AddRange(message.Type == "error" ? [message.Text] : []);
    }

    /// <summary>No test may end with an error in the browser's console: a refused script is one.</summary>
    public async Task DisposeAsync()
    {
        await page.Context.CloseAsync();
        await dashboard.DisposeAsync();
        Assert.Empty(complaints);
    }

    [RequiresChromiumFact]
    public async Task SigningInLeadsBackToThePageThatWasAskedFor()
    {
        await dashboard.ExportAsync(From("service", Span(1, 1, name: "root")));

        await page.GotoAsync($"/traces/detail/{TraceId(1)}");
        await page.GetByLabel("Token").FillAsync("guess");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("That is not the token of this run of the dashboard.");
        // the browser itself tells of an answer that is 401
        complaints.RemoveAll(text => text.Contains("401", StringComparison.Ordinal));
        await page.GetByLabel("Token").FillAsync(DashboardHost.Token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await Expect(page.GetByTestId("trace-name")).ToHaveTextAsync("service root");
        Assert.EndsWith($"/traces/detail/{TraceId(1)}", page.Url, StringComparison.Ordinal);
    }

    [RequiresChromiumFact]
    public async Task ListGrowsByItselfAndKeepsItsFilters()
    {
        await SignInAsync("/traces");
        await Expect(page.GetByTestId("empty")).ToContainTextAsync("No traces yet");

        await dashboard.ExportAsync(From("api", Span(1, 1, name: "GET /one", start: 1)));
        await Expect(page.GetByTestId("trace-row")).ToHaveCountAsync(1);
        await page.GetByTestId("filter-text").FillAsync("GET");
        await page.GetByTestId("filter-errors").CheckAsync(new() { Force = true });
        await Expect(page.GetByTestId("empty")).ToContainTextAsync("No trace fits these filters");

        await dashboard.ExportAsync(From("worker", Span(2, 1, name: "GET /two", start: 2, isError: true), Span(3, 1, name: "POST /three", start: 3, isError: true)));
        await Expect(page.GetByTestId("trace-row")).ToHaveCountAsync(1);
        await Expect(page.GetByTestId("trace-row")).ToHaveAttributeAsync("data-trace-id", TraceId(2));
        Assert.EndsWith("/traces?text=GET&errors=on", page.Url, StringComparison.Ordinal);

        await page.GetByTestId("clear-filters").ClickAsync();
        await page.GetByTestId("filter-resource").SelectOptionAsync("worker");
        await Expect(page.GetByTestId("trace-row")).ToHaveCountAsync(2);
        await page.GetByTestId("trace-row").First.ClickAsync();
        await Expect(page.GetByTestId("trace-name")).ToHaveTextAsync("worker POST /three");
    }

    [RequiresChromiumFact]
    public async Task PausedListStaysAsItIs()
    {
        await page.Clock.InstallAsync();
        await dashboard.ExportAsync(From("api", Span(1, 1)));
        await SignInAsync("/traces");
        await Expect(page.GetByTestId("trace-row")).ToHaveCountAsync(1);
        await page.GetByTestId("pause").ClickAsync();
        var asked = 0;
        page.Request += (_, request) => asked += request.Url.Contains("/traces/rows", StringComparison.Ordinal) ? 1 : 0;

        await dashboard.ExportAsync(From("api", Span(2, 1)));
        await page.Clock.RunForAsync(10_000);
        Assert.Equal(0, asked);
        await Expect(page.GetByTestId("trace-row")).ToHaveCountAsync(1);

        await page.GetByTestId("pause").ClickAsync();
        await Expect(page.GetByTestId("trace-row")).ToHaveCountAsync(2);
    }

    [RequiresChromiumFact]
    public async Task WaterfallShowsTheTreeAndGrows()
    {
        await SignInAsync($"/traces/detail/{TraceId(1)}");
        await Expect(page.GetByTestId("waiting")).ToContainTextAsync("Waiting for this trace");

        await dashboard.ExportAsync(From("worker", Span(1, 3, parent: 2, name: "leaf", start: 20, isError: true)));
        await Expect(page.GetByTestId("span-row")).ToHaveCountAsync(1);
        await Expect(Row("leaf")).ToHaveAttributeAsync("data-orphan", "true");
        await Expect(Row("leaf")).ToContainTextAsync("parent missing");

        await dashboard.ExportAsync(From("api", Span(1, 1, name: "root", duration: 100), Span(1, 2, parent: 1, name: "middle", start: 10, duration: 50)));
        await Expect(page.GetByTestId("span-row")).ToHaveCountAsync(3);
        Assert.Equal(
            [("root", "0", "", "api", "false"), ("middle", "1", SpanId(1), "api", "false"), ("leaf", "2", SpanId(2), "worker", "true")],
            await RowsAsync());
        await Expect(page.GetByTestId("trace-name")).ToContainTextAsync("root");
        await Expect(page.GetByTestId("trace-depth")).ToHaveTextAsync("3");
        await Expect(page.GetByTestId("trace-duration")).ToHaveTextAsync("100ms");
        await Expect(page.GetByTestId("axis").Locator("li")).ToHaveTextAsync(["0s", "25ms", "50ms", "75ms", "100ms"]);
    }

    [RequiresChromiumFact]
    public async Task BranchesCloseAndOpen()
    {
        await ShowSmallTraceAsync();

        await Row("b").Locator(".twisty").ClickAsync();
        await Expect(page.GetByTestId("span-row")).ToHaveCountAsync(3);
        await Expect(Row("b")).ToHaveAttributeAsync("aria-expanded", "false");
        await page.GetByTestId("collapse-all").ClickAsync();
        await Expect(page.GetByTestId("span-row")).ToHaveCountAsync(1);
        await page.GetByTestId("expand-all").ClickAsync();
        await Expect(page.GetByTestId("span-row")).ToHaveCountAsync(5);
        await Expect(page.GetByTestId("span-pane")).ToBeHiddenAsync();
    }

    [RequiresChromiumFact]
    public async Task TreeIsReadWithTheKeyboard()
    {
        await ShowSmallTraceAsync();
        await page.GetByTestId("waterfall").FocusAsync();

        await page.Keyboard.PressAsync("End");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(page.GetByTestId("waterfall")).ToHaveAttributeAsync("aria-activedescendant", $"span-{SpanId(3)}");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(Row("b")).ToHaveAttributeAsync("aria-expanded", "false");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByTestId("span-title")).ToHaveTextAsync("service b.1");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.GetByTestId("span-title")).ToHaveTextAsync("service b.2");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByTestId("span-pane")).ToBeHiddenAsync();
        await Expect(page.GetByTestId("waterfall")).ToBeFocusedAsync();
    }

    [RequiresChromiumFact]
    public async Task FilterShowsWhatMatchesAndWhatItIsIn()
    {
        await ShowSmallTraceAsync();

        await page.GetByTestId("filter-spans").FillAsync("B.2");

        await Expect(page.GetByTestId("span-matches")).ToHaveTextAsync("1 of 5");
        Assert.Equal(["root", "b", "b.2"], (await RowsAsync()).Select(row => row.Name));
        await Expect(page.Locator(".row.match")).ToHaveAttributeAsync("data-span-name", "b.2");
    }

    [RequiresChromiumFact]
    public async Task PaneShowsAllOfASpan()
    {
        var span = Span(1, 2, parent: 1, name: "work", start: 10, isError: true).With("answer", "42").LinkedTo(2, 1).LinkedTo(9, 9);
        span.Events.Add(new Span.Types.Event { Name = "exception", TimeUnixNano = Time(12), Attributes = { Attribute("exception.type", "Trap") } });
        await dashboard.ExportAsync(From("service", Span(1, 1, name: "root", duration: 100), span, Span(2, 1, name: "elsewhere"), Span(3, 1, name: "points back").LinkedTo(1, 2)));
        dashboard.Store.Add([LogsFrom("service", Log("half empty", trace: 1, span: 2, time: 15, severity: SeverityNumber.Warn), Log("of another", trace: 1, span: 1))]);
        await SignInAsync($"/traces/detail/{TraceId(1)}?spanId={SpanId(2)}");
        var pane = page.GetByTestId("span-pane");

        await Expect(page.GetByTestId("span-title")).ToHaveTextAsync("service work");
        await Expect(pane.GetByTestId("status")).ToContainTextAsync("it failed");
        await Expect(pane.GetByTestId("span-facts")).ToContainTextAsync(SpanId(2));
        await Expect(pane.Locator("[data-key=answer] dd")).ToHaveTextAsync("42");
        await Expect(pane.GetByTestId("event")).ToContainTextAsync("+2ms");
        await Expect(pane.GetByTestId("event").Locator("[data-key='exception.type'] dd")).ToHaveTextAsync("Trap");
        await Expect(pane.GetByTestId("log")).ToHaveCountAsync(1);
        await Expect(pane.GetByTestId("log")).ToHaveAttributeAsync("data-severity", "Warning");
        await Expect(pane.GetByTestId("log")).ToContainTextAsync("half empty");
        await Expect(pane.GetByTestId("link")).ToHaveTextAsync([new System.Text.RegularExpressions.Regex("elsewhere"), new("A span that is not here")]);
        await Expect(Row("work").Locator(".dots i")).ToHaveCountAsync(1);

        dashboard.Store.Add([LogsFrom("service", Log("half full", trace: 1, span: 2, time: 16))]);
        await Expect(pane.GetByTestId("log")).ToHaveCountAsync(2);

        await pane.GetByTestId("backlink").GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.GetByTestId("trace-name")).ToHaveTextAsync("service points back");
        await Expect(page.GetByTestId("span-title")).ToHaveTextAsync("service points back");
    }

    [RequiresChromiumFact]
    public async Task ParentInThePaneLeadsToIt()
    {
        await ShowSmallTraceAsync();
        await Row("b.1").ClickAsync();

        await page.GetByTestId("span-facts").GetByRole(AriaRole.Link).ClickAsync();

        await Expect(page.GetByTestId("span-title")).ToHaveTextAsync("service b");
        Assert.EndsWith($"?spanId={SpanId(3)}", page.Url, StringComparison.Ordinal);
    }

    [RequiresChromiumFact]
    public async Task HostileTextIsShownAndNotRun()
    {
        const string Hostile = "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">";
        var span = Span(1, 1, name: Hostile).With(Hostile, Hostile);
        await dashboard.ExportAsync(From(Hostile, span));
        dashboard.Store.Add([LogsFrom(Hostile, Log(Hostile, trace: 1, span: 1))]);

        await SignInAsync("/traces");
        await Expect(page.GetByTestId("trace-row").Locator(".operation")).ToHaveTextAsync(Hostile);
        await page.GetByTestId("trace-row").ClickAsync();
        await page.GetByTestId("span-row").ClickAsync();
        await Expect(page.GetByTestId("log").Locator(".message")).ToHaveTextAsync(Hostile);

        await Expect(page.GetByTestId("span-row")).ToHaveAttributeAsync("data-span-name", Hostile);
        await Expect(page).ToHaveTitleAsync($"Trace {TraceId(1)[..7]} – dashboard");
    }

    [RequiresChromiumFact]
    public async Task TenThousandSpansStayUsable()
    {
        await dashboard.ExportAsync(From("service", Enumerable.Range(1, 10_000).Select(id =>
            Span(1, id, parent: id == 1 ? null : id <= 100 ? 1 : 2 + ((id - 101) / 100), name: id.ToString(CultureInfo.InvariantCulture), start: id == 1 ? 0 : id, duration: id == 1 ? 12_000 : 50))));
        await SignInAsync("/traces");

        await page.GotoAsync($"/traces/detail/{TraceId(1)}");
        await Expect(page.GetByTestId("trace-spans")).ToHaveTextAsync("10,000");
        await Expect(Row("1")).ToBeVisibleAsync();
        // no more elements than lines in sight and some around
        Assert.InRange(await page.GetByTestId("span-row").CountAsync(), 10, 100);

        await page.GetByTestId("waterfall").FocusAsync();
        await page.Keyboard.PressAsync("End");
        await Expect(Row("10000")).ToBeVisibleAsync();
        await page.GetByTestId("filter-spans").FillAsync("4321");
        await Expect(Row("4321")).ToBeVisibleAsync();
        await page.GetByTestId("filter-spans").FillAsync("");
        await page.GotoAsync($"/traces/detail/{TraceId(1)}?spanId={SpanId(5_000)}");
        await Expect(Row("5000")).ToBeInViewportAsync();
    }

    private ILocator Row(string name) => page.Locator($"[data-testid=span-row][data-span-name='{name}']");

    private async Task ShowSmallTraceAsync()
    {
        await dashboard.ExportAsync(From(
            "service",
            Span(1, 1, name: "root", duration: 50), Span(1, 2, parent: 1, name: "a", start: 1), Span(1, 3, parent: 1, name: "b", start: 2),
            Span(1, 4, parent: 3, name: "b.1", start: 3), Span(1, 5, parent: 3, name: "b.2", start: 4)));
        await SignInAsync($"/traces/detail/{TraceId(1)}");
        await Expect(page.GetByTestId("span-row")).ToHaveCountAsync(5);
    }

    private async Task SignInAsync(string address) => await page.GotoAsync($"/login?t={DashboardHost.Token}&returnUrl={Uri.EscapeDataString(address)}");

    private async Task<List<(string Name, string Depth, string Parent, string Resource, string Error)>> RowsAsync()
    {
        var rows = new List<(string, string, string, string, string)>();
        foreach (var row in await page.GetByTestId("span-row").AllAsync())
        {
            rows.Add((await Data("span-name"), await Data("depth"), await Data("parent-id"), await Data("resource"), await Data("error")));

            async Task<string> Data(string name) => await row.GetAttributeAsync($"data-{name}") ?? "";
        }
        return rows;
    }
}
