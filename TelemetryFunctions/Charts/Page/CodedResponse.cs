using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace TelemetryFunctions.Charts.Page;

/// <summary>Sends what is kept in every coding.</summary>
internal static class CodedResponse
{
    /// <summary>200 in the best coding that the client takes, or 304 where it has that.</summary>
    /// <param name="request">The request.</param>
    /// <param name="tag">Names the content, whatever its coding.</param>
    /// <param name="contentType">Its media type.</param>
    /// <param name="cacheControl">How long it may be kept.</param>
    /// <param name="body">Its bytes in a coding.</param>
    public static IResult Send(
        HttpRequest request, string tag, string contentType, string cacheControl, Func<ContentCoding, ReadOnlyMemory<byte>> body)
    {
        var coding = ContentCodings.Choose(request.Headers.AcceptEncoding);
        var encoding = ContentCodings.HeaderOf(coding);
        var headers = request.HttpContext.Response.Headers;
        headers.CacheControl = cacheControl;
        headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        if (encoding is not null)
            headers.ContentEncoding = encoding;

        // Other bytes, other tag: a strong tag names one representation.
        var entityTag = new EntityTagHeaderValue($"\"{tag}{(encoding is null ? "" : $".{encoding}")}\"");
        return Results.Bytes(body(coding), contentType, entityTag: entityTag);
    }
}
