using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Charts.Page;

namespace TelemetryFunctions.Functions;

/// <summary><c>GET /assets/{name}</c>: the page's script, style and icon.</summary>
public sealed class Assets(AssetResponses assets)
{
    [Function("Assets")]
    public IResult Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "assets/{name}")] HttpRequest request,
        string name) =>
        assets.Respond(request, name);
}
