using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Http;
using TelemetryFunctions.Reports;

namespace TelemetryFunctions.Functions;

/// <summary><c>DELETE /systems/{id}</c>: forgets a system. Who knows its id may do so.</summary>
public sealed class ForgetSystem(SystemForgetter forgetter)
{
    [Function(nameof(ForgetSystem))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "systems/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellation) =>
        Answers.TryAsync(async () =>
        {
            if (!SystemId.TryParse(id, out var system))
                return Answers.Problem(StatusCodes.Status400BadRequest, "The id is not a UUID: 32 hex digits, with or without dashes.");
            await forgetter.ForgetAsync(system, cancellation);
            return TypedResults.NoContent();
        });
}
