using System.Globalization;
using System.Text.RegularExpressions;

namespace TelemetryFunctions.Privacy;

/// <summary>Places on the map, closer than a few hundred metres.</summary>
internal static class Coordinates
{
    private static readonly Regex Pair = PersonalRule.Pattern(
        @"(^|[^\d.])(?<latitude>[+-]?\d{1,2}\.\d{3,})\s?°?\s?[NS]?\s?[,;/ ]\s?(?<longitude>[+-]?\d{1,3}\.\d{3,})([^\d.]|$)");

    // Degrees and minutes, the URI scheme (RFC 5870), and the well-known text of a point.
    private static readonly Regex Others = PersonalRule.Pattern(
        @"\d{1,3}\s?°\s?\d{1,2}(\.\d+)?\s?['′’]|\d\.\d{2,}\s?°\s?[NSEWO]([^\p{L}]|$)|geo:[+-]?\d|POINT\s?Z?\s?\(\s?[+-]?\d|(^|[^\p{L}])(lat|latitude|lon|lng|longitude)\s?[=:]\s?[+-]?\d", RegexOptions.IgnoreCase);

    // Two decimals behind one another may be of versions: those are not judged by it.
    public static readonly PersonalRule Rule = new("coordinates", IsIn) { FindsInVersion = Others.IsMatch };

    private static bool IsIn(string text) => Others.IsMatch(text) || Pair.Matches(text).Any(match => IsWithin(match, "latitude", 90) && IsWithin(match, "longitude", 180));

    private static bool IsWithin(Match match, string group, double most) =>
        double.TryParse(match.Groups[group].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) && Math.Abs(degrees) <= most;
}
