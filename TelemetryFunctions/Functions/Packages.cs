using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Http;
using TelemetryFunctions.Installs.Pages;

namespace TelemetryFunctions.Functions;

/// <summary><c>GET /packages</c>: the list of packages.</summary>
public sealed class Packages(PackageListPage page)
{
    [Function(nameof(Packages))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "packages")] HttpRequest request, CancellationToken cancellation)
    {
        request.AllowReading();
        return Answers.TryAsync(() => page.AnswerAsync(request, cancellation));
    }
}
