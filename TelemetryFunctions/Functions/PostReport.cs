using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Http;
using TelemetryFunctions.Reports;

namespace TelemetryFunctions.Functions;

/// <summary><c>POST /</c>: one report.</summary>
public sealed class PostReport(ReportReceiver receiver)
{
    [Function(nameof(PostReport))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Root)] HttpRequest request, CancellationToken cancellation) =>
        Answers.TryAsync(async () =>
        {
            var reason = await receiver.ReceiveAsync(request, cancellation);
            var answer = reason is null ? new ReportAnswer("accepted") : new ReportAnswer("ignored", reason);
            return TypedResults.Json(answer, ApiJson.Default.ReportAnswer);
        });
}
