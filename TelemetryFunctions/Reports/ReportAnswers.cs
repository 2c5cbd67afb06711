using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Reports;

/// <summary>Answers <c>POST /</c>.</summary>
public sealed class ReportAnswers(ReportReceiver receiver)
{
    public Task<IResult> AnswerAsync(HttpRequest request, CancellationToken cancellation) => Answers.TryAsync(async () =>
    {
        var reason = await receiver.ReceiveAsync(request, cancellation);
        var answer = reason is null ? new ReportAnswer("accepted") : new ReportAnswer("ignored", reason);
        return TypedResults.Json(answer, ApiJson.Default.ReportAnswer);
    });
}
