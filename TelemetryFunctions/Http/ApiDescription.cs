using System.Text;
using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Charts;
using TelemetryFunctions.Charts.Documents;

namespace TelemetryFunctions.Http;

/// <summary>Answers <c>GET /openapi.json</c>: openapi.yaml, as JSON.</summary>
public sealed class ApiDescription
{
    private const string Name = "openapi.yaml";

    // Few ask for it, and not while the service starts.
    private readonly Lazy<ChartBody> _body = new(() => ChartBody.Of(Encoding.UTF8.GetBytes(Read()), ChartBody.Json));

    public IResult Answer(HttpRequest request) => BodyResponses.Send(request, _body.Value, BodyResponses.AskAgain);

    private static string Read()
    {
        using var yaml = new StreamReader(typeof(ApiDescription).Assembly.GetManifestResourceStream(Name)!);
        return YamlJson.Read(yaml)!.ToJsonString();
    }
}
