using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Events.Operations;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Functions;

/// <summary><c>POST /operations</c>: the form that asks for the key, which is in the body, so that it is in no address.</summary>
public sealed class EnterOperations(OperationsPage page)
{
    [Function(nameof(EnterOperations))]
    [NotForOtherSites]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operations")] HttpRequest request, CancellationToken cancellation) =>
        Answers.TryAsync(() => page.EnterAsync(request, cancellation));
}
