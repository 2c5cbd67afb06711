using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Charts.Export;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Functions;

/// <summary><c>GET /metrics</c>: the newest published numbers, as Prometheus reads them.</summary>
public sealed class Metrics(PublishedNumbers numbers)
{
    [Function(nameof(Metrics))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "metrics")] HttpRequest request, CancellationToken cancellation)
    {
        request.AllowReading();
        return Answers.TryAsync(() => numbers.AnswerAsync(request, cancellation));
    }
}
