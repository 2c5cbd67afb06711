using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Charts.Adoption;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Functions;

/// <summary><c>GET /adoption/{id}</c>: how the versions of a component are taken up and left.</summary>
public sealed class Adoption(AdoptionPage page)
{
    [Function(nameof(Adoption))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "adoption/{*id}")] HttpRequest request, CancellationToken cancellation)
    {
        request.AllowReading();
        return Answers.TryAsync(() => page.AnswerAsync(request, request.FindRouteValue("id"), cancellation));
    }
}
