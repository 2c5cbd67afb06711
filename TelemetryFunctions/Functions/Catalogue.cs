using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Charts;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Functions;

/// <summary><c>GET /catalogue</c>: what is collected and why.</summary>
public sealed class Catalogue(PageResponses pages)
{
    [Function(nameof(Catalogue))]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "catalogue")] HttpRequest request, CancellationToken cancellation)
    {
        request.AllowReading();
        return pages.SendCatalogueAsync(request, cancellation);
    }
}
