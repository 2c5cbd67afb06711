using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Http;
using TelemetryFunctions.Http.Limits;
using TelemetryFunctions.Installs;

namespace TelemetryFunctions.Functions;

/// <summary><c>POST /downloads</c>: Composer's <c>notify-batch</c>. Answers 200, whatever was sent, unless too much was, or a relay has to send it again.</summary>
public sealed class PostDownloads(NotificationReceiver receiver)
{
    [Function(nameof(PostDownloads))]
    [EnableRateLimiting(WriteLimit.Policy)]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "downloads")] HttpRequest request, CancellationToken cancellation) =>
        Answers.TryAsync(async () =>
        {
            await receiver.ReceiveAsync(request, cancellation);
            return TypedResults.Json(new StatusAnswer("ok"), ApiJson.Default.StatusAnswer);
        });
}
