using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Charts.Preview;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Functions;

/// <summary><c>GET /preview.png</c>: the picture that networks show with a link to the site.</summary>
public sealed class Preview(PreviewApi preview)
{
    [Function(nameof(Preview))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = PreviewApi.Path)] HttpRequest request, CancellationToken cancellation)
    {
        request.AllowReading();
        return Answers.TryAsync(() => preview.AnswerAsync(request, cancellation));
    }
}
