using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Http.Limits;
using TelemetryFunctions.Reports;

namespace TelemetryFunctions.Functions;

/// <summary><c>DELETE /systems/{id}</c>: forgets a system. Who knows its id may do so, and for an id that is made of a key who has the key.</summary>
public sealed class ForgetSystem(SystemAnswers systems)
{
    [Function(nameof(ForgetSystem))]
    [EnableRateLimiting(WriteLimit.Policy)]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "systems/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellation) => systems.ForgetAsync(request, id, cancellation);
}
