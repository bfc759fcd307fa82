using Microsoft.Playwright;
using WasmAspire.Tests.Requires;
using static Microsoft.Playwright.Assertions;

namespace WasmAspire.Tests.Browser;

/// <summary>What a user does first: submits a job on the requester's page and follows it to the dashboard.</summary>
public sealed class WaterfallTests(Chromium browser, DashboardAppHost appHost) : IClassFixture<Chromium>, IClassFixture<DashboardAppHost>
{
    // The README's pictures. After a change of the pages: cp artifacts/screenshots/*.png docs/images/
    private static readonly string Screenshots = Path.Combine(RepositoryRoot.Path, "artifacts", "screenshots");

    [RequiresStandInsFact(Chromium.Executable, "redis-server")]
    public async Task AJobSubmittedOnThePageShowsItsWaterfallOnTheDashboard()
    {
        var page = await browser.OpenAsync(appHost.Requester);
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.AddRange(message.Type == "error" ? [message.Text] : []);

        await Submit(page, "count vowels", "It is a truth universally acknowledged");
        var row = page.Locator("tr.job", new() { HasText = "count vowels" });
        await Expect(row.Locator("[data-field=state]")).ToHaveTextAsync("Completed");
        await row.Locator("[data-field=name]").ClickAsync();
        await Expect(page.Locator(".details [data-field=stdout]")).ToHaveTextAsync("12\n");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, "requester.png"), FullPage = true, Clip = new() { Width = 1440, Height = 1155 } });

        // The dashboard knows nobody yet: it asks for the token and leads back to the trace.
        var dashboard = await page.RunAndWaitForPopupAsync(() => row.GetByText("open trace").ClickAsync());
        await dashboard.GetByLabel("Token").FillAsync(DashboardAppHost.Token);
        await dashboard.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        (string Name, int Depth)[] expected =
        [
            ("POST /jobs", 0), ("send jobs", 1), ("queue wait", 2), ("process jobs", 2), ("compile", 3), ("instantiate", 3),
            ("execute _start", 3), ("count_vowels", 4), ("read", 5), ("count", 5),
        ];
        // Which of its WASI calls take 20 µs is the machine's affair.
        var rows = dashboard.Locator("[data-testid=span-row]:not([data-span-name^='wasi.'])");
        await Expect(rows).ToHaveCountAsync(expected.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            await Expect(rows.Nth(i)).ToHaveAttributeAsync("data-depth", $"{expected[i].Depth}");
            await Expect(rows.Nth(i)).ToHaveAttributeAsync("data-span-name", expected[i].Name);
        }

        await rows.Nth(7).ClickAsync();
        var pane = dashboard.GetByTestId("span-pane");
        await Expect(pane.Locator("[data-key=vowels] dd")).ToHaveTextAsync("12");
        await dashboard.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, "trace.png") });
        await rows.Nth(9).ClickAsync();
        await Expect(pane.GetByTestId("log")).ToContainTextAsync("counted 12 vowels in 38 bytes");
        Assert.Empty(complaints);
    }

    [RequiresStandInsFact(Chromium.Executable, "redis-server")]
    public async Task AWrongFileIsExplainedOnThePage()
    {
        var page = await browser.OpenAsync(appHost.Requester);
        await page.GotoAsync("/");

        await page.GetByLabel("Module").SetInputFilesAsync(new FilePayload { Name = "x.wasm", MimeType = "application/wasm", Buffer = "GIF89a"u8.ToArray() });
        await page.GetByRole(AriaRole.Button, new() { Name = "Run" }).ClickAsync();

        await Expect(page.Locator("#answer")).ToContainTextAsync("not a WebAssembly module");
    }

    private static async Task Submit(IPage page, string name, string stdin)
    {
        await page.GotoAsync("/");
        await Expect(page.Locator("#live")).ToHaveTextAsync("live");
        await page.GetByLabel("Module").SetInputFilesAsync(Path.Combine(RepositoryRoot.Path, "guests", "wasm", "c", "count_vowels.wasm"));
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("Standard input").FillAsync(stdin);
        await page.GetByRole(AriaRole.Button, new() { Name = "Run" }).ClickAsync();
        await Expect(page.Locator("#answer")).ToContainTextAsync("Accepted as");
    }
}
