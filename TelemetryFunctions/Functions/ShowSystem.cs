using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Http;
using TelemetryFunctions.Reports;

namespace TelemetryFunctions.Functions;

/// <summary><c>GET /systems/{id}</c>: what is stored of a system. Who may have it forgotten may see it, and pages of other sites may not.</summary>
public sealed class ShowSystem(SystemAnswers systems)
{
    [NotForOtherSites]
    [Function(nameof(ShowSystem))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "systems/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellation) => systems.ShowAsync(request, id, cancellation);
}
