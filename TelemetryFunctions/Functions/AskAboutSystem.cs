using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Charts;

namespace TelemetryFunctions.Functions;

/// <summary>
/// <c>POST /systems</c>: the form of the catalogue, which shows or forgets a system. Its id is in the body, so that it is in no address
/// that a browser or a proxy keeps.
/// </summary>
public sealed class AskAboutSystem(SystemPage page)
{
    [Function(nameof(AskAboutSystem))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "systems")] HttpRequest request, CancellationToken cancellation) =>
        page.AnswerAsync(request, cancellation);
}
