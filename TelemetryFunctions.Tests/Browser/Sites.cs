using System.Net.Http.Json;
using Microsoft.Playwright;
using TelemetryFunctions.Tests.Deployment;

namespace TelemetryFunctions.Tests.Browser;

/// <summary>The sites that the browser tests visit, and the browser. All are started once.</summary>
public sealed class Sites : IAsyncLifetime
{
    /// <summary>Two years, as the demo of the documentation has.</summary>
    private const int DemoDays = 730;

    private const int HubDays = 100;

    private const string Locale = "en-GB";

    /// <summary>A screen on a desk.</summary>
    internal static ViewportSize Desk => new() { Width = 1280, Height = 900 };

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private IBrowserContext? _window;

    /// <summary>In production, with two years of history.</summary>
    internal Site Demo { get; private set; } = null!;

    /// <summary>In production, with ten years of history.</summary>
    internal Site Old { get; private set; } = null!;

    /// <summary>The own colour of <see cref="Hub"/>, for light grounds and for dark ones.</summary>
    internal const string Accent = "#0a7d33";

    internal const string AccentDark = "#7be0a0";

    /// <summary>In production, of a product with a catalogue and a colour of its own.</summary>
    internal Site Hub { get; private set; } = null!;

    /// <summary>In development, with today so far and with labels that someone made up to do harm.</summary>
    internal Site Young { get; private set; } = null!;

    /// <summary>In development, without a report.</summary>
    internal Site Empty { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (ChromiumSkip.Reason is not null)
            return;

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium.Path, Args = Arguments });
        // Filling the large ones is work for a processor each.
        await Task.WhenAll(
            Task.Run(async () => Demo = await Site.StartAsync("Production", DemoDays)),
            Task.Run(StartOldAsync),
            Task.Run(StartSmallAsync));
    }

    public async Task DisposeAsync()
    {
        foreach (var site in new[] { Demo, Old, Hub, Young, Empty })
        {
            if (site is not null)
                await site.DisposeAsync();
        }

        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>
    /// A tab of the window that visits share, whose cache has the script and its machine code after the first of them; a window of its own, as
    /// private as a new one, where there are options. Nobody waits for what moves.
    /// </summary>
    internal async Task<Visit> VisitAsync(BrowserNewContextOptions? options = null)
    {
        if (options is not null)
        {
            options.Locale ??= Locale;
            options.ReducedMotion ??= ReducedMotion.Reduce;
            var context = await _browser!.NewContextAsync(options);
            return new Visit(await context.NewPageAsync(), () => context.CloseAsync());
        }

        _window ??= await _browser!.NewContextAsync(new BrowserNewContextOptions { Locale = Locale, ReducedMotion = ReducedMotion.Reduce, ViewportSize = Desk });
        var page = await _window.NewPageAsync();
        return new Visit(page, () => page.CloseAsync());
    }

    private async Task StartOldAsync()
    {
        Old = await Site.StartAsync("Production");
        await TenYears.FillAsync(Old.Services);
    }

    private async Task StartSmallAsync()
    {
        Empty = await Site.StartAsync("Development");
        Young = await Site.StartAsync("Development", demo: 3);
        await PostAsync(Young, HostileLabels.Report);
        (await Young.Client.PutAsync("/", null)).EnsureSuccessStatusCode();
        Hub = await Site.StartAsync(
            "Production", HubDays, Repository.PathOf("docs", "examples", "home-automation-hub.yaml"), $"--Telemetry:Site:Accent={Accent}", $"--Telemetry:Site:AccentDark={AccentDark}");
    }

    private static async Task PostAsync(Site site, object report) =>
        (await site.Client.PostAsJsonAsync("/", report)).EnsureSuccessStatusCode();
}

/// <summary>Tests that share <see cref="Sites"/>.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<Sites>
{
    public const string Name = "Browser";
}
