using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Functions;

/// <summary><c>PUT /</c>: summarizes now, in development.</summary>
public sealed class PutSummary(SummaryOnDemand summaries)
{
    [Function(nameof(PutSummary))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = RouteTable.Root)] HttpRequest request, CancellationToken cancellation) =>
        Answers.TryAsync(() => summaries.RunAsync(cancellation));
}
