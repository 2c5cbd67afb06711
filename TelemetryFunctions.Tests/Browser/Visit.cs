using Microsoft.Playwright;

namespace TelemetryFunctions.Tests.Browser;

/// <summary>A page that is open. What must never happen on any page is noted, and told when the visit ends.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly Func<Task> _close;
    private readonly List<string> _complaints = [];

    /// <param name="page">The page.</param>
    /// <param name="close">Ends the visit.</param>
    public Visit(IPage page, Func<Task> close)
    {
        (Page, _close) = (page, close);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                _complaints.Add($"console: {message.Text}");
        };
        page.PageError += (_, error) => _complaints.Add($"error: {error}");
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { Scheme: not ("data" or "blob"), Host: not "127.0.0.1" })
                _complaints.Add($"foreign: {request.Url}");
            Requests.Add(request);
        };
    }

    public IPage Page { get; }

    public List<IRequest> Requests { get; } = [];

    /// <summary>Opens a page and waits until it shows its charts, or what it shows instead.</summary>
    public async Task<IPage> OpenAsync(Site site, string path = "/")
    {
        await Page.GotoAsync(site.At(path).AbsoluteUri);
        await Page.Locator("main:not([aria-busy])").WaitForAsync();
        return Page;
    }

    /// <summary>The card of a chart, on the screen and drawn.</summary>
    public async Task<ILocator> CardAsync(string id)
    {
        var card = Page.Locator($"[id=\"{id}\"]");
        await card.ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(card).Not.ToHaveAttributeAsync("aria-busy", "true");
        await Assertions.Expect(Page.Locator(".bar[aria-busy]")).ToHaveCountAsync(0);
        await Assertions.Expect(card.Locator(".plot:not([hidden]) canvas:not([style])")).ToHaveCountAsync(0);
        // Chart.js sizes a canvas once more in the frame after it was laid out.
        await Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        return card;
    }

    /// <summary>No error in the console, of which a violation of the Content-Security-Policy is one, and no foreign request.</summary>
    public void AssertQuiet() => Assert.Empty(_complaints);

    public async ValueTask DisposeAsync() => await _close();
}
