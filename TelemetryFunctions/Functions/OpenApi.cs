using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Functions;

/// <summary><c>GET /openapi.json</c>: what there is, for machines.</summary>
public sealed class OpenApi(ApiDescription description)
{
    [Function(nameof(OpenApi))]
    public IResult Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "openapi.json")] HttpRequest request)
    {
        request.AllowReading();
        return description.Answer(request);
    }
}
