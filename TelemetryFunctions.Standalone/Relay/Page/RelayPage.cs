using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Charts.Page;
using TelemetryFunctions.Http;
using TelemetryFunctions.Standalone.Relay.Desk;
using TelemetryFunctions.Standalone.Relay.Receiving;

namespace TelemetryFunctions.Standalone.Relay.Page;

/// <summary>Answers <c>GET /</c> and <c>GET /items/{id}</c> of a relay.</summary>
internal sealed class RelayPage(RelayHtml html, RelayStore items, RelaySwitch relaySwitch, RelayStatus status, RelayRoom room, RelayFleet fleet, DeskAccess access, PageOptions page)
{
    private const string ContentType = "text/html; charset=utf-8";

    public Task<IResult> ShowAsync(HttpRequest request, CancellationToken cancellation) => access.Enters(request)
        ? Task.FromResult(Answers.SeeOther(request, "./"))
        : AnswerAsync(request, async () => html.Render(await ViewAsync(cancellation), await fleet.SummarizeAsync(cancellation)));

    public Task<IResult> ShowItemAsync(HttpRequest request, string id, CancellationToken cancellation) => AnswerAsync(request, async () =>
        RelayId.TryParse(id, out var parsed) && await items.FindAsync(parsed, cancellation) is { } content ? html.Render(content) : null);

    private async Task<RelayView> ViewAsync(CancellationToken cancellation)
    {
        var view = new RelayView
        {
            PausedSince = (await relaySwitch.ReadAsync(cancellation)).PausedSince,
            Next = status.Next,
            LastTry = status.Last,
            HeldBytes = await room.HoldsAsync(cancellation),
        };
        await foreach (var item in items.ReadAsync(cancellation))
            view.Add(item);
        return view;
    }

    private Task<IResult> AnswerAsync(HttpRequest request, Func<Task<string?>> render) => Answers.TryAsync(async () =>
    {
        var headers = request.HttpContext.Response.Headers;
        headers.CacheControl = "no-store";
        if (!access.IsOpenTo(request))
            return Answers.Problem(StatusCodes.Status403Forbidden, DeskAccess.Closed);
        if (await render() is not { } text)
            return Answers.Problem(StatusCodes.Status404NotFound, "There is no such item, or not any more.");

        // A browser tells the origin of a form only where it may tell the page, and over http nothing else says whose form it is.
        headers["Referrer-Policy"] = "same-origin";
        headers.ContentSecurityPolicy = page.Policy(ChartPageHtml.ContentSecurityPolicyWithForm);
        return TypedResults.Content(text, ContentType);
    });
}
