using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Functions;

/// <summary>
/// Every method and path that no other function takes. The Functions host tries routes in the order of function names, so this
/// name must stay the last one.
/// </summary>
public sealed class Unrouted(UnroutedRequests unrouted)
{
    [Function(nameof(Unrouted))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = RouteTable.Rest)] HttpRequest request, CancellationToken cancellation) =>
        unrouted.AnswerAsync(request, cancellation);
}
