using System.Globalization;
using TelemetryFunctions.Languages;

namespace TelemetryFunctions.Installs.Pages;

/// <summary>
/// Numbers and times as HTML, in a form that nobody reads as another one: digits in groups of three with a narrow space between, and
/// ISO 8601 in UTC. Where scripts run, they become those of the visitor (web/src/pages.ts).
/// </summary>
internal static class PageNumbers
{
    // The space that SI asks for, which does not break.
    private static readonly NumberFormatInfo Grouped = new() { NumberGroupSeparator = "\u202f" };

    public static string Count(long count) =>
        count < 1_000 ? Plain(count) : string.Create(CultureInfo.InvariantCulture, $"<data value=\"{count}\">{Plain(count)}</data>");

    /// <summary>A number where there can be no element.</summary>
    public static string Plain(long count) => count.ToString("N0", Grouped);

    /// <summary>Installs in CI.</summary>
    /// <param name="ci">How many there were; null where that is not known.</param>
    /// <param name="since">The first day on which they are told apart; null where they always were.</param>
    /// <param name="texts">The language.</param>
    public static string Ci(long? ci, DateOnly? since, Texts texts) => (ci, since) switch
    {
        (null, _) => texts["installs.unknown"],
        (_, null) => Count(ci.Value),
        _ => texts.Html("installs.ciSince", ("number", new Markup(Count(ci.Value))), ("day", since.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))),
    };

    public static string Time(DateTimeOffset time) => string.Create(
        CultureInfo.InvariantCulture, $"<time datetime=\"{time:yyyy-MM-dd'T'HH:mm'Z'}\">{time:yyyy-MM-dd HH:mm} UTC</time>");

    public static string Percent(double share, Texts texts) => $"{texts.Number(100 * share, "0.0")} %";
}
