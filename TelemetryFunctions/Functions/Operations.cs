using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Events.Operations;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Functions;

/// <summary><c>GET /operations</c>: the dashboard for browsers, the list of rollups for programs. The app itself asks for the key, or its cookie.</summary>
public sealed class Operations(OperationsPage page, OperationsApi api)
{
    [Function(nameof(Operations))]
    [NotForOtherSites]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "operations")] HttpRequest request, CancellationToken cancellation) =>
        Answers.TryAsync(() => request.PrefersHtml() ? page.ShowAsync(request, cancellation) : api.ListAsync(request, cancellation));
}
