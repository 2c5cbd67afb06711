using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Charts;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Functions;

/// <summary><c>GET /</c>: the chart page.</summary>
public sealed class ChartPage(PageResponses pages)
{
    [Function("ChartPage")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = RouteTable.Root)] HttpRequest request, CancellationToken cancellation)
    {
        request.AllowReading();
        return pages.SendChartPageAsync(request, cancellation);
    }
}
