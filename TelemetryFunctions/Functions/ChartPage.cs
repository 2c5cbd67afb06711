using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Charts.Page;

namespace TelemetryFunctions.Functions;

/// <summary><c>GET /</c>: the chart page.</summary>
public sealed class ChartPage(ChartPageHtml page)
{
    [Function("ChartPage")]
    public IResult Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "{root:maxlength(0)?}")] HttpRequest request) =>
        page.Respond(request);
}
