using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Charts;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Functions;

/// <summary>
/// <c>GET /charts</c> and <c>GET /charts/{id}</c>: one function, because the Functions host tries routes in the order of function
/// names and not the more specific one first.
/// </summary>
public sealed class Charts(ChartApi api)
{
    [Function(nameof(Charts))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "charts/{*id}")] HttpRequest request, CancellationToken cancellation)
    {
        request.AllowReading();
        return Answers.TryAsync(() => api.AnswerAsync(request, request.FindRouteValue("id"), cancellation));
    }
}
