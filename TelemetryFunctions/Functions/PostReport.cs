using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Http;
using TelemetryFunctions.Http.Limits;
using TelemetryFunctions.Reports;

namespace TelemetryFunctions.Functions;

/// <summary><c>POST /</c>: one report.</summary>
public sealed class PostReport(ReportAnswers reports)
{
    [Function(nameof(PostReport))]
    [EnableRateLimiting(WriteLimit.Policy)]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = RouteTable.Root)] HttpRequest request, CancellationToken cancellation) =>
        reports.AnswerAsync(request, cancellation);
}
