using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Charts.Badges;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Functions;

/// <summary><c>GET /badges/{id}.svg</c>: the newest number of a chart as a picture.</summary>
public sealed class Badges(BadgeApi badges)
{
    [Function(nameof(Badges))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "badges/{*path}")] HttpRequest request, CancellationToken cancellation)
    {
        request.AllowReading();
        return Answers.TryAsync(() => badges.DrawAsync(request, request.FindRouteValue("path"), cancellation));
    }
}
