using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Http;
using TelemetryFunctions.Installs.Pages;

namespace TelemetryFunctions.Functions;

/// <summary><c>GET /packages/{vendor}/{name}</c>: one package.</summary>
public sealed class Package(PackagePage page)
{
    [Function(nameof(Package))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "packages/{vendor}/{name}")] HttpRequest request,
        string vendor,
        string name,
        CancellationToken cancellation)
    {
        request.AllowReading();
        return Answers.TryAsync(() => page.AnswerAsync(request, vendor, name, cancellation));
    }
}
