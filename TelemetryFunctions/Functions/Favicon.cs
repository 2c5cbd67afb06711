using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Charts.Page;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Functions;

/// <summary><c>GET /favicon.ico</c>: the icon, where browsers look that were not told.</summary>
public sealed class Favicon(AssetResponses assets)
{
    [Function(nameof(Favicon))]
    public IResult Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "favicon.ico")] HttpRequest request)
    {
        request.AllowReading();
        return assets.RespondWithIcon(request);
    }
}
