using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Events;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Functions;

/// <summary><c>POST /events</c>: a batch of events. Needs the key.</summary>
public sealed class PostEvents(EventReceiver receiver)
{
    [Function(nameof(PostEvents))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "events")] HttpRequest request, CancellationToken cancellation) =>
        Answers.TryAsync(async () => TypedResults.Json(await receiver.ReceiveAsync(request, cancellation), ApiJson.Default.EventsAnswer));
}
