using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Charts.Page;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Charts;

/// <summary>Sends bodies in the coding that the client takes, or 304 where it has them.</summary>
public sealed class BodyResponses(ChartReader reader, TimeProvider clock)
{
    /// <summary>To be asked for again every time, with the tag.</summary>
    public const string AskAgain = "no-cache";

    // Whatever a clock says: the next day is summarized within a day.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1) + Window.Grace;

    private static readonly TimeSpan WhileLate = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long charts are good for: until the next day is summarized, or a minute where that is due. In development they change
    /// at any time.
    /// </summary>
    /// <param name="throughMs">The end of the last day that is in them, epoch ms; null where there is none.</param>
    public string UntilNextRun(long? throughMs)
    {
        if (reader.ShowsOpenDays)
            return AskAgain;

        var now = clock.GetUtcNow();
        var closes = throughMs is { } end ? Window.Day(DateTimeOffset.FromUnixTimeMilliseconds(end)).ClosesAt : now;
        var good = TimeSpan.FromTicks(Math.Clamp((closes - now).Ticks, WhileLate.Ticks, Longest.Ticks));
        return string.Create(CultureInfo.InvariantCulture, $"public, max-age={(long)good.TotalSeconds}");
    }

    /// <summary>How long a chart is good for.</summary>
    public string UntilNextRun(ChartDocument document) =>
        UntilNextRun(document.Through is { } day ? ChartQuery.Ms(day.AddDays(1)) : null);

    /// <summary>A body that was made before.</summary>
    public static IResult Send(HttpRequest request, ChartBody body, string cacheControl) =>
        CodedResponse.Send(request, body.Tag, body.ContentType, cacheControl, coding => body.In(coding));

    /// <summary>What is made for one request, or 304 where the client has it.</summary>
    public static IResult SendOnce(HttpRequest request, byte[] content, string contentType, string cacheControl)
    {
        var etag = new EntityTagHeaderValue('"' + Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16)) + '"');
        request.HttpContext.Response.Headers.CacheControl = cacheControl;
        return TypedResults.Bytes(content, contentType, entityTag: etag);
    }
}
