using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace TelemetryFunctions.Charts.Page;

/// <summary>
/// Answers <c>GET /assets/{name}</c>. A name carries the hash of its content, so what it names never changes.
/// </summary>
public sealed class AssetResponses(WebAssets assets)
{
    private const string Immutable = "public, max-age=31536000, immutable";

    /// <summary>200 in the best coding that the client takes, 304 where it has it, 404 for any other name.</summary>
    public IResult Respond(HttpRequest request, string name)
    {
        if (assets.Find(name) is not { } asset)
            return Results.NotFound();

        var coding = ContentCodings.Choose(request.Headers.AcceptEncoding);
        var encoding = ContentCodings.HeaderOf(coding);
        var headers = request.HttpContext.Response.Headers;
        headers.CacheControl = Immutable;
        headers.Vary = HeaderNames.AcceptEncoding;
        if (encoding is not null)
            headers.ContentEncoding = encoding;

        // Other bytes, other tag: a strong tag names one representation.
        var tag = new EntityTagHeaderValue($"\"{asset.Name}{(encoding is null ? "" : $".{encoding}")}\"");
        return Results.Bytes(asset.In(coding), asset.ContentType, entityTag: tag);
    }
}
