using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Charts;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Functions;

/// <summary><c>GET /embed/{id}</c>: one chart alone, for frames.</summary>
public sealed class Embed(EmbedApi embed)
{
    [Function(nameof(Embed))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "embed/{*id}")] HttpRequest request, CancellationToken cancellation)
    {
        request.AllowReading();
        return Answers.TryAsync(() => embed.AnswerAsync(request, request.FindRouteValue("id"), cancellation));
    }
}
