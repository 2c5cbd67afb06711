using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace TelemetryFunctions.Charts.Page;

/// <summary>How a response body is compressed.</summary>
public enum ContentCoding
{
    Identity,
    Gzip,
    Brotli,
}

/// <summary>Chooses and names codings.</summary>
public static class ContentCodings
{
    /// <summary>The smallest coding that a client's Accept-Encoding allows; what it can't be parsed as is not asked for.</summary>
    public static ContentCoding Choose(StringValues acceptEncoding)
    {
        if (!StringWithQualityHeaderValue.TryParseList(acceptEncoding, out var accepted))
            return ContentCoding.Identity;
        if (Accepts(accepted, "br"))
            return ContentCoding.Brotli;
        return Accepts(accepted, "gzip") ? ContentCoding.Gzip : ContentCoding.Identity;
    }

    /// <summary>The value of Content-Encoding; null for no coding.</summary>
    public static string? HeaderOf(ContentCoding coding) => coding switch
    {
        ContentCoding.Brotli => "br",
        ContentCoding.Gzip => "gzip",
        _ => null,
    };

    private static bool Accepts(IList<StringWithQualityHeaderValue> accepted, string coding)
    {
        var entry = accepted.FirstOrDefault(value => value.Value.Equals(coding, StringComparison.OrdinalIgnoreCase))
            ?? accepted.FirstOrDefault(value => value.Value == "*");
        return entry is not null && entry.Quality is not 0;
    }
}
