using Microsoft.Playwright;
using TelemetryFunctions.Installs;
using TelemetryFunctions.Tests.Installs;

namespace TelemetryFunctions.Tests.Browser;

/// <summary>The pages of the installs, with versions of any name, installs in CI and shares of platforms.</summary>
[Collection(BrowserCollection.Name)]
public sealed class InstallPageTests(Sites sites) : IAsyncLifetime
{
    private const int Wide = 1280;
    private const int Narrow = 360;

    private InstallApp _app = null!;

    public async Task InitializeAsync()
    {
        _app = await InstallApp.StartAsync();
        foreach (var agent in new[] { InstallSite.Agent, InstallSite.CiAgent, "Composer/2.5.5 (Windows NT; 10.0; PHP 7.4.33; cURL 7.70.0)", "Composer/2.5.5 (Darwin; 22.4.0; PHP 8.1.7; streams)" })
        {
            _app.Client.DefaultRequestHeaders.UserAgent.Clear();
            _app.Client.DefaultRequestHeaders.UserAgent.ParseAdd(agent);
            foreach (var version in new[] { "5.10.0.0", "5.9.0.0", "dev-größe", "dev-<script>alert(1)</script>", "dev-" + new string('x', 60) })
                await _app.NotifyAsync(new Download("vendor/package", version), new Download("vendor/" + new string('n', 60), version));
        }

        await _app.RollUpAfterAsync(TimeSpan.FromHours(1));
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [ChromiumTheory]
    [InlineData("/packages", ColorScheme.Light, Wide)]
    [InlineData("/packages", ColorScheme.Dark, Narrow)]
    [InlineData("/packages/vendor/package", ColorScheme.Dark, Wide)]
    [InlineData("/packages/vendor/package", ColorScheme.Light, Narrow)]
    public async Task An_audit_finds_no_violation(string path, ColorScheme scheme, int width)
    {
        await using var visit = await sites.VisitAsync(new() { BypassCSP = true, ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });
        await visit.Page.GotoAsync(new Uri(_app.Client.BaseAddress!, path).AbsoluteUri);
        foreach (var summary in await visit.Page.Locator("summary").AllAsync())
            await summary.ClickAsync();

        Assert.Empty(await visit.Page.AuditAsync());
    }

    [ChromiumTheory]
    [InlineData("/packages")]
    [InlineData("/packages/vendor/package")]
    public async Task A_page_is_quiet_and_as_wide_as_a_narrow_screen(string path)
    {
        await using var visit = await sites.VisitAsync(new() { ViewportSize = new() { Width = Narrow, Height = 740 }, HasTouch = true, IsMobile = true });
        await visit.Page.GotoAsync(new Uri(_app.Client.BaseAddress!, path).AbsoluteUri);

        Assert.Equal(Narrow, await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        visit.AssertQuiet();
    }
}
