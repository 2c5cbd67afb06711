using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Charts.Feed;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Functions;

/// <summary><c>GET /feed.atom</c>: the numbers of each week.</summary>
public sealed class Feed(FeedApi feed)
{
    [Function(nameof(Feed))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "feed.atom")] HttpRequest request, CancellationToken cancellation)
    {
        request.AllowReading();
        return Answers.TryAsync(() => feed.AnswerAsync(request, cancellation));
    }
}
