using Microsoft.Playwright;
using TelemetryFunctions.Tests.Deployment;

namespace TelemetryFunctions.Tests.Browser;

/// <summary>
/// The pictures of the documentation, of two years of the demo. <c>docs/screenshots/make.sh</c> puts them there; every other run
/// proves that they can be made.
/// </summary>
[Collection(BrowserCollection.Name)]
public sealed class Screenshots(Sites sites)
{
    private const int MostBytes = 300_000;

    private static readonly bool IsAsked = Environment.GetEnvironmentVariable("UPDATE_SCREENSHOTS") == "true";

    [ChromiumFact]
    public Task Light() => TakeAsync("light", new() { ColorScheme = ColorScheme.Light, ViewportSize = new() { Width = 1280, Height = 1760 } });

    [ChromiumFact]
    public Task Dark() => TakeAsync("dark", new() { ColorScheme = ColorScheme.Dark, ViewportSize = new() { Width = 1280, Height = 1060 } }, "components/core");

    [ChromiumFact]
    public Task Phone() => TakeAsync("phone", new() { ColorScheme = ColorScheme.Light, ViewportSize = new() { Width = 390, Height = 844 }, DeviceScaleFactor = 2, IsMobile = true });

    private async Task TakeAsync(string name, BrowserNewContextOptions options, string? read = null)
    {
        await using var visit = await sites.VisitAsync(options);
        var page = await visit.OpenAsync(sites.Demo);
        if (read is not null)
            await ReadAsync(page, read);

        var picture = await page.ScreenshotAsync(new() { Animations = ScreenshotAnimations.Disabled });
        Assert.InRange(picture.Length, 10_000, MostBytes);
        if (IsAsked)
            await File.WriteAllBytesAsync(Repository.PathOf("docs", "screenshots", $"{name}.png"), picture);
    }

    /// <summary>Scrolls to a chart and points at a day.</summary>
    private static async Task ReadAsync(IPage page, string id)
    {
        var card = page.Locator($"[id=\"{id}\"]");
        await card.EvaluateAsync("card => card.scrollIntoView({ block: 'center', behavior: 'instant' })");
        var box = (await card.Locator(".plot").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + box.Width * 0.55f, box.Y + box.Height / 2);
    }
}
