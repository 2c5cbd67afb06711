using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Reports;

/// <summary>Answers <c>POST /</c>.</summary>
public sealed class ReportAnswers(ReportReceiver receiver)
{
    public Task<IResult> AnswerAsync(HttpRequest request, CancellationToken cancellation) => Answers.TryAsync(async () =>
    {
        var received = await receiver.ReceiveAsync(request, cancellation);
        var answer = received.Unwanted is { } reason
            ? new ReportAnswer("ignored", reason)
            : new ReportAnswer("accepted", Day: request.ReadDay() is null ? null : received.Day);
        return TypedResults.Json(answer, ApiJson.Default.ReportAnswer);
    });
}
