using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using TelemetryFunctions.Charts.Page;

namespace TelemetryFunctions.Installs.Pages;

/// <summary>Answers of the pages, which a client that has them need not be sent again.</summary>
internal static class PageResults
{
    public static IResult Json<T>(HttpRequest request, T value, JsonTypeInfo<T> type) =>
        Bytes(request, JsonSerializer.SerializeToUtf8Bytes(value, type), "application/json");

    public static IResult Svg(HttpRequest request, string svg) => Bytes(request, Encoding.UTF8.GetBytes(svg), "image/svg+xml");

    public static IResult Csv(HttpRequest request, string csv) => Bytes(request, Encoding.UTF8.GetBytes(csv), "text/csv; charset=utf-8");

    public static IResult Html(HttpRequest request, string policy, string html)
    {
        if (PageAddress.Redirect(request) is { } redirect)
            return redirect;

        request.HttpContext.Response.Headers.ContentSecurityPolicy = policy;
        return Bytes(request, Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8");
    }

    public static IResult NotFoundHtml(HttpRequest request, string policy, string html)
    {
        if (PageAddress.Redirect(request) is { } redirect)
            return redirect;

        request.HttpContext.Response.Headers.ContentSecurityPolicy = policy;
        return TypedResults.Content(html, "text/html; charset=utf-8", statusCode: StatusCodes.Status404NotFound);
    }

    private static IResult Bytes(HttpRequest request, byte[] content, string contentType)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.CacheControl = "no-cache";
        headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16))}\"");
        return TypedResults.Bytes(content, contentType, entityTag: tag);
    }
}
