using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Functions;

/// <summary><c>GET /robots.txt</c>: what crawlers may fetch.</summary>
public sealed class Robots
{
    [Function(nameof(Robots))]
    public IResult Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "robots.txt")] HttpRequest request)
    {
        request.AllowReading();
        return CrawlerRules.Respond(request);
    }
}
