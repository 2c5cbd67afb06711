using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Charts;

namespace TelemetryFunctions.Functions;

/// <summary><c>GET /</c>: the chart page.</summary>
public sealed class ChartPage(PageResponses pages)
{
    [Function("ChartPage")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Routes.Root)] HttpRequest request, CancellationToken cancellation) =>
        pages.SendChartPageAsync(request, cancellation);
}
