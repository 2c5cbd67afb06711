using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Functions;

/// <summary><c>GET /health</c>.</summary>
public sealed class Health(HealthReporter reporter)
{
    [Function(nameof(Health))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health")] HttpRequest request, CancellationToken cancellation)
    {
        request.AllowReading();
        return reporter.ReportAsync(Schedule.NextMidnight, cancellation);
    }
}
