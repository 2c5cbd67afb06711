using Microsoft.AspNetCore.Http;

namespace TelemetryFunctions.Charts.Page;

/// <summary>
/// Answers <c>GET /assets/{name}</c>. A name carries the hash of its content, so what it names never changes.
/// </summary>
public sealed class AssetResponses(WebAssets assets)
{
    private const string Immutable = "public, max-age=31536000, immutable";
    private const string ForADay = "public, max-age=86400";

    // What is shown as an image obeys none; who opens it by itself gets a picture and no page of this site.
    private const string PictureOnly = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

    /// <summary>200 in the best coding that the client takes, 304 where it has it, 404 for any other name.</summary>
    public IResult Respond(HttpRequest request, string name) => assets.Find(name) is { } asset
        ? Send(request, asset, Immutable)
        : Results.NotFound();

    /// <summary>The icon, under a name that does not change with it.</summary>
    public IResult RespondWithIcon(HttpRequest request) => Send(request, assets.Icon, ForADay);

    private static IResult Send(HttpRequest request, WebAsset asset, string cacheControl)
    {
        if (asset.ContentType.StartsWith("image/", StringComparison.Ordinal))
            request.HttpContext.Response.Headers.ContentSecurityPolicy = PictureOnly;
        return CodedResponse.Send(request, asset.Name, asset.ContentType, cacheControl, asset.In);
    }
}
