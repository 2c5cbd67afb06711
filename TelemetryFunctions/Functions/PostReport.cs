using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Http;
using TelemetryFunctions.Reports;

namespace TelemetryFunctions.Functions;

/// <summary><c>POST /</c>: one report.</summary>
public sealed class PostReport(ReportAnswers reports)
{
    [Function(nameof(PostReport))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = RouteTable.Root)] HttpRequest request, CancellationToken cancellation) =>
        reports.AnswerAsync(request, cancellation);
}
