using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Charts.Page;
using TelemetryFunctions.Http;
using TelemetryFunctions.Standalone.Relay.Desk;

namespace TelemetryFunctions.Standalone.Relay.Page;

/// <summary>Answers <c>GET /</c> and <c>GET /items/{id}</c> of a relay.</summary>
internal sealed class RelayPage(RelayHtml html, RelayStore items, RelaySwitch relaySwitch, RelayStatus status, RelayFleet fleet, PageOptions page)
{
    private const string ContentType = "text/html; charset=utf-8";

    public Task<IResult> ShowAsync(HttpRequest request, CancellationToken cancellation) => AnswerAsync(request, async () =>
    {
        var all = await items.ReadAsync(cancellation).ToListAsync(cancellation);
        var (at, error) = status.Last;
        return html.Render(new RelayView(all, (await relaySwitch.ReadAsync(cancellation)).PausedSince, status.Next, at, error, await fleet.SummarizeAsync(all, cancellation)));
    });

    public Task<IResult> ShowItemAsync(HttpRequest request, string id, CancellationToken cancellation) => AnswerAsync(request, async () =>
        RelayId.TryParse(id, out var parsed) && await items.FindAsync(parsed, cancellation) is { } content ? html.Render(content) : null);

    private Task<IResult> AnswerAsync(HttpRequest request, Func<Task<string?>> render) => Answers.TryAsync(async () =>
    {
        var headers = request.HttpContext.Response.Headers;
        headers.CacheControl = "no-store";
        if (!DeskAccess.IsLocal(request))
            return Answers.Problem(StatusCodes.Status403Forbidden, DeskAccess.NotHere);
        if (await render() is not { } text)
            return Answers.Problem(StatusCodes.Status404NotFound, "There is no such item, or not any more.");
        headers.ContentSecurityPolicy = page.Policy(ChartPageHtml.ContentSecurityPolicyWithForm);
        return TypedResults.Content(text, ContentType);
    });
}

/// <summary>What the page shows.</summary>
/// <param name="Items">All items.</param>
/// <param name="PausedSince">Since when the relay is paused; null where it is not.</param>
/// <param name="Next">When it sends next.</param>
/// <param name="LastTry">When it last tried, since it was started.</param>
/// <param name="Error">Why that failed; null where it did not.</param>
/// <param name="Fleet">What the systems are like.</param>
internal sealed record RelayView(IReadOnlyList<RelayItem> Items, DateTimeOffset? PausedSince, DateTimeOffset Next, DateTimeOffset? LastTry, string? Error, FleetSummary Fleet);
