using Microsoft.AspNetCore.Http;

namespace TelemetryFunctions.Charts.Page;

/// <summary>
/// Answers <c>GET /assets/{name}</c>. A name carries the hash of its content, so what it names never changes.
/// </summary>
public sealed class AssetResponses(WebAssets assets)
{
    private const string Immutable = "public, max-age=31536000, immutable";
    private const string ForADay = "public, max-age=86400";

    /// <summary>200 in the best coding that the client takes, 304 where it has it, 404 for any other name.</summary>
    public IResult Respond(HttpRequest request, string name) => assets.Find(name) is { } asset
        ? CodedResponse.Send(request, asset.Name, asset.ContentType, Immutable, asset.In)
        : Results.NotFound();

    /// <summary>The icon, under a name that does not change with it.</summary>
    public IResult RespondWithIcon(HttpRequest request)
    {
        var icon = assets["icon.svg"];
        return CodedResponse.Send(request, icon.Name, icon.ContentType, ForADay, icon.In);
    }
}
