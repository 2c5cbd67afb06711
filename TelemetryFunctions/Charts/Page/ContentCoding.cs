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
    // What a client does not name it takes uncoded, but likes less than anything that it names: a quality has three decimals.
    private const double Unnamed = 0.0001;

    /// <summary>
    /// The coding that a client's Accept-Encoding likes best, of equals the smallest (RFC 9110, 12.5.3). What it can't be parsed as
    /// is not asked for, and who takes nothing gets the bytes as they are.
    /// </summary>
    public static ContentCoding Choose(StringValues acceptEncoding)
    {
        if (!StringWithQualityHeaderValue.TryParseList(acceptEncoding, out var accepted))
            return ContentCoding.Identity;

        var (brotli, gzip) = (Quality(accepted, "br") ?? 0, Quality(accepted, "gzip") ?? 0);
        var identity = Quality(accepted, "identity") ?? Unnamed;
        if (brotli > 0 && brotli >= gzip && brotli >= identity)
            return ContentCoding.Brotli;
        return gzip > 0 && gzip >= identity ? ContentCoding.Gzip : ContentCoding.Identity;
    }

    /// <summary>The value of Content-Encoding; null for no coding.</summary>
    public static string? HeaderOf(ContentCoding coding) => coding switch
    {
        ContentCoding.Brotli => "br",
        ContentCoding.Gzip => "gzip",
        _ => null,
    };

    private static double? Quality(IList<StringWithQualityHeaderValue> accepted, string coding)
    {
        var entry = accepted.FirstOrDefault(value => value.Value.Equals(coding, StringComparison.OrdinalIgnoreCase))
            ?? accepted.FirstOrDefault(value => value.Value == "*");
        return entry is null ? null : entry.Quality ?? 1;
    }
}
