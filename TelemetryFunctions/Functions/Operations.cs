using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Events.Operations;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Functions;

/// <summary><c>GET /operations</c> and <c>GET /operations/{rollup}</c>: what is told of events. Needs the key.</summary>
public sealed class Operations(OperationsApi api)
{
    [Function(nameof(Operations))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "operations/{rollup?}")] HttpRequest request, CancellationToken cancellation) =>
        Answers.TryAsync(() => api.AnswerAsync(request, request.FindRouteValue("rollup"), cancellation));
}
