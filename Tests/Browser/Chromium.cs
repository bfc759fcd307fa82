using Microsoft.Playwright;

namespace WasmAspire.Tests.Browser;

/// <summary>Debian's chromium, without its own traffic: one for all tests of a class.</summary>
public sealed class Chromium : IAsyncLifetime
{
    internal const string Executable = "/usr/bin/chromium";

    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>Also where there is no browser, and all tests are skipped.</summary>
    public async Task InitializeAsync()
    {
        if (File.Exists(Executable))
        {
            // a busy machine takes its time; what never comes fails all the same
            Assertions.SetDefaultExpectTimeout(20_000);
            playwright = await Playwright.CreateAsync();
            browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = Arguments });
        }
    }

    /// <summary>A page with cookies of its own.</summary>
    /// <param name="address">What relative addresses are relative to.</param>
    public async Task<IPage> OpenAsync(Uri address)
    {
        var context = await browser!.NewContextAsync(new() { BaseURL = address.ToString(), ViewportSize = new() { Width = 1440, Height = 900 } });
        return await context.NewPageAsync();
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }
        playwright?.Dispose();
    }
}
