using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Installs;

namespace TelemetryFunctions.Standalone.Demo;

/// <summary>What a client of Composer's sends at the end of its run.</summary>
/// <param name="Time">The time of the day.</param>
/// <param name="Address">Where it comes from.</param>
/// <param name="UserAgent">What the client says of itself.</param>
/// <param name="Downloads">What it has installed, with versions as Composer writes them.</param>
internal sealed record DemoNotification(TimeSpan Time, IPAddress Address, string UserAgent, IReadOnlyList<Download> Downloads)
{
    public HttpRequest ToRequest()
    {
        var downloads = Downloads.Select(download => (JsonNode)new JsonObject { ["name"] = download.Package, ["version"] = download.Version });
        var body = System.Text.Encoding.UTF8.GetBytes(new JsonObject { ["downloads"] = new JsonArray([.. downloads]) }.ToJsonString());
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = Address } };
        context.Request.Method = HttpMethods.Post;
        context.Request.ContentType = "application/json";
        context.Request.ContentLength = body.Length;
        context.Request.Headers.UserAgent = UserAgent;
        context.Request.Body = new MemoryStream(body);
        return context.Request;
    }
}
