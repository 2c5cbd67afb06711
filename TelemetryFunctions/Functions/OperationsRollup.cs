using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Events.Operations;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Functions;

/// <summary><c>GET /operations/{rollup}</c>: what is made of events. The app itself asks for the key, or its cookie.</summary>
public sealed class OperationsRollup(OperationsApi api)
{
    [Function(nameof(OperationsRollup))]
    [NotForOtherSites]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "operations/{rollup}")] HttpRequest request,
        string rollup,
        CancellationToken cancellation) =>
        Answers.TryAsync(() => api.AnswerAsync(request, rollup, cancellation));
}
