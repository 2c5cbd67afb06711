using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Charts.Page;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Functions;

/// <summary><c>GET /assets/{name}</c>: the page's script, style and icon.</summary>
public sealed class Assets(AssetResponses assets)
{
    [Function("Assets")]
    public IResult Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "assets/{name}")] HttpRequest request,
        string name)
    {
        request.AllowReading();
        return assets.Respond(request, name);
    }
}
