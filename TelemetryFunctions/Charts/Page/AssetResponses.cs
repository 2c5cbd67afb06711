using Microsoft.AspNetCore.Http;

namespace TelemetryFunctions.Charts.Page;

/// <summary>
/// Answers <c>GET /assets/{name}</c>. A name carries the hash of its content, so what it names never changes.
/// </summary>
public sealed class AssetResponses(WebAssets assets)
{
    private const string Immutable = "public, max-age=31536000, immutable";

    /// <summary>200 in the best coding that the client takes, 304 where it has it, 404 for any other name.</summary>
    public IResult Respond(HttpRequest request, string name) => assets.Find(name) is { } asset
        ? CodedResponse.Send(request, asset.Name, asset.ContentType, Immutable, asset.In)
        : Results.NotFound();
}
